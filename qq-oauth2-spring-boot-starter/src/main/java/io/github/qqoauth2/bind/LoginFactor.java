package io.github.qqoauth2.bind;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;

import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationProvider;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;

import io.github.qqoauth2.client.QqIdentity;

/**
 * The authorities that Spring Security adds to a login by QQ: on version 7 its factor,
 * which version 6.5 does not have. They are those that Spring Security's own provider
 * returns, which sends nothing here. A login by one click needs them, as its callback was
 * an earlier request.
 */
final class LoginFactor {

	private static final String NONE = "none";

	private final ClientRegistration registration = ClientRegistration.withRegistrationId(LoginPaths.REGISTRATION_ID)
		.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
		.clientId(NONE)
		.redirectUri(NONE)
		.authorizationUri(NONE)
		.tokenUri(NONE)
		.build();

	Collection<? extends GrantedAuthority> of(QqIdentity identity) {
		OAuth2LoginAuthenticationProvider provider = new OAuth2LoginAuthenticationProvider(
				(request) -> OAuth2AccessTokenResponse.withToken(NONE).tokenType(TokenType.BEARER).build(),
				(request) -> new QqOAuth2User(identity, () -> null));
		OAuth2AuthorizationExchange exchange = new OAuth2AuthorizationExchange(
				SpringSecurityAccess.authorizationRequest(NONE, NONE, NONE, NONE, Map.of()),
				OAuth2AuthorizationResponse.success(NONE).redirectUri(NONE).state(NONE).build());
		Authentication login = provider.authenticate(new OAuth2LoginAuthenticationToken(this.registration, exchange));
		return Objects.requireNonNull(login).getAuthorities();
	}

}
