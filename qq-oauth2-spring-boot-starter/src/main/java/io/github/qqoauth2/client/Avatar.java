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
 * Chooses and checks the avatar URL of a QQ profile. Browsers load it; this application
 * never fetches it.
 */
final class Avatar {

	// In order of preference. The first has 100 pixels and may be absent or empty.
	private static final List<String> FIELDS = List.of("figureurl_qq_2", "figureurl_qq_1", "figureurl_2",
			"figureurl_qq", "figureurl_1", "figureurl");

	private static final Pattern HOST = Pattern.compile("([a-z0-9-]+\\.)*qlogo\\.cn");

	private static final int LIMIT = 1024;

	private Avatar() {
	}

	static @Nullable String choose(Map<String, String> attributes) {
		return FIELDS.stream().map(attributes::get).filter(Objects::nonNull).findFirst().orElse(null);
	}

	// QQ sends http URLs, but its hosts support https too. Returns null unless the URL is
	// on one of these hosts and has no user info, port or fragment.
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
