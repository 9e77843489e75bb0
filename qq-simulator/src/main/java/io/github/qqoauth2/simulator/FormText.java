package io.github.qqoauth2.simulator;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes form-encoded pairs of a query or a body.
 */
final class FormText {

	private FormText() {
	}

	static Map<String, List<String>> parse(String text) {
		Map<String, List<String>> parameters = new LinkedHashMap<>();
		for (String pair : text.split("&", -1)) {
			if (!pair.isEmpty()) {
				int equals = pair.indexOf('=');
				String name = decode((equals < 0) ? pair : pair.substring(0, equals));
				String value = (equals < 0) ? "" : decode(pair.substring(equals + 1));
				parameters.computeIfAbsent(name, (key) -> new ArrayList<>()).add(value);
			}
		}
		parameters.replaceAll((name, values) -> List.copyOf(values));
		return Collections.unmodifiableMap(parameters);
	}

	static String append(String uri, Map<String, String> parameters) {
		StringBuilder result = new StringBuilder(uri);
		char separator = (uri.indexOf('?') < 0) ? '?' : '&';
		for (Map.Entry<String, String> parameter : parameters.entrySet()) {
			result.append(separator).append(encode(parameter.getKey()));
			result.append('=').append(encode(parameter.getValue()));
			separator = '&';
		}
		return result.toString();
	}

	static String encode(String value) {
		return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
	}

	private static String decode(String value) {
		try {
			return URLDecoder.decode(value, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return value;
		}
	}

}
