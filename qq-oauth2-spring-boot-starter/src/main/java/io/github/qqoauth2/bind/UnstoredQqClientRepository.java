package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizedClientRepository;

/**
 * Keeps QQ's tokens out of the application's repository, whose default holds every token
 * in memory for ever: a login needs none afterwards.
 */
final class UnstoredQqClientRepository implements OAuth2AuthorizedClientRepository {

	private final OAuth2AuthorizedClientRepository others;

	UnstoredQqClientRepository(OAuth2AuthorizedClientRepository others) {
		this.others = others;
	}

	@Override
	@SuppressWarnings("TypeParameterUnusedInFormals")
	public <T extends OAuth2AuthorizedClient> @Nullable T loadAuthorizedClient(String clientRegistrationId,
			Authentication principal, HttpServletRequest request) {
		return this.others.loadAuthorizedClient(clientRegistrationId, principal, request);
	}

	@Override
	public void saveAuthorizedClient(OAuth2AuthorizedClient authorizedClient, Authentication principal,
			HttpServletRequest request, HttpServletResponse response) {
		if (!QqLogin.REGISTRATION_ID.equals(authorizedClient.getClientRegistration().getRegistrationId())) {
			this.others.saveAuthorizedClient(authorizedClient, principal, request, response);
		}
	}

	@Override
	public void removeAuthorizedClient(String clientRegistrationId, Authentication principal,
			HttpServletRequest request, HttpServletResponse response) {
		this.others.removeAuthorizedClient(clientRegistrationId, principal, request, response);
	}

}
