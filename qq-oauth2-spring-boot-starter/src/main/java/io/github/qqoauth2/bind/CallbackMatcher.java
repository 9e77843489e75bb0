package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Matches the callback of {@code qq}: of the callbacks that the chain's login filter
 * serves, those whose last path segment is {@code qq}, and those at the path of the
 * redirect URI unless their state is that of a stored request of another registration.
 * All registrations can therefore share one redirect URI.
 */
final class CallbackMatcher implements RequestMatcher {

	private final RequestMatcher callbacks;

	private final String redirectPath;

	private final AuthorizationRequestRepository<OAuth2AuthorizationRequest> others;

	/**
	 * Creates the matcher.
	 * @param callbacks matches what the chain's login filter serves
	 * @param redirectUri the redirect URI of the registration, possibly a template
	 * @param others the authorization requests of the other registrations
	 */
	CallbackMatcher(RequestMatcher callbacks, String redirectUri,
			AuthorizationRequestRepository<OAuth2AuthorizationRequest> others) {
		this.callbacks = callbacks;
		this.redirectPath = path(redirectUri.replace("{registrationId}", LoginPaths.REGISTRATION_ID));
		this.others = others;
	}

	@Override
	public boolean matches(HttpServletRequest request) {
		if (!this.callbacks.matches(request)) {
			return false;
		}
		String uri = request.getRequestURI();
		return uri.endsWith("/" + LoginPaths.REGISTRATION_ID)
				|| (isRedirectPath(uri) && !isOfOtherRegistration(request));
	}

	/**
	 * If the application's repository fails, the callback matches, and the login answers
	 * the failure.
	 */
	private boolean isOfOtherRegistration(HttpServletRequest request) {
		try {
			return this.others.loadAuthorizationRequest(request) != null;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

	/**
	 * A proxy may have added a prefix to the path, or removed one.
	 */
	private boolean isRedirectPath(String uri) {
		return this.redirectPath.endsWith(uri) || uri.endsWith(this.redirectPath);
	}

	private static String path(String uri) {
		int query = uri.indexOf('?');
		String address = (query < 0) ? uri : uri.substring(0, query);
		int authority = address.indexOf("://");
		int path = address.indexOf('/', (authority < 0) ? 0 : authority + 3);
		return (path < 0) ? "/" : address.substring(path);
	}

}
