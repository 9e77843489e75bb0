package io.github.qqoauth2.client;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

/**
 * Parses a reply in any of QQ's three formats: a JSON object, the same as JSONP, or form
 * pairs. The format is detected from the content, since neither {@code Content-Type} nor
 * the requested {@code fmt} is reliable.
 */
final class ReplyFields {

	// With or without a semicolon, on one line or several:
	// callback( {"error":100016,"error_description":"access token check failed"} );
	private static final Pattern JSONP = Pattern.compile("[A-Za-z_$][\\w$.]{0,63}\\s*\\(\\s*(\\{.*\\})\\s*\\)\\s*;?",
			Pattern.DOTALL);

	private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w{0,63}");

	private ReplyFields() {
	}

	// Returns null for a text in none of the formats, with a duplicate name, or with
	// anything before or after.
	static @Nullable Map<String, Object> parse(String text) {
		String reply = text.strip();
		if (reply.startsWith("{")) {
			return json(reply);
		}
		Matcher jsonp = JSONP.matcher(reply);
		return jsonp.matches() ? json(jsonp.group(1)) : pairs(reply);
	}

	private static @Nullable Map<String, Object> json(String json) {
		try {
			Map<String, Object> fields = JSONObjectUtils.parse(json);
			return (fields.size() == members(json)) ? fields : null;
		}
		catch (ParseException ex) {
			return null;
		}
	}

	// Counts the members of a well-formed object, since the parser accepts a duplicate
	// name if the first value is null.
	private static int members(String json) {
		int members = 0;
		int depth = 0;
		boolean quoted = false;
		for (int i = 0; i < json.length(); i++) {
			char character = json.charAt(i);
			if (character == '"') {
				quoted = !quoted;
			}
			else if (quoted) {
				i += (character == '\\') ? 1 : 0;
			}
			else if (character == '{' || character == '[') {
				depth++;
			}
			else if (character == '}' || character == ']') {
				depth--;
			}
			else if (character == ':' && depth == 1) {
				members++;
			}
		}
		return members;
	}

	private static @Nullable Map<String, Object> pairs(String text) {
		Map<String, Object> fields = new LinkedHashMap<>();
		for (String pair : text.split("&", -1)) {
			int equals = pair.indexOf('=');
			String name = (equals > 0) ? pair.substring(0, equals) : "";
			String value = decode(pair.substring(equals + 1));
			if (value == null || !NAME.matcher(name).matches() || fields.put(name, value) != null) {
				return null;
			}
		}
		return fields;
	}

	private static @Nullable String decode(String value) {
		try {
			return URLDecoder.decode(value, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
