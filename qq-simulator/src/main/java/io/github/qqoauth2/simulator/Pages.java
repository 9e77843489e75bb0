package io.github.qqoauth2.simulator;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * The layout of all pages, and the two pages that show a message only.
 */
final class Pages {

	static final String STYLE = Template.read("style.css");

	private static final Template PAGE = Template.load("page.html");

	private static final Template MESSAGE = Template.load("message.html");

	private Pages() {
	}

	static String page(Messages messages, String content) {
		return PAGE.fill(Map.of("lang", messages.get("lang"), "title", messages.get("title"), "notice",
				messages.get("notice"), "style", STYLE, "content", content));
	}

	static String closed(QqRequest request) {
		Messages messages = messages(request);
		return page(messages, MESSAGE.fill(Map.of("heading", messages.get("closed-heading"), "text",
				messages.get("closed-text"), "hint", messages.get("closed-hint"), "parameters", "")));
	}

	/**
	 * The page shows the text of QQ, as recorded in authorize-error-page-100008.txt and
	 * -100010.txt.
	 */
	static String error(QqRequest request, Refusal refusal) {
		Messages messages = messages(request);
		String text = Html.escape(refusal.text());
		String hint = messages
			.get((refusal.number() == Refusal.UNKNOWN_APP.number()) ? "unknown-app-hint" : "error-hint");
		return page(messages, MESSAGE.fill(Map.of("heading", messages.get("error-heading"), "text", text, "hint", hint,
				"parameters", parameters(request))));
	}

	static String parameters(QqRequest request) {
		return request.parameters()
			.entrySet()
			.stream()
			.map((parameter) -> "<dt>" + Html.escape(parameter.getKey()) + "</dt>\n<dd>"
					+ Html.escape(String.join(" ", parameter.getValue())) + "</dd>\n")
			.collect(Collectors.joining("", "<dl>\n", "</dl>\n"));
	}

	static Messages messages(QqRequest request) {
		return Messages.of(request.header("Accept-Language"));
	}

}
