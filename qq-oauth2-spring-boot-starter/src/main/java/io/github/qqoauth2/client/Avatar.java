package io.github.qqoauth2.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The address of a person's picture. It is shown to browsers and never fetched here.
 */
final class Avatar {

	// The one of 100 pixels, which may be absent or empty, then the next best.
	private static final List<String> FIELDS = List.of("figureurl_qq_2", "figureurl_qq_1", "figureurl_2",
			"figureurl_qq", "figureurl_1", "figureurl");

	private static final Pattern HOST = Pattern.compile("([a-z0-9-]+\\.)*qlogo\\.cn");

	private static final int LIMIT = 1024;

	private Avatar() {
	}

	static @Nullable String choose(Map<String, String> attributes) {
		return FIELDS.stream().map(attributes::get).filter(Objects::nonNull).findFirst().orElse(null);
	}

	// Returns the address with https, which QQ's hosts speak as well although QQ sends
	// http; null for anything but a plain address on QQ's own hosts.
	static @Nullable String check(String address) {
		try {
			URI uri = new URI(address);
			String host = Objects.requireNonNullElse(uri.getHost(), "").toLowerCase(Locale.ROOT);
			boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
			boolean plain = uri.getRawUserInfo() == null && uri.getPort() == -1 && uri.getRawFragment() == null;
			if (!web || !plain || !HOST.matcher(host).matches()) {
				return null;
			}
			String secure = "https" + uri.toASCIIString().substring(uri.getScheme().length());
			return (secure.length() <= LIMIT) ? secure : null;
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
