package io.github.qqoauth2.demo.spa;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Tells the calls of the single page from all others. It says with each how it keeps the
 * login. No other site can send that header: browsers ask first, and the shop does not
 * answer.
 */
public final class SpaRequest {

	/** How the page keeps the login: {@code cookie} or {@code token}. */
	public static final String HEADER = "X-Onepage-Login";

	private static final String TOKEN = "token";

	private SpaRequest() {
	}

	/**
	 * Whether the single page calls.
	 * @param request the request
	 * @return whether it is answered in JSON
	 */
	public static boolean is(HttpServletRequest request) {
		return request.getHeader(HEADER) != null;
	}

	/**
	 * Whether the single page calls and keeps no session.
	 * @param request the request
	 * @return whether the login is a token
	 */
	public static boolean wantsToken(HttpServletRequest request) {
		return TOKEN.equals(request.getHeader(HEADER));
	}

}
