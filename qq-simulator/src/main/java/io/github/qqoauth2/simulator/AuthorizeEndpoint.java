package io.github.qqoauth2.simulator;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * {@code /oauth2.0/authorize}: the consent page, and where its buttons lead.
 */
final class AuthorizeEndpoint {

	private final Registry registry;

	private final Ledger ledger;

	AuthorizeEndpoint(Registry registry, Ledger ledger) {
		this.registry = registry;
		this.ledger = ledger;
	}

	QqReply answer(QqRequest request) {
		Authorization authorization = Authorization.of(request, this.registry);
		@Nullable String action = "POST".equals(request.method()) ? request.parameter("action") : null;
		return switch ((action != null) ? action : "") {
			case "agree" -> agree(request, authorization);
			case "cancel" -> authorization.mobile() ? found(authorization.cancelled()) : closed(request);
			case "usercancel" -> found(authorization.cancelled());
			case "deny" -> found(authorization.denied());
			default -> consent(request, authorization);
		};
	}

	URI approve(QqRequest request, QqPerson person) {
		return withCode(Authorization.of(request, this.registry), person);
	}

	URI cancel(QqRequest request) {
		return Authorization.of(request, this.registry).cancelled();
	}

	URI deny(QqRequest request) {
		return Authorization.of(request, this.registry).denied();
	}

	private QqReply agree(QqRequest request, Authorization authorization) {
		QqPerson person = this.registry.person(request.parameter("person"));
		return (person != null) ? found(withCode(authorization, person)) : consent(request, authorization);
	}

	private URI withCode(Authorization authorization, QqPerson person) {
		Ledger.Grant grant = new Ledger.Grant(authorization.app().appId(), person);
		return authorization.withCode(this.ledger.issueCode(grant, authorization.redirectUri()));
	}

	private QqReply consent(QqRequest request, Authorization authorization) {
		return PageReply.of(ConsentPage.html(request, authorization, this.registry.people()));
	}

	private static QqReply closed(QqRequest request) {
		return PageReply.of(Pages.closed(request));
	}

	private static QqReply found(URI location) {
		return QqReply.redirect(location, 302).withHeader("Cache-Control", "no-store");
	}

}
