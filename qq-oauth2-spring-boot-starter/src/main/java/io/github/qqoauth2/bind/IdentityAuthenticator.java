package io.github.qqoauth2.bind;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationProvider;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;

import io.github.qqoauth2.client.QqClient;

/**
 * Authenticates the QQ identity of a callback with Spring Security's
 * {@code OAuth2LoginAuthenticationProvider}.
 */
final class IdentityAuthenticator {

	/** The error code if this browser has no authorization request for a callback. */
	static final String NOT_FOUND = "authorization_request_not_found";

	private final ClientRegistrationRepository registrations;

	private final AuthenticationManager identities;

	/**
	 * Creates the authenticator.
	 * @param registrations contains the registration {@code qq}, which is looked up at
	 * each login
	 * @param identities the manager with that provider. It is not the chain's manager, so
	 * that no event is published before the account is known
	 */
	IdentityAuthenticator(ClientRegistrationRepository registrations, AuthenticationManager identities) {
		this.registrations = registrations;
		this.identities = identities;
	}

	/**
	 * Authenticates the QQ identity.
	 * @param callback the callback
	 * @param details the details of the request
	 * @return the QQ identity as the principal of a token, with QQ's tokens and the
	 * factor that Spring Security adds
	 * @throws org.springframework.security.core.AuthenticationException if this browser
	 * has no authorization request for the callback, the callback has no code, or QQ
	 * authenticates no identity
	 */
	OAuth2LoginAuthenticationToken authenticate(LoginCallback callback, @Nullable Object details) {
		OAuth2AuthorizationRequest stored = callback.stored();
		if (stored == null) {
			throw failure(NOT_FOUND);
		}
		if (callback.code() == null) {
			throw failure(OAuth2ErrorCodes.ACCESS_DENIED);
		}
		ClientRegistration registration = this.registrations.findByRegistrationId(LoginPaths.REGISTRATION_ID);
		if (registration == null) {
			throw failure("client_registration_not_found");
		}
		OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success(callback.code())
			.redirectUri(Objects.requireNonNull(stored.getRedirectUri()))
			.state(Objects.requireNonNull(stored.getState()))
			.build();
		OAuth2LoginAuthenticationToken token = new OAuth2LoginAuthenticationToken(registration,
				new OAuth2AuthorizationExchange(stored, response));
		token.setDetails(details);
		return (OAuth2LoginAuthenticationToken) this.identities.authenticate(token);
	}

	/**
	 * Creates an exception whose message is the code, for the log.
	 */
	private static OAuth2AuthenticationException failure(String code) {
		return new OAuth2AuthenticationException(new OAuth2Error(code), "[" + code + "]");
	}

	/**
	 * Creates the manager that authenticates QQ identities: Spring Security's provider
	 * with QQ's token client and user service, observed as the chain's authentication
	 * manager is.
	 */
	static AuthenticationManager manager(QqClient client, ApplicationContext context) {
		AuthenticationManager manager = new ProviderManager(
				new OAuth2LoginAuthenticationProvider(client.tokenClient(), new QqOAuth2UserService(client)));
		ObjectProvider<ObjectPostProcessor<AuthenticationManager>> observation = context.getBeanProvider(
				ResolvableType.forClassWithGenerics(ObjectPostProcessor.class, AuthenticationManager.class));
		ObjectPostProcessor<AuthenticationManager> postProcessor = observation.getIfUnique();
		return (postProcessor != null) ? postProcessor.postProcess(manager) : manager;
	}

}
