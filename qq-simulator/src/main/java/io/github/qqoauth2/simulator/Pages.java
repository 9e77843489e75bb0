package io.github.qqoauth2.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What all pages share, and the two that only tell something.
 */
final class Pages {

	private static final String STYLE = Template.read("style.css");

	private static final String POLICY = "default-src 'none'; img-src data:; style-src '" + hash(STYLE)
			+ "'; base-uri 'none'; frame-ancestors 'none'";

	private static final Template PAGE = Template.load("page.html");

	private static final Template MESSAGE = Template.load("message.html");

	private Pages() {
	}

	/**
	 * No form-action in the policy: browsers apply it to the redirect that follows.
	 */
	static QqReply reply(String html) {
		return QqReply.of(200, WireFormat.HTML_PAGE, html)
			.withHeader("Cache-Control", "no-store")
			.withHeader("Content-Security-Policy", POLICY)
			.withHeader("Referrer-Policy", "no-referrer")
			.withHeader("X-Content-Type-Options", "nosniff");
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

	private static String hash(String style) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(style.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
