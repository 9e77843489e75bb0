package io.github.qqoauth2.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.bind.QqLogin;

/**
 * The address that QQ redirects visitors to.
 *
 * @param configured the redirect URI of the registration {@code qq}: an address, or a
 * template with the variables of Spring Security
 */
record CallbackAddress(String configured) {

	private static final Pattern ADDRESS = Pattern
		.compile("(?i)https?://(\\[[^]]*]|[^/?#:]+)(:[^/?#]*)?(/[^?#]*)?(\\?[^#]*)?(#.*)?");

	private static final Pattern IP_ADDRESS = Pattern.compile("\\[.*|[0-9.]+|0x[0-9a-f.x]+");

	/**
	 * Returns whether the address depends on how the visitor addresses the application.
	 */
	boolean isRelative() {
		return this.configured.contains("{baseUrl}") || this.configured.contains("{baseScheme}")
				|| this.configured.contains("{baseHost}") || this.configured.contains("{basePort}");
	}

	/**
	 * Returns the address for a visitor who addresses the application like this.
	 * @param port the port, or {@code null} if it is not known
	 */
	String at(String scheme, String host, @Nullable Integer port, String contextPath) {
		boolean isDefault = port == null || port == (scheme.equals("https") ? 443 : 80);
		String basePort = isDefault ? "" : ":" + port;
		return this.configured.replace("{baseUrl}", scheme + "://" + host + basePort + contextPath)
			.replace("{baseScheme}", scheme)
			.replace("{baseHost}", host)
			.replace("{basePort}", basePort)
			.replace("{basePath}", contextPath)
			.replace("{registrationId}", QqLogin.REGISTRATION_ID);
	}

	private String atPublicHost() {
		return at("https", "www.example.com", null, "");
	}

	/**
	 * Returns the path, or {@code null} if this is no address.
	 */
	@Nullable String path() {
		Matcher address = ADDRESS.matcher(atPublicHost());
		if (!address.matches()) {
			return null;
		}
		String path = address.group(3);
		return (path != null) ? path : "/";
	}

	/**
	 * Returns why QQ Connect cannot have this address as a registered callback, as
	 * predicates of a sentence.
	 */
	List<String> faults() {
		String expanded = atPublicHost();
		List<String> faults = new ArrayList<>();
		if (expanded.codePoints().anyMatch(CallbackAddress::isBlank)) {
			faults.add("contains a blank or an invisible character");
		}
		Matcher address = ADDRESS.matcher(expanded.strip());
		if (!address.matches()) {
			faults.add("is not a complete http or https address");
			return faults;
		}
		String host = address.group(1).toLowerCase(Locale.ROOT);
		if (host.equals("localhost") || host.endsWith(".localhost")) {
			faults.add("has the host localhost");
		}
		if (IP_ADDRESS.matcher(host).matches()) {
			faults.add("has an IP address as its host");
		}
		if (address.group(2) != null) {
			faults.add("has a port");
		}
		if (address.group(5) != null) {
			faults.add("has a fragment");
		}
		return faults;
	}

	private static boolean isBlank(int character) {
		return Character.isWhitespace(character) || Character.isSpaceChar(character)
				|| Character.isISOControl(character) || Character.getType(character) == Character.FORMAT;
	}

}
