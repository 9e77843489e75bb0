package io.github.qqoauth2.simulator;

import java.net.URI;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.simulator.ScanCodes.Scan;
import io.github.qqoauth2.simulator.ScanCodes.Status;

/**
 * {@code /jssdk}: a stand-in for the login component. Only its script and the fields of
 * its {@code init} are documented; frame, addresses and messages are the simulator's own.
 */
final class ComponentEndpoint {

	private static final String SCRIPT = Template.read("component.js");

	private final Registry registry;

	private final AuthorizeEndpoint authorize;

	private final ScanCodes codes;

	ComponentEndpoint(Registry registry, AuthorizeEndpoint authorize, ScanCodes codes) {
		this.registry = registry;
		this.authorize = authorize;
		this.codes = codes;
	}

	QqReply script() {
		return QqReply.of(200, "text/javascript; charset=utf-8", SCRIPT).withHeader("Cache-Control", "no-cache");
	}

	/**
	 * Shows the frame and handles its buttons. Everything that ends the login goes
	 * through the checks of {@link AuthorizeEndpoint}.
	 */
	QqReply frame(QqRequest request) {
		@Nullable String action = "POST".equals(request.method()) ? request.parameter("action") : null;
		return switch ((action != null) ? action : "") {
			case "agree" -> agree(request, this.registry.person(request.parameter("person")));
			case "usercancel" -> finished(request, this.authorize.cancel(request));
			case "deny" -> finished(request, this.authorize.deny(request));
			case "expire" -> expired(request);
			default -> shown(request, this.codes.create(request), false);
		};
	}

	private QqReply agree(QqRequest request, @Nullable QqPerson person) {
		return (person != null) ? finished(request, this.authorize.approve(request, person))
				: shown(request, this.codes.create(request), true);
	}

	private QqReply expired(QqRequest request) {
		String code = Objects.requireNonNullElse(request.parameter("scan"), "");
		this.codes.change(code, Status.EXPIRED, null);
		return shown(request, code, false);
	}

	private QqReply shown(QqRequest request, String code, boolean unknown) {
		Authorization.of(request, this.registry);
		return PageReply.framed(ComponentPages.frame(request, code, unknown, this.registry.people()));
	}

	private static QqReply finished(QqRequest request, URI location) {
		return PageReply.framed(ComponentPages.finished(request, location));
	}

	/**
	 * Shows what a phone shows after it has scanned the code.
	 */
	QqReply phone(QqRequest request) {
		String code = request.parameter("scan");
		Scan scan = this.codes.open(code);
		if (code == null || scan == null) {
			return PageReply.of(ComponentPages.phoneMessage(request, "phone-expired"));
		}
		QqPerson person = this.registry.person(request.parameter("person"));
		if ("cancel".equals(request.parameter("action"))) {
			this.codes.change(code, Status.CANCELLED, null);
			return PageReply.of(ComponentPages.phoneMessage(request, "phone-cancelled"));
		}
		if (!"agree".equals(request.parameter("action")) || person == null) {
			this.codes.change(code, Status.SCANNED, null);
			return PageReply.of(ComponentPages.phone(request, code, this.registry.people()));
		}
		this.codes.change(code, Status.CONFIRMED, this.authorize.approve(scan.login(), person));
		return PageReply.of(ComponentPages.phoneMessage(request, "phone-confirmed"));
	}

	QqReply status(QqRequest request) {
		return QqReply
			.of(200, "application/json; charset=utf-8", JsonText.object(this.codes.statusOf(request.parameter("scan"))))
			.withHeader("Cache-Control", "no-store");
	}

}
