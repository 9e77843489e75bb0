package io.github.qqoauth2.simulator;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * A received request.
 *
 * @param endpoint the endpoint
 * @param method the HTTP method
 * @param rawQuery the unchanged, percent-encoded query without the question mark; empty
 * if there is none
 * @param headers the header fields, with case-insensitive names
 * @param body the body, decoded as UTF-8; at most its first 64 KiB
 */
public record QqRequest(QqEndpoint endpoint, String method, String rawQuery, Map<String, List<String>> headers,
		String body) {

	/**
	 * Copies the header fields.
	 */
	public QqRequest {
		Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
		headers = Collections.unmodifiableMap(copy);
	}

	/**
	 * Returns the first value of a header field.
	 * @param name the name, in any case
	 * @return the value, or {@code null} if the field is absent
	 */
	public @Nullable String header(String name) {
		List<String> values = this.headers.get(name);
		return (values == null || values.isEmpty()) ? null : values.get(0);
	}

	/**
	 * Returns the first decoded value of a parameter, from the query or otherwise from a
	 * form body.
	 * @param name the decoded name
	 * @return the value, or {@code null} if the parameter is absent
	 */
	public @Nullable String parameter(String name) {
		List<String> values = parameters(name);
		return values.isEmpty() ? null : values.get(0);
	}

	/**
	 * Returns all decoded values of a parameter, those of the query before those of a
	 * form body.
	 * @param name the decoded name
	 * @return the values in the order in which they were sent; empty if there are none
	 */
	public List<String> parameters(String name) {
		return parameters().getOrDefault(name, List.of());
	}

	/**
	 * Returns all decoded parameters, those of the query before those of a form body.
	 * @return the names and values in the order in which they were sent
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
	 * Contains the names of the parameters only, because values are codes, tokens and
	 * secrets.
	 */
	@Override
	public String toString() {
		return "QqRequest[" + this.endpoint + " " + this.method + " " + parameters().keySet() + "]";
	}

}
