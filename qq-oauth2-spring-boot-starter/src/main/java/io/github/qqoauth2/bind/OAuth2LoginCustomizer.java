package io.github.qqoauth2.bind;

import java.util.function.Function;

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

import io.github.qqoauth2.account.QqAuthorizedClients;

/**
 * Customizes how one chain's {@code oauth2Login} and {@code oauth2Client} send a visitor
 * to QQ. What the application has set, or Spring Security's default, is wrapped; only
 * requests of {@code qq} are changed.
 */
final class OAuth2LoginCustomizer {

	private final ApplicationContext context;

	private final ClientRegistrationRepository registrations;

	OAuth2LoginCustomizer(ApplicationContext context, ClientRegistrationRepository registrations) {
		this.context = context;
		this.registrations = registrations;
	}

	/**
	 * Customizes a chain with a login.
	 * @param requests stores the authorization requests of {@code qq}
	 * @param responses answers front ends at the start of a login
	 * @param start the start of a login
	 */
	void customize(OAuth2LoginConfigurer<HttpSecurity> login, @Nullable OAuth2ClientConfigurer<HttpSecurity> client,
			AuthorizationRequestStore requests, LoginResponses responses, AuthorizationStart start) {
		AuthorizationSettings own = SpringSecurityAccess.authorizationEndpoint(login);
		login.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestResolver(filterResolver(own))
			.authorizationRequestRepository(repository(own, requests))
			.authorizationRedirectStrategy(redirects(own, start, responses)));
		if (client != null) {
			AuthorizationSettings ofClient = SpringSecurityAccess.authorizationCodeGrant(client);
			customize(client, (repository) -> requests);
			client.authorizationCodeGrant(
					(grant) -> grant.authorizationRedirectStrategy(redirects(ofClient, start, responses)));
		}
	}

	/**
	 * Customizes {@code oauth2Client}.
	 * @param stores returns the store for authorization requests of {@code qq}, given the
	 * repository that the application has set, or {@code null}
	 */
	void customize(OAuth2ClientConfigurer<HttpSecurity> client,
			Function<@Nullable AuthorizationRequestRepository<OAuth2AuthorizationRequest>, AuthorizationRequestStore> stores) {
		AuthorizationSettings own = SpringSecurityAccess.authorizationCodeGrant(client);
		client.authorizationCodeGrant((grant) -> grant.authorizationRequestResolver(filterResolver(own))
			.authorizationRequestRepository(repository(own, stores.apply(own.repository()))));
	}

	/**
	 * Returns the resolver that is set, or the application's, or Spring Security's
	 * default, with QQ's form of the authorization request.
	 */
	OAuth2AuthorizationRequestResolver resolver(AuthorizationSettings own) {
		OAuth2AuthorizationRequestResolver resolver = (own.resolver() != null) ? own.resolver()
				: this.context.getBeanProvider(OAuth2AuthorizationRequestResolver.class).getIfUnique();
		return new QqAuthorizationRequestResolver((resolver != null) ? resolver
				: new DefaultOAuth2AuthorizationRequestResolver(this.registrations, own.baseUri()));
	}

	private OAuth2AuthorizationRequestResolver filterResolver(AuthorizationSettings own) {
		return new TokenRequestResolver(resolver(own), this.context.getBeanProvider(QqAuthorizedClients.class));
	}

	/**
	 * Returns the repository that is set, or Spring Security's default, without the
	 * authorization requests of {@code qq}, which {@code requests} stores.
	 */
	static AuthorizationRequestRepository<OAuth2AuthorizationRequest> repository(AuthorizationSettings own,
			AuthorizationRequestStore requests) {
		return new QqAuthorizationRequestRepository(
				(own.repository() != null) ? own.repository() : new HttpSessionOAuth2AuthorizationRequestRepository(),
				requests);
	}

	/**
	 * Returns QQ's address to a front end as JSON. A redirect would be followed by its
	 * script, and not by the browser.
	 */
	private static RedirectStrategy redirects(AuthorizationSettings own, AuthorizationStart start,
			LoginResponses responses) {
		RedirectStrategy redirects = (own.redirects() != null) ? own.redirects() : new DefaultRedirectStrategy();
		return (request, response, url) -> {
			if (start.isAt(request) && ApiRequest.matches(request)) {
				responses.json(request, response).toQq(url);
			}
			else {
				redirects.sendRedirect(request, response, url);
			}
		};
	}

}
