package io.github.qqoauth2.simulator;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * {@code /oauth2.0/token}. Documented is a GET; a POST form is known to work, and whether
 * fmt and need_openid count there is not, so they do.
 */
final class TokenEndpoint {

	private final Registry registry;

	private final Ledger ledger;

	private final Switches switches;

	TokenEndpoint(Registry registry, Ledger ledger, Switches switches) {
		this.registry = registry;
		this.ledger = ledger;
		this.switches = switches;
	}

	QqReply answer(QqRequest request) {
		String grantType = request.parameter("grant_type");
		boolean refresh = "refresh_token".equals(grantType);
		if (!refresh && !"authorization_code".equals(grantType)) {
			throw new RefusalException(Refusal.GRANT_TYPE);
		}
		QqApp app = authenticate(request);
		Ledger.Tokens tokens = refresh ? refresh(request, app) : redeem(request, app);
		Map<String, String> members = members(tokens);
		if (!refresh && this.switches.needOpenid() && "1".equals(request.parameter("need_openid"))) {
			members.put("openid", tokens.person().openid(app.appId()));
		}
		if (request.wantsJson()) {
			return QqReply.of(200, this.switches.jsonContentType(), JsonText.object(members));
		}
		return QqReply.of(200, WireFormat.TEXT_HTML, form(members));
	}

	/**
	 * The secret comes first: a call with HTTP Basic only was answered with 100002.
	 */
	private QqApp authenticate(QqRequest request) {
		String secret = present(request, "client_secret", Refusal.CLIENT_SECRET);
		QqApp app = this.registry.app(present(request, "client_id", Refusal.CLIENT_ID));
		if (app == null) {
			throw new RefusalException(Refusal.UNKNOWN_APP);
		}
		if (!app.appKey().equals(secret)) {
			throw new RefusalException(Refusal.WRONG_SECRET);
		}
		return app;
	}

	private Ledger.Tokens redeem(QqRequest request, QqApp app) {
		String code = present(request, "code", Refusal.CODE);
		return this.ledger.redeem(code, app, request.parameter("redirect_uri"));
	}

	private Ledger.Tokens refresh(QqRequest request, QqApp app) {
		return this.ledger.refresh(present(request, "refresh_token", Refusal.REFRESH_TOKEN), app);
	}

	static String present(QqRequest request, String name, Refusal refusal) {
		@Nullable String value = request.parameter(name);
		if (value == null || value.isEmpty()) {
			throw new RefusalException(refusal);
		}
		return value;
	}

	/**
	 * The lifetime is a string in JSON too, see token-ok-json-expires-string.json.
	 */
	private static Map<String, String> members(Ledger.Tokens tokens) {
		Map<String, String> members = new LinkedHashMap<>();
		members.put("access_token", tokens.access());
		members.put("expires_in", String.valueOf(Ledger.TOKEN_LIFETIME.toSeconds()));
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
