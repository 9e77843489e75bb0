package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Saves the authorization requests of {@code qq} in a separate store, which Spring
 * Security's filters cannot read: they find no authorization request of {@code qq} and
 * fail. Requests of other registrations stay in the wrapped repository.
 */
final class QqAuthorizationRequestRepository implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

	private final AuthorizationRequestRepository<OAuth2AuthorizationRequest> others;

	private final AuthorizationRequestStore requests;

	QqAuthorizationRequestRepository(AuthorizationRequestRepository<OAuth2AuthorizationRequest> others,
			AuthorizationRequestStore requests) {
		this.others = others;
		this.requests = requests;
	}

	@Override
	public void saveAuthorizationRequest(OAuth2AuthorizationRequest authorization, HttpServletRequest request,
			HttpServletResponse response) {
		if (QqAuthorizationRequest.isQq(authorization)) {
			this.requests.save(authorization, request, response);
		}
		else {
			this.others.saveAuthorizationRequest(authorization, request, response);
		}
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
		OAuth2AuthorizationRequest stored = this.others.loadAuthorizationRequest(request);
		return (stored != null && !QqAuthorizationRequest.isQq(stored)) ? stored : null;
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest removeAuthorizationRequest(HttpServletRequest request,
			HttpServletResponse response) {
		return (loadAuthorizationRequest(request) != null) ? this.others.removeAuthorizationRequest(request, response)
				: null;
	}

}
