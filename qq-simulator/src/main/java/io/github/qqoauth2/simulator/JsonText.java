package io.github.qqoauth2.simulator;

import java.util.Map;

/**
 * Writes JSON as QQ does: compact, in UTF-8, with required escapes only.
 */
final class JsonText {

	private JsonText() {
	}

	static String object(Map<String, ?> members) {
		StringBuilder json = new StringBuilder("{");
		members.forEach((name, value) -> {
			json.append((json.length() > 1) ? "," : "").append(quote(name)).append(':');
			json.append((value instanceof Number) ? value.toString() : quote(value.toString()));
		});
		return json.append('}').toString();
	}

	static String quote(String text) {
		StringBuilder json = new StringBuilder("\"");
		for (int i = 0; i < text.length(); i++) {
			char character = text.charAt(i);
			if (character == '"' || character == '\\') {
				json.append('\\').append(character);
			}
			else if (character < ' ') {
				json.append(String.format("\\u%04x", (int) character));
			}
			else {
				json.append(character);
			}
		}
		return json.append('"').toString();
	}

}
