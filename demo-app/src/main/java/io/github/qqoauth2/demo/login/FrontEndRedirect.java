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
 * QQ sends a visitor of the single page back to its route, and all others to the server.
 * A site that has one front end only sets {@code qq.oauth2.redirect-uri} instead.
 */
@Component
final class FrontEndRedirect implements OAuth2AuthorizationRequestResolver {

	static final String ROUTE = "/app/callback";

	private final OAuth2AuthorizationRequestResolver pages;

	FrontEndRedirect(ClientRegistrationRepository registrations) {
		this.pages = new DefaultOAuth2AuthorizationRequestResolver(registrations);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
		return back(request, this.pages.resolve(request));
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registrationId) {
		return back(request, this.pages.resolve(request, registrationId));
	}

	private static @Nullable OAuth2AuthorizationRequest back(HttpServletRequest request,
			@Nullable OAuth2AuthorizationRequest authorization) {
		if (authorization == null || !SpaRequest.is(request)) {
			return authorization;
		}
		String route = ServletUriComponentsBuilder.fromContextPath(request).path(ROUTE).toUriString();
		return OAuth2AuthorizationRequest.from(authorization).redirectUri(route).build();
	}

}
