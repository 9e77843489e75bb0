package io.github.qqoauth2.simulator;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A request as it came in.
 *
 * @param endpoint the endpoint
 * @param method the HTTP method
 * @param rawQuery the query byte for byte, still percent-encoded, without the question
 * mark; empty where there is none
 * @param headers the header fields, whose names are compared without regard to case
 * @param body the body read as UTF-8, at most 64 KiB of it
 */
public record QqRequest(QqEndpoint endpoint, String method, String rawQuery, Map<String, List<String>> headers,
		String body) {

	/**
	 * Copies.
	 */
	public QqRequest {
		Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
		headers = Collections.unmodifiableMap(copy);
	}

	/**
	 * The first value of a header field.
	 * @param name the name, in any case
	 * @return the value, or {@code null} where the field is absent
	 */
	public @Nullable String header(String name) {
		List<String> values = this.headers.get(name);
		return (values == null || values.isEmpty()) ? null : values.get(0);
	}

	/**
	 * The first decoded value of a parameter, of the query or else of a form body.
	 * @param name the decoded name
	 * @return the value, or {@code null} where the parameter is absent
	 */
	public @Nullable String parameter(String name) {
		List<String> values = parameters(name);
		return values.isEmpty() ? null : values.get(0);
	}

	/**
	 * Every decoded value of a parameter, those of the query before those of a form body.
	 * @param name the decoded name
	 * @return the values in the order in which they were sent, empty where there are none
	 */
	public List<String> parameters(String name) {
		return parameters().getOrDefault(name, List.of());
	}

	/**
	 * All decoded parameters, those of the query before those of a form body.
	 * @return names and values in the order in which they were sent
	 */
	public Map<String, List<String>> parameters() {
		return FormText.parse(isForm() ? this.rawQuery + "&" + this.body : this.rawQuery);
	}

	static QqRequest opened(String rawQuery) {
		return new QqRequest(QqEndpoint.AUTHORIZE, "GET", rawQuery, Map.of(), "");
	}

	private boolean isForm() {
		String contentType = header("Content-Type");
		return contentType != null
				&& contentType.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
	}

	boolean wantsJson() {
		return "json".equals(parameter("fmt"));
	}

	/**
	 * Shows the names of the parameters only: values are codes, tokens and secrets.
	 */
	@Override
	public String toString() {
		return "QqRequest[" + this.endpoint + " " + this.method + " " + parameters().keySet() + "]";
	}

}
