package io.github.qqoauth2.bind;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A path of this application to which a visitor may be redirected: one that no browser
 * interprets as an address on another host.
 */
final class LocalPath {

	private static final int MAX_LENGTH = 2048;

	/**
	 * One slash, then printable ASCII without a backslash. A second slash or a backslash
	 * after the first would start an authority in some browsers.
	 */
	private static final Pattern LOCAL = Pattern.compile("/(?![/\\\\])[\\x21-\\x7e&&[^\\\\]]*");

	/**
	 * ASCII characters that no address contains and that browsers nevertheless send.
	 * Servers refuse them or not; in their encoded form all accept them.
	 */
	private static final String UNENCODED = " \"<>[]^`{|}";

	private static final Pattern ESCAPE = Pattern.compile("%[0-9A-Fa-f]{2}");

	private static final Pattern ENCODED_SEPARATOR = Pattern.compile("(?i)%(2f|5c|0[0-9a-f]|1[0-9a-f]|7f|25)");

	private LocalPath() {
	}

	/**
	 * Returns the value if it is such a path of at most 2048 characters, or {@code null}.
	 */
	static @Nullable String orNull(@Nullable String value) {
		if (value == null || value.length() > MAX_LENGTH || !LOCAL.matcher(value).matches()) {
			return null;
		}
		try {
			URI uri = new URI(value);
			String path = uri.getRawPath();
			boolean local = uri.getScheme() == null && uri.getRawAuthority() == null && path != null
					&& !path.contains("//") && !ENCODED_SEPARATOR.matcher(path).find();
			return local ? value : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	/**
	 * Returns the path that a request names, or {@code null} if it is not local. What the
	 * request contains unencoded is encoded: characters outside ASCII, those that
	 * browsers leave as they are, and a percent sign that begins no escape.
	 */
	static @Nullable String encodedOrNull(@Nullable String value) {
		return (value != null && value.length() <= MAX_LENGTH) ? orNull(encode(value)) : null;
	}

	private static String encode(String value) {
		StringBuilder encoded = new StringBuilder();
		for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
			int character = value.codePointAt(i);
			if (isUnencoded(value, i, character)) {
				encoded.append(
						URLEncoder.encode(Character.toString(character), StandardCharsets.UTF_8).replace("+", "%20"));
			}
			else {
				encoded.appendCodePoint(character);
			}
		}
		return encoded.toString();
	}

	/**
	 * Half of a surrogate pair has no encoding, so it stays and the path is refused.
	 */
	private static boolean isUnencoded(String value, int index, int character) {
		return switch (character) {
			case '%' -> !ESCAPE.matcher(value).region(index, value.length()).lookingAt();
			case '#' -> value.indexOf('#') < index;
			default -> UNENCODED.indexOf(character) >= 0
					|| (character > 0x7f && Character.getType(character) != Character.SURROGATE);
		};
	}

	/**
	 * Returns a path without its fragment, which no server receives.
	 */
	static String withoutFragment(String path) {
		int mark = path.indexOf('#');
		return (mark < 0) ? path : path.substring(0, mark);
	}

}
