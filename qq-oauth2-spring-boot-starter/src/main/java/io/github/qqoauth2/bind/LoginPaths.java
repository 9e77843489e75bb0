package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The registration id, paths, parameters and request attributes of the QQ login.
 */
final class LoginPaths {

	static final String REGISTRATION_ID = "qq";

	static final String BIND_PAGE = "/login/qq/bind";

	static final String REGISTER_PAGE = "/login/qq/register";

	static final String ERROR_PAGE = "/login/qq/error";

	static final String ACCOUNT_PAGE = "/account/qq";

	static final String LINK = ACCOUNT_PAGE + "/link";

	static final String UNLINK = ACCOUNT_PAGE + "/unlink";

	static final String BINDING_PARAMETER = "binding";

	static final String FROM_PARAMETER = "from";

	static final String BINDING_ATTRIBUTE = "qqBinding";

	/** The target of the current login, a path of this application. */
	static final String NEXT_ATTRIBUTE = LoginPaths.class.getName() + ".next";

	private LoginPaths() {
	}

	/**
	 * Returns whether a request is at a page of the starter, or at an address to which
	 * its forms are sent.
	 */
	static boolean isAtPage(HttpServletRequest request) {
		return isAtAccount(request) || isAt(request, BIND_PAGE) || isAt(request, REGISTER_PAGE)
				|| isAt(request, ERROR_PAGE);
	}

	/**
	 * Returns whether a request is at an address of the signed-in user.
	 */
	static boolean isAtAccount(HttpServletRequest request) {
		return isAt(request, ACCOUNT_PAGE) || isAt(request, LINK) || isAt(request, UNLINK);
	}

	static boolean isAt(HttpServletRequest request, String path) {
		return request.getRequestURI().equals(request.getContextPath() + path);
	}

}
