package io.github.qqoauth2.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * {@code /oauth2.0/token}. QQ documents GET; a POST form is known to work as well.
 * Whether QQ honours fmt and need_openid in a form is not known; the simulator does.
 */
final class TokenEndpoint {

	private final Registry registry;

	private final TokenStore tokenStore;

	private final Settings settings;

	TokenEndpoint(Registry registry, TokenStore tokenStore, Settings settings) {
		this.registry = registry;
		this.tokenStore = tokenStore;
		this.settings = settings;
	}

	QqReply answer(QqRequest request) {
		String grantType = request.parameter("grant_type");
		boolean refresh = "refresh_token".equals(grantType);
		if (!refresh && !"authorization_code".equals(grantType)) {
			throw new RefusalException(Refusal.GRANT_TYPE);
		}
		QqApp app = authenticate(request);
		TokenStore.Tokens tokens = refresh ? refresh(request, app) : redeem(request, app);
		Map<String, String> members = members(tokens);
		if (!refresh && this.settings.needOpenid() && "1".equals(request.parameter("need_openid"))) {
			members.put("openid", tokens.person().openid(app.appId()));
		}
		if (request.wantsJson()) {
			return QqReply.of(200, this.settings.jsonContentType(), JsonText.object(members));
		}
		return QqReply.of(200, WireFormat.TEXT_HTML, form(members));
	}

	/**
	 * Checks the secret first: QQ answered a request with HTTP Basic only with 100002.
	 */
	private QqApp authenticate(QqRequest request) {
		String secret = required(request, "client_secret", Refusal.CLIENT_SECRET);
		QqApp app = this.registry.app(required(request, "client_id", Refusal.CLIENT_ID));
		if (app == null) {
			throw new RefusalException(Refusal.UNKNOWN_APP);
		}
		if (!app.appKey().equals(secret)) {
			throw new RefusalException(Refusal.WRONG_SECRET);
		}
		return app;
	}

	private TokenStore.Tokens redeem(QqRequest request, QqApp app) {
		String code = required(request, "code", Refusal.CODE);
		return this.tokenStore.redeem(code, app, request.parameter("redirect_uri"));
	}

	private TokenStore.Tokens refresh(QqRequest request, QqApp app) {
		return this.tokenStore.refresh(required(request, "refresh_token", Refusal.REFRESH_TOKEN), app);
	}

	static String required(QqRequest request, String name, Refusal refusal) {
		@Nullable String value = request.parameter(name);
		if (value == null || value.isEmpty()) {
			throw new RefusalException(refusal);
		}
		return value;
	}

	/**
	 * The lifetime is a string in JSON as well, see token-ok-json-expires-string.json.
	 */
	private static Map<String, String> members(TokenStore.Tokens tokens) {
		Map<String, String> members = new LinkedHashMap<>();
		members.put("access_token", tokens.access());
		members.put("expires_in", String.valueOf(TokenStore.TOKEN_LIFETIME.toSeconds()));
		members.put("refresh_token", tokens.refresh());
		return members;
	}

	private static String form(Map<String, String> members) {
		return members.entrySet()
			.stream()
			.map((member) -> member.getKey() + "=" + member.getValue())
			.collect(Collectors.joining("&"));
	}

}
