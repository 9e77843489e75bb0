package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Spring Session's session of a request.
 */
final class CurrentSession {

	private static final String ATTRIBUTE = "org.springframework.session.SessionRepository.CURRENT_SESSION";

	private CurrentSession() {
	}

	/**
	 * Removes the session from the request, so that Spring Session does not write it
	 * after all filters. It was written when the response was committed. Does nothing
	 * without Spring Session.
	 */
	static void detach(HttpServletRequest request) {
		request.removeAttribute(ATTRIBUTE);
	}

}
