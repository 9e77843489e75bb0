package io.github.qqoauth2.demo.spa;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Recognizes requests of the single-page app by a header, which also names how the app
 * keeps the login. Other sites cannot send the header: browsers send a preflight request
 * first, which the shop does not allow.
 */
public final class SpaRequest {

	/** How the app keeps the login: {@code cookie} or {@code token}. */
	public static final String HEADER = "X-Onepage-Login";

	private static final String TOKEN = "token";

	private SpaRequest() {
	}

	/**
	 * Returns whether the request was sent by the single-page app.
	 * @param request the request
	 * @return {@code true} if the response has to be JSON
	 */
	public static boolean matches(HttpServletRequest request) {
		return request.getHeader(HEADER) != null;
	}

	/**
	 * Returns whether the request was sent by the single-page app without a session.
	 * @param request the request
	 * @return {@code true} if the app keeps the login as a token
	 */
	public static boolean wantsToken(HttpServletRequest request) {
		return TOKEN.equals(request.getHeader(HEADER));
	}

}
