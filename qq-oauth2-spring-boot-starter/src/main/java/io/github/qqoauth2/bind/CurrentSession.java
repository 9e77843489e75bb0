package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Spring Session's session of a request.
 */
final class CurrentSession {

	private static final String ATTRIBUTE = "org.springframework.session.SessionRepository.CURRENT_SESSION";

	private CurrentSession() {
	}

	/**
	 * Removes the session from the request, so that Spring Session does not save it again
	 * after all filters. It was saved when the response was committed. Does nothing
	 * without Spring Session.
	 */
	static void detach(HttpServletRequest request) {
		request.removeAttribute(ATTRIBUTE);
	}

	/**
	 * Returns whether the session can be read, if there is one. Redis refuses a session
	 * whose id a concurrent request has just changed.
	 */
	static boolean isReadable(HttpServletRequest request) {
		try {
			request.getSession(false);
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

	/**
	 * Wraps a request so that its session counts as absent.
	 */
	static HttpServletRequest without(HttpServletRequest request) {
		return new WithoutSession(request);
	}

	private static final class WithoutSession extends HttpServletRequestWrapper {

		WithoutSession(HttpServletRequest request) {
			super(request);
		}

		@Override
		public @Nullable HttpSession getSession(boolean create) {
			return create ? super.getSession(true) : null;
		}

	}

}
