package io.github.qqoauth2.simulator;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether QQ redirects to a URI: scheme, host and path as registered, no
 * fragment, any query. Unlike at QQ, loopback addresses are accepted and may have a port.
 */
final class RedirectCheck {

	private RedirectCheck() {
	}

	static boolean accepts(QqApp app, String redirectUri) {
		URI uri = parse(redirectUri);
		if (uri == null || uri.getHost() == null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
			return false;
		}
		if (!"http".equalsIgnoreCase(uri.getScheme()) && !"https".equalsIgnoreCase(uri.getScheme())) {
			return false;
		}
		boolean loopback = isLoopback(uri.getHost());
		if (app.redirectUris().isEmpty()) {
			return loopback;
		}
		return (loopback || uri.getPort() < 0)
				&& app.redirectUris().stream().anyMatch((registered) -> same(uri, parse(registered)));
	}

	private static boolean same(URI uri, @Nullable URI registered) {
		return registered != null && uri.getScheme().equalsIgnoreCase(registered.getScheme())
				&& uri.getHost().equalsIgnoreCase(registered.getHost()) && uri.getPort() == registered.getPort()
				&& Objects.equals(uri.getRawPath(), registered.getRawPath());
	}

	private static boolean isLoopback(String host) {
		String name = host.toLowerCase(Locale.ROOT);
		return name.equals("localhost") || name.equals("[::1]") || name.matches("127(\\.[0-9]{1,3}){3}");
	}

	private static @Nullable URI parse(String text) {
		try {
			return new URI(text);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

}
