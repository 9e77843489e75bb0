package io.github.qqoauth2.demo.login;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

import io.github.qqoauth2.demo.spa.SpaRequest;

/**
 * Sets the redirect URI to a route of the single-page app if the app started the login,
 * and to the server's callback otherwise. A site with a single front end sets
 * {@code qq.oauth2.redirect-uri} instead.
 */
@Component
final class FrontEndRedirect implements OAuth2AuthorizationRequestResolver {

	static final String ROUTE = "/app/callback";

	private final OAuth2AuthorizationRequestResolver delegate;

	FrontEndRedirect(ClientRegistrationRepository registrations) {
		this.delegate = new DefaultOAuth2AuthorizationRequestResolver(registrations);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
		return customize(request, this.delegate.resolve(request));
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registrationId) {
		return customize(request, this.delegate.resolve(request, registrationId));
	}

	private static @Nullable OAuth2AuthorizationRequest customize(HttpServletRequest request,
			@Nullable OAuth2AuthorizationRequest authorization) {
		if (authorization == null || !SpaRequest.matches(request)) {
			return authorization;
		}
		String route = ServletUriComponentsBuilder.fromContextPath(request).path(ROUTE).toUriString();
		return OAuth2AuthorizationRequest.from(authorization).redirectUri(route).build();
	}

}
