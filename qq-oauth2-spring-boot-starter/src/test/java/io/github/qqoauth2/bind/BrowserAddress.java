package io.github.qqoauth2.bind;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Resolves a reference as a browser does on a page of its own host, according to the
 * <a href="https://url.spec.whatwg.org/#concept-basic-url-parser">URL Standard</a>: tabs
 * and line breaks are dropped, a backslash is read as a slash, and an authority may begin
 * after any number of slashes.
 */
final class BrowserAddress {

	static final String OWN_HOST = "own.test";

	private static final String OWN_SCHEME = "https";

	private static final Set<String> SPECIAL = Set.of("http", "https", "ws", "wss", "ftp");

	private static final Pattern SCHEME = Pattern.compile("(?s)([A-Za-z][A-Za-z0-9+.-]*):(.*)");

	private static final Pattern AUTHORITY = Pattern.compile("(?s)[/\\\\]*([^/\\\\?#]*).*");

	private BrowserAddress() {
	}

	/**
	 * Returns the host to which the reference leads, or {@code null} if it leads to no
	 * host, like {@code javascript:}.
	 */
	static @Nullable String host(String reference) {
		String input = reference.replaceAll("^[\\x00-\\x20]+|[\\x00-\\x20]+$", "").replaceAll("[\\t\\n\\r]", "");
		Matcher absolute = SCHEME.matcher(input);
		if (!absolute.matches()) {
			return startsAuthority(input) ? authority(input) : OWN_HOST;
		}
		String scheme = absolute.group(1).toLowerCase(Locale.ROOT);
		String rest = absolute.group(2);
		if (scheme.equals(OWN_SCHEME) && !startsAuthority(rest)) {
			return OWN_HOST;
		}
		return SPECIAL.contains(scheme) ? authority(rest) : null;
	}

	private static boolean startsAuthority(String input) {
		return input.matches("(?s)[/\\\\]{2}.*");
	}

	private static String authority(String input) {
		Matcher matcher = AUTHORITY.matcher(input);
		matcher.matches();
		String authority = matcher.group(1);
		String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
		return hostAndPort.replaceFirst(":[0-9]*$", "").toLowerCase(Locale.ROOT);
	}

}
