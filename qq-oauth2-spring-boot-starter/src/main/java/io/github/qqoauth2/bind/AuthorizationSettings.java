package io.github.qqoauth2.bind;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.RedirectStrategy;

/**
 * The application's settings of how a chain sends visitors to providers.
 *
 * @param baseUri the path under which logins start
 * @param resolver the resolver of authorization requests, if it is set
 * @param repository the repository of authorization requests, if it is set and not Spring
 * Security's default
 * @param redirects the redirect strategy, if it is set
 */
record AuthorizationSettings(String baseUri, @Nullable OAuth2AuthorizationRequestResolver resolver,
		@Nullable AuthorizationRequestRepository<OAuth2AuthorizationRequest> repository,
		@Nullable RedirectStrategy redirects) {

}
