package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Stores authorization requests in the repository that the application has set on its
 * {@code oauth2Login}. It keeps as many at a time as that repository does.
 */
final class ApplicationAuthorizationRequestStore implements AuthorizationRequestStore {

	private final AuthorizationRequestRepository<OAuth2AuthorizationRequest> repository;

	ApplicationAuthorizationRequestStore(AuthorizationRequestRepository<OAuth2AuthorizationRequest> repository) {
		this.repository = repository;
	}

	@Override
	public void save(OAuth2AuthorizationRequest authorization, HttpServletRequest request,
			HttpServletResponse response) {
		this.repository.saveAuthorizationRequest(authorization, request, response);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest take(String state, HttpServletRequest request,
			HttpServletResponse response) {
		OAuth2AuthorizationRequest stored = this.repository.loadAuthorizationRequest(request);
		if (!isQq(stored, state)) {
			return null;
		}
		OAuth2AuthorizationRequest removed = this.repository.removeAuthorizationRequest(request, response);
		return isQq(removed, state) ? removed : null;
	}

	private static boolean isQq(@Nullable OAuth2AuthorizationRequest stored, String state) {
		return stored != null && QqAuthorizationRequest.isQq(stored) && state.equals(stored.getState());
	}

}
