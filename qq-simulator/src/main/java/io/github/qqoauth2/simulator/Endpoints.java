package io.github.qqoauth2.simulator;

import java.util.Set;

/**
 * Dispatches requests to the endpoints and turns refusals into error replies.
 */
final class Endpoints {

	private static final Set<String> METHODS = Set.of("GET", "POST");

	private final AuthorizeEndpoint authorize;

	private final TokenEndpoint token;

	private final MeEndpoint me;

	private final UserInfoEndpoint userInfo;

	private final ComponentEndpoint component;

	private final Settings settings;

	Endpoints(Registry registry, TokenStore tokenStore, ScanCodes scanCodes, Settings settings) {
		this.authorize = new AuthorizeEndpoint(registry, tokenStore);
		this.token = new TokenEndpoint(registry, tokenStore, settings);
		this.me = new MeEndpoint(registry, tokenStore, settings);
		this.userInfo = new UserInfoEndpoint(registry, tokenStore, settings);
		this.component = new ComponentEndpoint(registry, this.authorize, scanCodes);
		this.settings = settings;
	}

	AuthorizeEndpoint authorize() {
		return this.authorize;
	}

	QqReply answer(QqRequest request) {
		if (!METHODS.contains(request.method())) {
			return QqReply.status(405).withHeader("Allow", "GET, POST");
		}
		try {
			return switch (request.endpoint()) {
				case AUTHORIZE -> this.authorize.answer(request);
				case TOKEN -> this.token.answer(request);
				case ME -> this.me.answer(request);
				case USER_INFO -> this.userInfo.answer(request);
				case COMPONENT -> this.component.script();
				case COMPONENT_FRAME -> this.component.frame(request);
				case COMPONENT_PHONE -> this.component.phone(request);
				case COMPONENT_STATUS -> this.component.status(request);
			};
		}
		catch (RefusalException ex) {
			return refused(request, ex.refusal());
		}
	}

	private QqReply refused(QqRequest request, Refusal refusal) {
		if (request.endpoint() == QqEndpoint.COMPONENT_FRAME) {
			return PageReply.framed(ComponentPages.error(request, refusal));
		}
		String body = WireFormat.error(request, refusal);
		if (request.endpoint() == QqEndpoint.AUTHORIZE || request.endpoint() == QqEndpoint.COMPONENT_PHONE) {
			return PageReply.of(body);
		}
		boolean json = request.endpoint() == QqEndpoint.USER_INFO || request.wantsJson();
		return QqReply.of(200, json ? this.settings.jsonContentType() : WireFormat.TEXT_HTML, body);
	}

}
