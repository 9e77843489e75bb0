package io.github.qqoauth2.client;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A reply of QQ that could be read, an answer or an error.
 */
final class Reply {

	// The token and me steps send error, the profile ret; old documents tell of code.
	private static final List<String> ERRORS = List.of("error", "ret", "code");

	private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,18}");

	private final Map<String, Object> fields;

	private Reply(Map<String, Object> fields) {
		this.fields = fields;
	}

	static @Nullable Reply read(byte[] body, String contentType) {
		String text = ReplyText.decode(body, contentType);
		Map<String, Object> fields = (text != null) ? ReplyFields.parse(text) : null;
		return (fields != null) ? new Reply(fields) : null;
	}

	// Whether QQ refused, whatever the HTTP status. Success is zero or silence; what is
	// not a number is taken for a refusal.
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

	// The value of a field that must be a string, null where it is anything else.
	@Nullable String text(String name) {
		return (this.fields.get(name) instanceof String text) ? text : null;
	}

	// The value of a field that QQ sends as a number here and as a string there.
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
