package io.github.qqoauth2.simulator;

import java.util.Set;

/**
 * The four endpoints behind one door, where refusals become error replies.
 */
final class Endpoints {

	private static final Set<String> METHODS = Set.of("GET", "POST");

	private final AuthorizeEndpoint authorize;

	private final TokenEndpoint token;

	private final MeEndpoint me;

	private final UserInfoEndpoint userInfo;

	private final Switches switches;

	Endpoints(Registry registry, Ledger ledger, Switches switches) {
		this.authorize = new AuthorizeEndpoint(registry, ledger);
		this.token = new TokenEndpoint(registry, ledger, switches);
		this.me = new MeEndpoint(registry, ledger, switches);
		this.userInfo = new UserInfoEndpoint(registry, ledger, switches);
		this.switches = switches;
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
			};
		}
		catch (RefusalException ex) {
			return refused(request, ex.refusal());
		}
	}

	private QqReply refused(QqRequest request, Refusal refusal) {
		String body = WireFormat.error(request, refusal);
		if (request.endpoint() == QqEndpoint.AUTHORIZE) {
			return PageReply.of(body);
		}
		boolean json = request.endpoint() == QqEndpoint.USER_INFO || request.wantsJson();
		return QqReply.of(200, json ? this.switches.jsonContentType() : WireFormat.TEXT_HTML, body);
	}

}
