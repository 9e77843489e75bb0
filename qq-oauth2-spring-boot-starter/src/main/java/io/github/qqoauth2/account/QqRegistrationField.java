package io.github.qqoauth2.account;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A field of the registration form. Its label is the application's message
 * {@code qq.oauth2.register.NAME}. The message for an error {@code CODE} is
 * {@code qq.oauth2.register.NAME.CODE}, or the starter's
 * {@code qq.oauth2.register.error.CODE} if that is missing. {@link #check} returns the
 * codes {@code required}, {@code too-short}, {@code too-long}, {@code invalid} and
 * {@code characters}.
 * <p>
 * A field named {@code username} refuses names that look like others, with the code
 * {@code characters}: invisible and full-width characters, characters that change the
 * direction of the text, letters of several scripts (Han, kana, Bopomofo and Hangul may
 * be mixed with Latin), symbols, and {@code @} unless the type is {@code email}. If the
 * field has a pattern, the pattern decides about scripts, symbols and {@code @}, and the
 * code is {@code invalid}.
 *
 * @param name the name in the form: a letter, then at most 63 letters, digits, {@code -}
 * and {@code _}
 * @param type the type of the HTML input: {@code text}, {@code tel}, {@code email},
 * {@code password} or {@code checkbox}, whose value is {@code true}
 * @param required whether a value is required
 * @param minLength the minimum length of a value, in Unicode code points
 * @param maxLength the maximum length of a value, in Unicode code points
 * @param pattern the pattern that the whole value must match, or {@code null} for none.
 * Values other than passwords are trimmed; no value may contain control characters
 */
public record QqRegistrationField(String name, String type, boolean required, int minLength, int maxLength,
		@Nullable Pattern pattern) {

	private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

	private static final Pattern TYPE = Pattern.compile("text|tel|email|password|checkbox");

	private static final String USERNAME_NAME = "username";

	/** {@code username}: text of 1 to 64 characters that looks like no other name. */
	public static final QqRegistrationField USERNAME = new QqRegistrationField(USERNAME_NAME, "text", true, 1, 64,
			null);

	/** {@code password}: 8 to 64 characters, neither trimmed nor truncated. */
	public static final QqRegistrationField PASSWORD = new QqRegistrationField("password", "password", true, 8, 64,
			null);

	/**
	 * Creates a field.
	 * @throws IllegalArgumentException if the name, the type or a length is invalid
	 */
	public QqRegistrationField {
		Assert.isTrue(NAME.matcher(name).matches(), "The name must be a letter, then letters, digits, - and _");
		Assert.isTrue(TYPE.matcher(type).matches(), "The type must be text, tel, email, password or checkbox");
		Assert.isTrue(0 <= minLength && minLength <= maxLength,
				"The minimum length must be from 0 to the maximum length");
	}

	/**
	 * Creates a required field of at most 255 characters.
	 * @param name the name in the form
	 * @param type the type of the HTML input
	 * @return the field
	 */
	public static QqRegistrationField of(String name, String type) {
		return new QqRegistrationField(name, type, true, 0, 255, null);
	}

	/**
	 * Returns this field as an optional one.
	 * @return the field
	 */
	public QqRegistrationField optional() {
		return new QqRegistrationField(this.name, this.type, false, this.minLength, this.maxLength, this.pattern);
	}

	/**
	 * Returns this field with other lengths.
	 * @param min the minimum length of a value, in Unicode code points
	 * @param max the maximum length of a value, in Unicode code points
	 * @return the field
	 */
	public QqRegistrationField length(int min, int max) {
		return new QqRegistrationField(this.name, this.type, this.required, min, max, this.pattern);
	}

	/**
	 * Returns this field with a pattern that the whole value must match.
	 * @param regex the regular expression
	 * @return the field
	 */
	public QqRegistrationField matching(String regex) {
		return new QqRegistrationField(this.name, this.type, this.required, this.minLength, this.maxLength,
				Pattern.compile(regex));
	}

	/**
	 * Checks a value.
	 * @param value the value that the visitor entered
	 * @return the error code, or {@code null} if the value is valid
	 */
	public @Nullable String check(@Nullable String value) {
		if (value == null || value.isEmpty()) {
			return this.required ? "required" : null;
		}
		int length = value.codePointCount(0, value.length());
		if (length < this.minLength || length > this.maxLength) {
			return (length < this.minLength) ? "too-short" : "too-long";
		}
		if (this.name.equals(USERNAME_NAME) && isConfusable(value)) {
			return (this.pattern != null) ? "invalid" : "characters";
		}
		boolean invalid = value.chars().anyMatch((character) -> Character.isISOControl(character))
				|| (this.type.equals("checkbox") && !value.equals("true"))
				|| (this.pattern != null && !this.pattern.matcher(value).matches());
		return invalid ? "invalid" : null;
	}

	private boolean isConfusable(String value) {
		String text = this.type.equals("email") ? value.replace("@", "") : value;
		return !UsernameCharacters.areVisible(text)
				|| (this.pattern == null && !UsernameCharacters.areOfOneScript(text));
	}

}
