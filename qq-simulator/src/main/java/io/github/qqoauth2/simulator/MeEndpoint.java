package io.github.qqoauth2.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code /oauth2.0/me}. The token is read from the query or the form only: a Bearer
 * header is not documented.
 */
final class MeEndpoint {

	private final Registry registry;

	private final TokenStore tokenStore;

	private final Settings settings;

	MeEndpoint(Registry registry, TokenStore tokenStore, Settings settings) {
		this.registry = registry;
		this.tokenStore = tokenStore;
		this.settings = settings;
	}

	QqReply answer(QqRequest request) {
		TokenStore.Grant grant = grant(TokenEndpoint.required(request, "access_token", Refusal.ACCESS_TOKEN));
		Map<String, String> members = new LinkedHashMap<>();
		members.put("client_id", grant.appId());
		members.put("openid", grant.person().openid(grant.appId()));
		if ("1".equals(request.parameter("unionid"))) {
			requireUnionId(grant.appId());
			members.put("unionid", grant.person().unionid());
		}
		String json = JsonText.object(members);
		if (request.wantsJson()) {
			return QqReply.of(200, this.settings.jsonContentType(), json);
		}
		return QqReply.of(200, WireFormat.TEXT_HTML, WireFormat.jsonp(json));
	}

	private TokenStore.Grant grant(String token) {
		TokenStore.Access access = this.tokenStore.access(token);
		if (access == null) {
			throw new RefusalException(Refusal.WRONG_TOKEN);
		}
		if (this.tokenStore.isExpired(access)) {
			throw new RefusalException(Refusal.EXPIRED_TOKEN);
		}
		return access.grant();
	}

	/**
	 * Without the permission the whole request fails, and the openid is not returned
	 * either.
	 */
	private void requireUnionId(String appId) {
		QqApp app = this.registry.app(appId);
		if (app == null || !app.unionIdGranted()) {
			throw new RefusalException(Refusal.UNION_ID);
		}
	}

}
