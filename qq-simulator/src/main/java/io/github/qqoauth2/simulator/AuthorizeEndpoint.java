package io.github.qqoauth2.simulator;

import java.net.URI;

import org.jspecify.annotations.Nullable;

/**
 * {@code /oauth2.0/authorize}: shows the consent page and handles its buttons.
 */
final class AuthorizeEndpoint {

	private final Registry registry;

	private final TokenStore tokenStore;

	AuthorizeEndpoint(Registry registry, TokenStore tokenStore) {
		this.registry = registry;
		this.tokenStore = tokenStore;
	}

	QqReply answer(QqRequest request) {
		Authorization authorization = Authorization.of(request, this.registry);
		@Nullable String action = "POST".equals(request.method()) ? request.parameter("action") : null;
		return switch ((action != null) ? action : "") {
			case "agree" -> agree(request, authorization);
			case "cancel" -> authorization.mobile() ? redirect(authorization.cancelled()) : closed(request);
			case "usercancel" -> redirect(authorization.cancelled());
			case "deny" -> redirect(authorization.denied());
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
		return (person != null) ? redirect(withCode(authorization, person)) : consent(request, authorization);
	}

	private URI withCode(Authorization authorization, QqPerson person) {
		TokenStore.Grant grant = new TokenStore.Grant(authorization.app().appId(), person);
		return authorization.withCode(this.tokenStore.issueCode(grant, authorization.redirectUri()));
	}

	private QqReply consent(QqRequest request, Authorization authorization) {
		return PageReply.of(ConsentPage.html(request, authorization, this.registry.people()));
	}

	private static QqReply closed(QqRequest request) {
		return PageReply.of(Pages.closed(request));
	}

	private static QqReply redirect(URI location) {
		return QqReply.redirect(location, 302).withHeader("Cache-Control", "no-store");
	}

}
