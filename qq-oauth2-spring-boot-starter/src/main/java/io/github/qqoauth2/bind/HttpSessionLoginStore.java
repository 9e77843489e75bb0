package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Stores the value in the HTTP session, as a string that any session serializer supports.
 */
final class HttpSessionLoginStore implements LoginStore {

	private final String attribute;

	HttpSessionLoginStore(String attribute) {
		this.attribute = attribute;
	}

	@Override
	public @Nullable String get(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		return (session != null && session.getAttribute(this.attribute) instanceof String value) ? value : null;
	}

	@Override
	public void put(HttpServletRequest request, HttpServletResponse response, String value) {
		request.getSession().setAttribute(this.attribute, value);
	}

	@Override
	public void remove(HttpServletRequest request, HttpServletResponse response) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.removeAttribute(this.attribute);
		}
	}

	@Override
	public boolean canStoreWithoutSession(HttpServletRequest request) {
		return request.getSession(false) != null;
	}

	@Override
	public boolean hasCookie(HttpServletRequest request) {
		return request.getSession(false) != null || request.getRequestedSessionId() != null;
	}

}
