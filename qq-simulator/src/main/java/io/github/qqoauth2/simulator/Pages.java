package io.github.qqoauth2.simulator;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * What all pages share, and the two that only tell something.
 */
final class Pages {

	static final String STYLE = Template.read("style.css");

	private static final Template PAGE = Template.load("page.html");

	private static final Template MESSAGE = Template.load("message.html");

	private Pages() {
	}

	static String page(Words words, String content) {
		return PAGE.fill(Map.of("lang", words.get("lang"), "title", words.get("title"), "notice", words.get("notice"),
				"style", STYLE, "content", content));
	}

	static String closed(QqRequest request) {
		Words words = words(request);
		return page(words, MESSAGE.fill(Map.of("heading", words.get("closed-heading"), "text", words.get("closed-text"),
				"hint", words.get("closed-hint"), "parameters", "")));
	}

	/**
	 * The text is QQ's, see authorize-error-page-100008.txt and -100010.txt.
	 */
	static String error(QqRequest request, Refusal refusal) {
		Words words = words(request);
		String text = Html.escape(refusal.text());
		return page(words, MESSAGE.fill(Map.of("heading", words.get("error-heading"), "text", text, "hint",
				words.get("error-hint"), "parameters", parameters(request))));
	}

	static String parameters(QqRequest request) {
		return request.parameters()
			.entrySet()
			.stream()
			.map((parameter) -> "<dt>" + Html.escape(parameter.getKey()) + "</dt>\n<dd>"
					+ Html.escape(String.join(" ", parameter.getValue())) + "</dd>\n")
			.collect(Collectors.joining("", "<dl>\n", "</dl>\n"));
	}

	static Words words(QqRequest request) {
		return Words.of(request.header("Accept-Language"));
	}

}
