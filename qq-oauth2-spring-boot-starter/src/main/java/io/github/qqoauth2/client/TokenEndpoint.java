package io.github.qqoauth2.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken.TokenType;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

/**
 * Exchanges a code or a refresh token for an access token. With a code, QQ may return the
 * openid too. All parameters are in the query of a GET, including the client secret: QQ
 * ignores HTTP Basic and returns error 100002, and does not document PKCE.
 *
 * @see <a href= "https://wiki.connect.qq.com/使用authorization_code获取access_token">QQ on
 * the token</a>
 */
final class TokenEndpoint implements OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> {

	static final String OPENID = "openid";

	// RFC 6750, 2.1, and the asterisks in QQ's own samples.
	private static final Pattern TOKEN = Pattern.compile("[0-9A-Za-z*._~+/=-]{1,1024}");

	private final HttpTransport transport;

	private final Duration loginTimeout;

	TokenEndpoint(HttpTransport transport, Duration loginTimeout) {
		this.transport = transport;
		this.loginTimeout = loginTimeout;
	}

	@Override
	public OAuth2AccessTokenResponse getTokenResponse(OAuth2AuthorizationCodeGrantRequest request) {
		return get(request.getClientRegistration(), parameters(request),
				request.getAuthorizationExchange().getAuthorizationRequest().getScopes());
	}

	/**
	 * Gets new tokens for a refresh token, which QQ accepts only once.
	 */
	OAuth2AccessTokenResponse refresh(ClientRegistration registration, OAuth2RefreshToken refreshToken,
			Set<String> scopes) {
		Map<String, String> parameters = clientParameters(registration, "refresh_token");
		parameters.put("refresh_token", refreshToken.getTokenValue());
		parameters.put("fmt", "json");
		return get(registration, parameters, scopes);
	}

	private OAuth2AccessTokenResponse get(ClientRegistration registration, Map<String, String> parameters,
			Set<String> scopes) {
		Deadline deadline = Deadline.in(this.loginTimeout);
		Call call = new Call(Step.TOKEN, registration, registration.getProviderDetails().getTokenUri(), parameters,
				deadline);
		Reply reply = this.transport.get(call);
		Map<String, Object> additional = new HashMap<>();
		deadline.addTo(additional);
		if (reply.has(OPENID)) {
			additional.put(OPENID, openid(call, reply));
		}
		String refreshToken = refreshToken(call, reply);
		if (refreshToken != null) {
			additional.put(OAuth2ParameterNames.REFRESH_TOKEN, refreshToken);
		}
		return OAuth2AccessTokenResponse.withToken(token(call, reply, "access_token"))
			.tokenType(TokenType.BEARER)
			.expiresIn(expiresIn(call, reply))
			.refreshToken(refreshToken)
			.scopes(scopes)
			.additionalParameters(additional)
			.build();
	}

	private static Map<String, String> parameters(OAuth2AuthorizationCodeGrantRequest request) {
		OAuth2AuthorizationExchange exchange = request.getAuthorizationExchange();
		Map<String, String> parameters = clientParameters(request.getClientRegistration(), "authorization_code");
		parameters.put("code", Objects.requireNonNull(exchange.getAuthorizationResponse().getCode()));
		parameters.put("redirect_uri", Objects.requireNonNull(exchange.getAuthorizationRequest().getRedirectUri()));
		parameters.put("fmt", "json");
		parameters.put("need_openid", "1");
		return parameters;
	}

	private static Map<String, String> clientParameters(ClientRegistration registration, String grantType) {
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("grant_type", grantType);
		parameters.put("client_id", registration.getClientId());
		parameters.put("client_secret", registration.getClientSecret());
		return parameters;
	}

	private static String openid(Call call, Reply reply) {
		String openid = reply.text(OPENID);
		if (openid == null || !QqIdentity.isValid(openid)) {
			throw call.failure(Fault.QQ_PARSE, "returned an invalid openid");
		}
		return openid;
	}

	private static String token(Call call, Reply reply, String name) {
		String token = reply.text(name);
		if (token == null || !TOKEN.matcher(token).matches()) {
			throw call.failure(Fault.QQ_PARSE, "returned no valid " + name);
		}
		return token;
	}

	private static @Nullable String refreshToken(Call call, Reply reply) {
		return reply.has("refresh_token") ? token(call, reply, "refresh_token") : null;
	}

	// In seconds. QQ sends a number, a string or nothing, which counts as 0.
	private static long expiresIn(Call call, Reply reply) {
		Long seconds = reply.has("expires_in") ? reply.number("expires_in") : Long.valueOf(0);
		if (seconds == null || seconds < 0 || seconds > Integer.MAX_VALUE) {
			throw call.failure(Fault.QQ_PARSE, "returned no valid expires_in");
		}
		return seconds;
	}

}
