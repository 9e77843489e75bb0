package io.github.qqoauth2.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A parsed reply of QQ: a result or an error.
 */
final class Reply {

	// The token and me steps send error, the profile step ret; older documentation
	// mentions code.
	private static final List<String> ERRORS = List.of("error", "ret", "code");

	private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");

	private final Map<String, Object> fields;

	private Reply(Map<String, Object> fields) {
		this.fields = fields;
	}

	static @Nullable Reply read(byte[] body, String contentType) {
		return of(ReplyText.decode(body, contentType));
	}

	// Also reads a reply with invalid bytes or characters, as nicknames may contain them.
	// Only for replies that prove nothing.
	static @Nullable Reply readLeniently(byte[] body, String contentType) {
		Reply reply = read(body, contentType);
		return (reply != null) ? reply : of(ReplyText.repair(body, contentType));
	}

	private static @Nullable Reply of(@Nullable String text) {
		Map<String, Object> fields = (text != null) ? ReplyFields.parse(text) : null;
		return (fields != null) ? new Reply(present(fields)) : null;
	}

	// Some servers send every field they know: null and the empty text are no value.
	private static Map<String, Object> present(Map<String, Object> fields) {
		Map<String, Object> present = new LinkedHashMap<>();
		fields.forEach((name, value) -> {
			if (value != null && !value.equals("")) {
				present.put(name, value);
			}
		});
		return present;
	}

	// Independent of the HTTP status. Success is zero or no value; a value that is not a
	// number counts as an error.
	boolean isError() {
		return ERRORS.stream().anyMatch((name) -> has(name) && !Objects.equals(number(name), 0L));
	}

	@Nullable Integer errorNumber() {
		return ERRORS.stream()
			.map(this::number)
			.filter((number) -> number != null && number != 0 && number.intValue() == number)
			.map(Long::intValue)
			.findFirst()
			.orElse(null);
	}

	boolean has(String name) {
		return this.fields.containsKey(name);
	}

	// Returns null unless the value is a string.
	@Nullable String text(String name) {
		return (this.fields.get(name) instanceof String text) ? text : null;
	}

	// QQ sends the same field sometimes as a number and sometimes as a string.
	@Nullable Long number(String name) {
		Object value = this.fields.get(name);
		if (value instanceof String text && INTEGER.matcher(text).matches()) {
			return Long.valueOf(text);
		}
		return (value instanceof Long number) ? number : null;
	}

	Map<String, Object> fields() {
		return this.fields;
	}

}
