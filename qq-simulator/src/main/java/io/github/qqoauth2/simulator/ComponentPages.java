package io.github.qqoauth2.simulator;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The pages of the login component: its frame, and what a phone shows after it has
 * scanned the QR code.
 */
final class ComponentPages {

	/** The script of the frame, which is inline. */
	static final String SCRIPT = Template.read("frame-script.js");

	private static final Template FRAME = Template.load("frame.html");

	private static final Template CONTENT = Template.load("frame-content.html");

	private static final Template FINISHED = Template.load("frame-finished.html");

	private static final Template QUICK = Template.load("frame-person.html");

	private static final Template PHONE = Template.load("phone.html");

	private ComponentPages() {
	}

	static String frame(QqRequest request, String code, boolean unknown, List<QqPerson> people) {
		Messages messages = Pages.messages(request);
		Map<String, String> values = texts(messages, "scan-hint", "scanned", "scan-cancelled", "scan-expired",
				"scan-phone", "scan-renew", "quick", "by-password", "account", "password", "sign-in", "developer",
				"scan-expire", "usercancel", "deny");
		values.put("alert", unknown ? messages.get("unknown-account") : "");
		values.put("path", QqEndpoint.COMPONENT_FRAME.path());
		values.put("phone-path", QqEndpoint.COMPONENT_PHONE.path() + "?scan=" + code);
		values.put("status-path", QqEndpoint.COMPONENT_STATUS.path() + "?scan=" + code);
		values.put("picture", ScanPicture.svg(code));
		values.put("code", code);
		values.put("fields", ConsentPage.fields(request));
		values.put("people", people.stream().map((person) -> quick(messages, person)).collect(Collectors.joining()));
		return page(messages, CONTENT.fill(values));
	}

	private static String quick(Messages messages, QqPerson person) {
		return QUICK.fill(ConsentPage.values(messages, person));
	}

	static String finished(QqRequest request, URI location) {
		Messages messages = Pages.messages(request);
		Map<String, String> values = texts(messages, "finished");
		values.put("location", Html.escape(location.toString()));
		return page(messages, FINISHED.fill(values));
	}

	/**
	 * Shows a refusal inside the frame.
	 */
	static String error(QqRequest request, Refusal refusal) {
		Messages messages = Pages.messages(request);
		return page(messages, "<p class=\"alert\">" + Html.escape(refusal.text()) + "</p>\n");
	}

	private static String page(Messages messages, String content) {
		return FRAME.fill(Map.of("lang", messages.get("lang"), "title", messages.get("title"), "style", Pages.STYLE,
				"script", SCRIPT, "notice", messages.get("frame-notice"), "content", content));
	}

	static String phone(QqRequest request, String code, List<QqPerson> people) {
		Messages messages = Pages.messages(request);
		Map<String, String> values = texts(messages, "phone-heading", "phone-text", "choose", "agree", "cancel");
		values.put("path", QqEndpoint.COMPONENT_PHONE.path());
		values.put("code", code);
		values.put("people", ConsentPage.people(messages, people));
		return Pages.page(messages, PHONE.fill(values));
	}

	static String phoneMessage(QqRequest request, String message) {
		Messages messages = Pages.messages(request);
		return Pages.page(messages, "<h1>" + messages.get(message) + "</h1>\n");
	}

	private static Map<String, String> texts(Messages messages, String... names) {
		Map<String, String> values = new HashMap<>();
		for (String name : names) {
			values.put(name, messages.get(name));
		}
		return values;
	}

}
