package io.github.qqoauth2.bind;

import java.net.URI;
import java.net.URISyntaxException;
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

}
