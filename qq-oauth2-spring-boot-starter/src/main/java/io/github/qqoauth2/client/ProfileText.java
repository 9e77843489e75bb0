package io.github.qqoauth2.client;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Sanitizes the value of a profile field and shortens it for storage.
 */
final class ProfileText {

	// Not part of the profile, or not trusted if it comes with a profile.
	private static final Set<String> IGNORED = Set.of("ret", "msg", "openid", "unionid", "client_id");

	// Control characters, lone surrogates, line separators, and characters that change
	// the direction of the following text. The joiners in emoji are kept.
	private static final Pattern UNWANTED = Pattern
		.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

	// Characters that show nothing: spaces, format characters, fillers, the blank of
	// Braille and of musical notation, variation selectors and tags.
	private static final Pattern INVISIBLE = Pattern.compile("[\\p{Z}\\p{Cc}\\p{Cf}\\u034F\\u115F\\u1160\\u17B4\\u17B5"
			+ "\\u180B-\\u180F\\u2065\\u2800\\u3164\\uFE00-\\uFE0F\\uFFA0\\uFFF0-\\uFFFB\\uFFFE\\uFFFF"
			+ "\\x{16FE4}\\x{1D159}\\x{E0000}-\\x{E0FFF}]");

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
		return isReadable(shortened) ? shortened : null;
	}

	// Whether anything is visible. U+FFFD stands for invalid bytes; if there are more of
	// them than of other characters, the text is in another charset.
	private static boolean isReadable(String text) {
		int[] visible = INVISIBLE.matcher(text).replaceAll("").codePoints().toArray();
		long invalid = Arrays.stream(visible).filter((character) -> character == '\uFFFD').count();
		return visible.length > invalid && visible.length >= 2 * invalid;
	}

	private static String shorten(String text, int limit) {
		if (text.length() <= limit) {
			return text;
		}
		int end = Character.isHighSurrogate(text.charAt(limit - 1)) ? limit - 1 : limit;
		return text.substring(0, end);
	}

}
