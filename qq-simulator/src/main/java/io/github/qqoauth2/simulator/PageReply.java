package io.github.qqoauth2.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Creates the reply for a page, with the header fields that all pages have.
 */
final class PageReply {

	/**
	 * Has no form-action, because browsers apply it to the redirect that follows as well.
	 */
	private static final String POLICY = "default-src 'none'; img-src data:; style-src '" + hash(Pages.STYLE)
			+ "'; base-uri 'none'; ";

	private static final String FRAME_POLICY = POLICY + "connect-src 'self'; script-src '" + hash(ComponentPages.SCRIPT)
			+ "'";

	private PageReply() {
	}

	static QqReply of(String html) {
		return of(html, POLICY + "frame-ancestors 'none'");
	}

	/**
	 * Creates the reply for a page inside a page of the application.
	 */
	static QqReply framed(String html) {
		return of(html, FRAME_POLICY);
	}

	private static QqReply of(String html, String policy) {
		return QqReply.of(200, "text/html; charset=utf-8", html)
			.withHeader("Cache-Control", "no-store")
			.withHeader("Content-Security-Policy", policy)
			.withHeader("Referrer-Policy", "no-referrer")
			.withHeader("X-Content-Type-Options", "nosniff");
	}

	private static String hash(String content) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
			return "sha256-" + Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
