package io.github.qqoauth2.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;

/**
 * Creates clients, registrations and requests for tests of {@link QqClient}.
 */
final class QqLogins {

	static final String APP_ID = "101381637";

	static final String APP_KEY = "app-key";

	static final String CODE = "9A5F0000CODE06AF";

	static final String TOKEN = "FE04TOKENCCE2";

	static final String OPENID = "6B1F38ABB8E76CDA577251D321D88CAF";

	static final String REDIRECT_URI = "https://app.example.com/login/oauth2/code/qq?a=b%20c&d=1";

	private QqLogins() {
	}

	static QqClient client(RawServer server) {
		return client(server, false);
	}

	static QqClient client(RawServer server, boolean unionId) {
		return new QqClient(URI.create(server.url()), unionId, Duration.ofSeconds(6), 100, ObservationRegistry.NOOP);
	}

	static QqClient client(RawServer server, Duration loginTimeout) {
		return new QqClient(URI.create(server.url()), false, loginTimeout, 100, ObservationRegistry.NOOP);
	}

	static ClientRegistration registration(RawServer server) {
		return registration(server.url(), APP_ID, APP_KEY);
	}

	static ClientRegistration registration(String url, String appId, String appKey) {
		return ClientRegistration.withRegistrationId("qq")
			.clientId(appId)
			.clientSecret(appKey)
			.clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri(REDIRECT_URI)
			.scope("get_user_info")
			.authorizationUri(url + "/oauth2.0/authorize")
			.tokenUri(url + "/oauth2.0/token")
			.userInfoUri(url + "/user/get_user_info")
			.userNameAttributeName("none")
			.build();
	}

	static OAuth2AuthorizationCodeGrantRequest grant(ClientRegistration registration, String code) {
		OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://graph.qq.com/oauth2.0/authorize")
			.clientId(registration.getClientId())
			.redirectUri(REDIRECT_URI)
			.scopes(Set.of("get_user_info"))
			.state("state")
			.attributes((attributes) -> attributes.put("code_verifier", "never sent to QQ"))
			.build();
		OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success(code)
			.redirectUri(REDIRECT_URI)
			.state("state")
			.build();
		return new OAuth2AuthorizationCodeGrantRequest(registration,
				new OAuth2AuthorizationExchange(request, response));
	}

	static OAuth2UserRequest userRequest(ClientRegistration registration, Map<String, Object> additionalParameters) {
		OAuth2AccessToken token = new OAuth2AccessToken(TokenType.BEARER, TOKEN, Instant.now(),
				Instant.now().plusSeconds(60));
		return new OAuth2UserRequest(registration, token, additionalParameters);
	}

	static OAuth2UserRequest userRequest(ClientRegistration registration, OAuth2AccessTokenResponse token) {
		return new OAuth2UserRequest(registration, token.getAccessToken(), token.getAdditionalParameters());
	}

	static OAuth2AccessTokenResponse token(QqClient client, RawServer server) {
		return client.tokenClient().getTokenResponse(grant(registration(server), CODE));
	}

	static QqIdentity identity(QqClient client, RawServer server) {
		return client.loadIdentity(userRequest(registration(server), Map.of()));
	}

	static QqProfile profile(QqClient client, RawServer server) {
		return client.loadProfile(userRequest(registration(server), Map.of()), new QqIdentity(APP_ID, OPENID, null));
	}

}
