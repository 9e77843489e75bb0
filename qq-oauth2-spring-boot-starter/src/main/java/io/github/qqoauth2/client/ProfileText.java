package io.github.qqoauth2.client;

import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The text of one field of a profile, made harmless and short enough to store.
 */
final class ProfileText {

	// Not about the person, or not to be believed from here.
	private static final Set<String> IGNORED = Set.of("ret", "msg", "openid", "unionid", "client_id");

	// Control characters, lone surrogates, line separators, and whatever turns the
	// direction of the text that follows. The joiners of emoji stay.
	private static final Pattern UNWANTED = Pattern
		.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

	private ProfileText() {
	}

	static @Nullable String of(String name, @Nullable Object value) {
		boolean scalar = value instanceof String || value instanceof Number || value instanceof Boolean;
		if (!scalar || IGNORED.contains(name)) {
			return null;
		}
		String text = UNWANTED.matcher(String.valueOf(value)).replaceAll("").strip();
		if (name.startsWith("figureurl") && !name.equals("figureurl_type")) {
			return Avatar.check(text);
		}
		String shortened = shorten(text, name.equals("gender") ? 16 : 255);
		return shortened.isEmpty() ? null : shortened;
	}

	private static String shorten(String text, int limit) {
		if (text.length() <= limit) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
		return text.substring(0, end);
	}

}
