package io.github.qqoauth2.bind;

import java.util.Arrays;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

/**
 * A request at the callback of {@code qq}.
 *
 * @param state the state, or {@code null} unless the request has exactly one
 * @param code the code, or {@code null} unless the request has exactly one and no error
 * @param stored the authorization request with that state, which is used up; {@code null}
 * if this browser has none
 */
record LoginCallback(@Nullable String state, @Nullable String code, @Nullable OAuth2AuthorizationRequest stored) {

	/**
	 * Documented by QQ for phones: any value but 0 says that the visitor cancelled, and
	 * there is neither a code nor an error.
	 */
	private static final String USERCANCEL = "usercancel";

	private static final String ATTRIBUTE = LoginCallback.class.getName();

	static LoginCallback of(HttpServletRequest request) {
		boolean refused = has(request, OAuth2ParameterNames.ERROR, "") || has(request, USERCANCEL, "0");
		return new LoginCallback(single(request, OAuth2ParameterNames.STATE),
				refused ? null : single(request, OAuth2ParameterNames.CODE), null);
	}

	/**
	 * Returns whether a parameter has a value. An empty value is none, as in QQ's
	 * replies.
	 */
	private static boolean has(HttpServletRequest request, String name, String none) {
		String[] values = Objects.requireNonNullElse(request.getParameterValues(name), new String[0]);
		return Arrays.stream(values).anyMatch((value) -> !value.isEmpty() && !value.equals(none));
	}

	private static @Nullable String single(HttpServletRequest request, String name) {
		String[] values = request.getParameterValues(name);
		return (values != null && values.length == 1 && !values[0].isEmpty()) ? values[0] : null;
	}

	/**
	 * Takes the authorization request with this state from the store. The resulting
	 * callback becomes an attribute of the HTTP request, for the handlers of the login.
	 */
	LoginCallback takeFrom(AuthorizationRequestStore requests, HttpServletRequest request,
			HttpServletResponse response) {
		request.setAttribute(ATTRIBUTE, this);
		OAuth2AuthorizationRequest taken = (this.state != null) ? requests.take(this.state, request, response) : null;
		if (taken == null) {
			return this;
		}
		LoginCallback callback = new LoginCallback(this.state, this.code, taken);
		request.setAttribute(ATTRIBUTE, callback);
		request.setAttribute(LoginPaths.NEXT_ATTRIBUTE, QqAuthorizationRequest.next(taken));
		return callback;
	}

	static boolean wantsRememberMe(HttpServletRequest request) {
		LoginCallback callback = current(request);
		return callback != null && callback.stored != null && QqAuthorizationRequest.wantsRememberMe(callback.stored);
	}

	/**
	 * Returns the account to which the user who started the login wants to move the QQ
	 * identity, if any.
	 */
	@Nullable String moveTo() {
		return (this.stored != null) ? QqAuthorizationRequest.moveTo(this.stored) : null;
	}

	/**
	 * Returns the callback of a request, or {@code null} if it is no callback of
	 * {@code qq}.
	 */
	static @Nullable LoginCallback current(HttpServletRequest request) {
		return (LoginCallback) request.getAttribute(ATTRIBUTE);
	}

	/**
	 * Returns whether a request is a callback whose login was started in this browser, or
	 * a registration that signs the visitor in by QQ.
	 */
	static boolean isQqLogin(HttpServletRequest request) {
		LoginCallback callback = current(request);
		return (callback != null && callback.stored != null)
				|| request.getAttribute(LoginPaths.REGISTERED_ATTRIBUTE) != null;
	}

	@Override
	public String toString() {
		return "LoginCallback[stored=" + (this.stored != null) + "]";
	}

}
