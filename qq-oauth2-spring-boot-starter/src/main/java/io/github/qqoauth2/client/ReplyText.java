package io.github.qqoauth2.client;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Decodes the text of a reply. QQ sends UTF-8 as {@code text/html} without a charset,
 * which HTTP clients decode as ISO-8859-1, so that nicknames are garbled.
 */
final class ReplyText {

	private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*\"?([\\w.:-]{1,40})",
			Pattern.CASE_INSENSITIVE);

	private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1F]");

	// A backslash with what it escapes in JSON, if anything.
	private static final Pattern ESCAPE = Pattern.compile("(\\\\[\"\\\\/bfnrt]|\\\\u[0-9A-Fa-f]{4})|\\\\");

	private ReplyText() {
	}

	static @Nullable String decode(byte[] body, String contentType) {
		String text = decode(body, StandardCharsets.UTF_8);
		if (text == null) {
			Charset declared = declared(contentType);
			text = (declared != null) ? decode(body, declared) : null;
		}
		return (text != null && text.startsWith("\uFEFF")) ? text.substring(1) : text;
	}

	// Decodes a text with invalid bytes, which become U+FFFD, and removes what JSON does
	// not allow in a string: control characters, and backslashes that escape nothing.
	// Returns null if another charset is declared.
	static @Nullable String repair(byte[] body, String contentType) {
		Charset declared = declared(contentType);
		if (declared != null && !declared.equals(StandardCharsets.UTF_8)) {
			return null;
		}
		String text = new String(body, StandardCharsets.UTF_8);
		String printable = CONTROL.matcher(text.startsWith("\uFEFF") ? text.substring(1) : text).replaceAll("");
		return ESCAPE.matcher(printable).replaceAll("$1");
	}

	private static @Nullable String decode(byte[] body, Charset charset) {
		try {
			return charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	// Ignores single-byte charsets: they decode any input, so that success proves
	// nothing.
	private static @Nullable Charset declared(String contentType) {
		Matcher matcher = CHARSET.matcher(contentType);
		try {
			Charset charset = matcher.find() ? Charset.forName(matcher.group(1)) : null;
			return (charset != null && charset.canEncode() && charset.newEncoder().maxBytesPerChar() > 1) ? charset
					: null;
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
