package io.github.qqoauth2.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code /oauth2.0/me}. The token counts in the query or form only: a Bearer header is
 * not documented.
 */
final class MeEndpoint {

	private final Registry registry;

	private final Ledger ledger;

	private final Switches switches;

	MeEndpoint(Registry registry, Ledger ledger, Switches switches) {
		this.registry = registry;
		this.ledger = ledger;
		this.switches = switches;
	}

	QqReply answer(QqRequest request) {
		Ledger.Grant grant = grant(TokenEndpoint.present(request, "access_token", Refusal.ACCESS_TOKEN));
		Map<String, String> members = new LinkedHashMap<>();
		members.put("client_id", grant.appId());
		members.put("openid", grant.person().openid(grant.appId()));
		if ("1".equals(request.parameter("unionid"))) {
			requireUnionId(grant.appId());
			members.put("unionid", grant.person().unionid());
		}
		String json = JsonText.object(members);
		if (request.wantsJson()) {
			return QqReply.of(200, this.switches.jsonContentType(), json);
		}
		return QqReply.of(200, WireFormat.TEXT_HTML, WireFormat.jsonp(json));
	}

	private Ledger.Grant grant(String token) {
		Ledger.Access access = this.ledger.access(token);
		if (access == null) {
			throw new RefusalException(Refusal.WRONG_TOKEN);
		}
		if (this.ledger.isExpired(access)) {
			throw new RefusalException(Refusal.EXPIRED_TOKEN);
		}
		return access.grant();
	}

	/**
	 * Without the permission the whole call fails, openid and all.
	 */
	private void requireUnionId(String appId) {
		QqApp app = this.registry.app(appId);
		if (app == null || !app.unionIdGranted()) {
			throw new RefusalException(Refusal.UNION_ID);
		}
	}

}
