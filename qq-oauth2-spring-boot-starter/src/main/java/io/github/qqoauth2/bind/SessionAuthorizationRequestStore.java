package io.github.qqoauth2.bind;

import java.time.Clock;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Stores up to four authorization requests in the HTTP session, so that logins in several
 * tabs do not replace each other.
 */
final class SessionAuthorizationRequestStore implements AuthorizationRequestStore {

	/**
	 * Attributes with this prefix survive the session fixation strategy
	 * {@code newSession}.
	 */
	static final String PREFIX = "SPRING_SECURITY_QQ_REQUEST.";

	private final RecentStrings requests;

	SessionAuthorizationRequestStore(Clock clock) {
		this.requests = new RecentStrings(PREFIX, clock);
	}

	@Override
	public void save(OAuth2AuthorizationRequest authorization, HttpServletRequest request,
			HttpServletResponse response) {
		this.requests.put(request, QqAuthorizationRequest.state(authorization),
				QqAuthorizationRequest.write(authorization));
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest take(String state, HttpServletRequest request,
			HttpServletResponse response) {
		String text = this.requests.take(request, state);
		OAuth2AuthorizationRequest authorization = (text != null) ? QqAuthorizationRequest.read(text) : null;
		return (authorization != null && state.equals(authorization.getState())) ? authorization : null;
	}

}
