package io.github.qqoauth2.simulator;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/**
 * A request of the {@link Panel}.
 *
 * @param method the method
 * @param path the path
 * @param headers the header fields
 * @param parameters the parameters of the form in the body
 */
record PanelRequest(String method, String path, HttpFields headers, Map<String, List<String>> parameters) {

	private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

	String parameter(String name) {
		List<String> values = this.parameters.getOrDefault(name, List.of());
		return values.isEmpty() ? "" : values.get(0).strip();
	}

	boolean wantsHtml() {
		String accept = this.headers.get("Accept");
		return accept != null && accept.contains("text/html");
	}

	@Nullable String languages() {
		return this.headers.get("Accept-Language");
	}

	/**
	 * Returns whether a page of another site sends this request, by its own name or by
	 * one that resolves to the loopback address.
	 */
	boolean isFromOtherSite() {
		String host = this.headers.get("Host");
		String origin = this.headers.get("Origin");
		boolean ownHost = host != null && HOSTS.contains(host.replaceFirst(":[0-9]+$", ""));
		return !ownHost || (origin != null && !host.equals(authority(origin)));
	}

	private static @Nullable String authority(String origin) {
		try {
			return URI.create(origin).getRawAuthority();
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

}
