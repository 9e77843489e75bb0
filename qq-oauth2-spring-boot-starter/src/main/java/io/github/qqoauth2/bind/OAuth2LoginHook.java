package io.github.qqoauth2.bind;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2ClientConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.client.OAuth2LoginConfigurer;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;

import io.github.qqoauth2.bind.SpringSecurityAccess.AuthorizationSettings;

/**
 * Customizes how one chain's {@code oauth2Login} and {@code oauth2Client} send a visitor
 * to QQ. What the application has set, or Spring Security's default, is wrapped; only
 * requests of {@code qq} are changed.
 */
final class OAuth2LoginHook {

	private final ApplicationContext context;

	private final ClientRegistrationRepository registrations;

	private final OAuth2LoginConfigurer<HttpSecurity> login;

	private final @Nullable OAuth2ClientConfigurer<HttpSecurity> client;

	private final AuthorizationSettings settings;

	OAuth2LoginHook(ApplicationContext context, ClientRegistrationRepository registrations,
			OAuth2LoginConfigurer<HttpSecurity> login, @Nullable OAuth2ClientConfigurer<HttpSecurity> client) {
		this.context = context;
		this.registrations = registrations;
		this.login = login;
		this.client = client;
		this.settings = SpringSecurityAccess.authorizationEndpoint(login);
	}

	AuthorizationSettings settings() {
		return this.settings;
	}

	/**
	 * Returns the resolver of the login, with QQ's form of the authorization request.
	 */
	OAuth2AuthorizationRequestResolver resolver() {
		return resolver(this.settings);
	}

	/**
	 * Returns the repository of the login's authorization requests, which does not know
	 * those of {@code qq}.
	 */
	AuthorizationRequestRepository<OAuth2AuthorizationRequest> repository(AuthorizationRequestStore requests) {
		return repository(this.settings, requests);
	}

	/**
	 * Sets resolver, repository and redirect strategy.
	 * @param requests where the authorization requests of {@code qq} are stored
	 */
	void customize(LoginChain chain, AuthorizationRequestStore requests, Answers answers) {
		this.login.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestResolver(resolver())
			.authorizationRequestRepository(repository(requests))
			.authorizationRedirectStrategy(redirects(this.settings, chain, answers)));
		if (this.client != null) {
			AuthorizationSettings own = SpringSecurityAccess.authorizationCodeGrant(this.client);
			this.client.authorizationCodeGrant((grant) -> grant.authorizationRequestResolver(resolver(own))
				.authorizationRequestRepository(repository(own, requests))
				.authorizationRedirectStrategy(redirects(own, chain, answers)));
		}
	}

	private OAuth2AuthorizationRequestResolver resolver(AuthorizationSettings own) {
		OAuth2AuthorizationRequestResolver resolver = (own.resolver() != null) ? own.resolver()
				: this.context.getBeanProvider(OAuth2AuthorizationRequestResolver.class).getIfUnique();
		return new QqAuthorizationRequestResolver((resolver != null) ? resolver
				: new DefaultOAuth2AuthorizationRequestResolver(this.registrations, own.baseUri()));
	}

	private static AuthorizationRequestRepository<OAuth2AuthorizationRequest> repository(AuthorizationSettings own,
			AuthorizationRequestStore requests) {
		return new QqAuthorizationRequestRepository(
				(own.repository() != null) ? own.repository() : new HttpSessionOAuth2AuthorizationRequestRepository(),
				requests);
	}

	/**
	 * A front end opens QQ's page itself; a redirect would make its script go there.
	 */
	private static RedirectStrategy redirects(AuthorizationSettings own, LoginChain chain, Answers answers) {
		RedirectStrategy redirects = (own.redirects() != null) ? own.redirects() : new DefaultRedirectStrategy();
		return (request, response, url) -> {
			if (chain.start().isAt(request) && ApiRequest.isWanted(request)) {
				answers.json(request, response).toQq(url);
			}
			else {
				redirects.sendRedirect(request, response, url);
			}
		};
	}

}
