package io.github.qqoauth2.account;

import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A field of the registration form. Its label is the application's message
 * {@code qq.oauth2.register.NAME}. The message for an error {@code CODE} is
 * {@code qq.oauth2.register.NAME.CODE}, or the starter's
 * {@code qq.oauth2.register.error.CODE} if that is missing. {@link #check} returns the
 * codes {@code required}, {@code too-short}, {@code too-long}, {@code invalid},
 * {@code characters} and {@code consent}.
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
 * {@code password} or {@code checkbox}, whose value is {@code true}; or {@code consent}
 * @param required whether a value is required
 * @param minLength the minimum length of a value, in Unicode code points
 * @param maxLength the maximum length of a value, in Unicode code points
 * @param pattern the pattern that the whole value must match, or {@code null} for none.
 * Values other than passwords are trimmed; no value may contain control characters
 * @param links the addresses of the documents that a {@code consent} is about; empty for
 * other types
 */
public record QqRegistrationField(String name, String type, boolean required, int minLength, int maxLength,
		@Nullable Pattern pattern, List<String> links) {

	private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

	private static final Pattern TYPE = Pattern.compile("text|tel|email|password|checkbox|consent");

	private static final Pattern LINK = Pattern.compile("/(?!/).*|https?://.+");

	private static final String USERNAME_NAME = "username";

	private static final String CONSENT = "consent";

	/** {@code username}: text of 1 to 64 characters that looks like no other name. */
	public static final QqRegistrationField USERNAME = new QqRegistrationField(USERNAME_NAME, "text", true, 1, 64, null,
			List.of());

	/** {@code password}: 8 to 64 characters, neither trimmed nor truncated. */
	public static final QqRegistrationField PASSWORD = new QqRegistrationField("password", "password", true, 8, 64,
			null, List.of());

	/**
	 * Creates a field.
	 * @throws IllegalArgumentException if the name, the type, a length or a link is
	 * invalid, or a consent is optional
	 */
	public QqRegistrationField {
		links = List.copyOf(links);
		Assert.isTrue(NAME.matcher(name).matches(), "The name must be a letter, then letters, digits, - and _");
		Assert.isTrue(TYPE.matcher(type).matches(), "The type must be text, tel, email, password, checkbox or consent");
		Assert.isTrue(0 <= minLength && minLength <= maxLength,
				"The minimum length must be from 0 to the maximum length");
		Assert.isTrue(type.equals(CONSENT) != links.isEmpty(), "A consent, and no other field, must have a link");
		Assert.isTrue(!type.equals(CONSENT) || required, "A consent must be required");
		Assert.isTrue(links.stream().allMatch((link) -> LINK.matcher(link).matches()),
				"A link must be a path of the application or an http address");
	}

	/**
	 * Creates a required field of at most 255 characters.
	 * @param name the name in the form
	 * @param type the type of the HTML input
	 * @return the field
	 */
	public static QqRegistrationField of(String name, String type) {
		return new QqRegistrationField(name, type, true, 0, 255, null, List.of());
	}

	/**
	 * Creates a checkbox without which no account is created, with links to what the
	 * visitor agrees to, such as the terms of use and the privacy policy. They open in a
	 * new tab. The label is the application's message {@code qq.oauth2.register.NAME}, in
	 * which {@code {0}} is replaced by the first link and {@code {1}} by the second. The
	 * texts of the links are the messages {@code qq.oauth2.register.NAME.link1} and
	 * {@code qq.oauth2.register.NAME.link2}. The registrar does not receive the value: it
	 * is only called with the visitor's consent, and never by
	 * {@code qq.oauth2.auto-register}.
	 * @param name the name in the form
	 * @param links the addresses: paths of this application, without its context path, or
	 * addresses with {@code https} or {@code http}
	 * @return the field
	 */
	public static QqRegistrationField consent(String name, String... links) {
		return new QqRegistrationField(name, CONSENT, true, 0, 255, null, List.of(links));
	}

	/**
	 * Returns this field as an optional one.
	 * @return the field
	 * @throws IllegalArgumentException if this field is a consent
	 */
	public QqRegistrationField optional() {
		return new QqRegistrationField(this.name, this.type, false, this.minLength, this.maxLength, this.pattern,
				this.links);
	}

	/**
	 * Returns this field with other lengths.
	 * @param min the minimum length of a value, in Unicode code points
	 * @param max the maximum length of a value, in Unicode code points
	 * @return the field
	 */
	public QqRegistrationField length(int min, int max) {
		return new QqRegistrationField(this.name, this.type, this.required, min, max, this.pattern, this.links);
	}

	/**
	 * Returns this field with a pattern that the whole value must match.
	 * @param regex the regular expression
	 * @return the field
	 */
	public QqRegistrationField matching(String regex) {
		return new QqRegistrationField(this.name, this.type, this.required, this.minLength, this.maxLength,
				Pattern.compile(regex), this.links);
	}

	/**
	 * Checks a value.
	 * @param value the value that the visitor entered
	 * @return the error code, or {@code null} if the value is valid
	 */
	public @Nullable String check(@Nullable String value) {
		if (this.type.equals(CONSENT)) {
			return "true".equals(value) ? null : CONSENT;
		}
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
