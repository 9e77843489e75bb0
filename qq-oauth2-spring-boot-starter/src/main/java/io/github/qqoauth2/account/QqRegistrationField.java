package io.github.qqoauth2.account;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A field of the form "I am new". Its label is the application's message
 * {@code qq.oauth2.register.NAME}; the sentence for an error {@code CODE} is
 * {@code qq.oauth2.register.NAME.CODE}, else the starter's
 * {@code qq.oauth2.register.error.CODE}. The codes of the checks made here are
 * {@code required}, {@code too-short}, {@code too-long} and {@code invalid}.
 *
 * @param name the name in the form, of letters, digits, {@code -} and {@code _}
 * @param type the type of the HTML input: {@code text}, {@code tel}, {@code email},
 * {@code password} or {@code checkbox}, whose value is {@code true}
 * @param required whether it must be filled in
 * @param minLength the shortest value, in characters
 * @param maxLength the longest value, in characters
 * @param pattern what the value must match as a whole; {@code null} for anything. Values
 * but passwords are stripped of blanks around them, and never hold control characters
 */
public record QqRegistrationField(String name, String type, boolean required, int minLength, int maxLength,
		@Nullable Pattern pattern) {

	private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

	private static final Pattern TYPE = Pattern.compile("text|tel|email|password|checkbox");

	/** {@code username}: text of 1 to 64 characters. */
	public static final QqRegistrationField USERNAME = new QqRegistrationField("username", "text", true, 1, 64, null);

	/** {@code password}: 8 to 64 characters, neither stripped nor cut. */
	public static final QqRegistrationField PASSWORD = new QqRegistrationField("password", "password", true, 8, 64,
			null);

	/**
	 * Creates a field.
	 * @throws IllegalArgumentException when name or type is none
	 */
	public QqRegistrationField {
		Assert.isTrue(NAME.matcher(name).matches(), "A field's name is a letter, then letters, digits, - and _");
		Assert.isTrue(TYPE.matcher(type).matches(), "A field's type is text, tel, email, password or checkbox");
		Assert.isTrue(0 <= minLength && minLength <= maxLength, "A field's shortest length is below its longest");
	}

	/**
	 * A field that must be filled in, with at most 255 characters.
	 * @param name the name in the form
	 * @param type the type of the HTML input
	 * @return the field
	 */
	public static QqRegistrationField of(String name, String type) {
		return new QqRegistrationField(name, type, true, 0, 255, null);
	}

	/**
	 * The same field, which may be left empty.
	 * @return the field
	 */
	public QqRegistrationField optional() {
		return new QqRegistrationField(this.name, this.type, false, this.minLength, this.maxLength, this.pattern);
	}

	/**
	 * The same field with other lengths.
	 * @param min the shortest value, in characters
	 * @param max the longest value, in characters
	 * @return the field
	 */
	public QqRegistrationField length(int min, int max) {
		return new QqRegistrationField(this.name, this.type, this.required, min, max, this.pattern);
	}

	/**
	 * The same field, whose value must match a pattern as a whole.
	 * @param regex the regular expression
	 * @return the field
	 */
	public QqRegistrationField matching(String regex) {
		return new QqRegistrationField(this.name, this.type, this.required, this.minLength, this.maxLength,
				Pattern.compile(regex));
	}

	/**
	 * Checks a value.
	 * @param value what was typed
	 * @return the code of what is wrong with it, or {@code null}
	 */
	public @Nullable String check(@Nullable String value) {
		if (value == null || value.isEmpty()) {
			return this.required ? "required" : null;
		}
		int length = value.codePointCount(0, value.length());
		if (length < this.minLength || length > this.maxLength) {
			return (length < this.minLength) ? "too-short" : "too-long";
		}
		boolean invalid = value.chars().anyMatch((character) -> Character.isISOControl(character))
				|| (this.type.equals("checkbox") && !value.equals("true"))
				|| (this.pattern != null && !this.pattern.matcher(value).matches());
		return invalid ? "invalid" : null;
	}

}
