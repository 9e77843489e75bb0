package io.github.qqoauth2.bind;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.account.QqRegistrationField;

/**
 * One field of the registration form, with its label, value and error.
 */
final class RegistrationInput {

	private RegistrationInput() {
	}

	static Html of(QqRegistrationField field, LoginMessages.Localized texts, String contextPath,
			PendingBinding pending) {
		PendingBinding.RefusedRegistration refused = pending.registration();
		String value = (refused != null) ? refused.values().get(field.name()) : proposal(field, pending);
		String error = (refused != null) ? refused.errors().get(field.name()) : null;
		Html input = switch (field.type()) {
			case "checkbox" -> checkbox(field, new Html().add("{}", label(texts, field)), value, error);
			case "consent" -> checkbox(field, new ConsentLabel(field, texts, contextPath).html(), null, error);
			default -> text(field, texts, value, error);
		};
		return input.addIf(error != null, "<p class=\"field-error\" id=\"{}\">{}</p>\n", errorId(field),
				(error != null) ? error(texts, field, error) : "");
	}

	/**
	 * Returns QQ's nickname as the proposed value of the field {@code nickname}, or
	 * {@code null} for other fields.
	 */
	static @Nullable String proposal(QqRegistrationField field, PendingBinding pending) {
		String nickname = pending.nickname();
		boolean proposed = field.name().equals("nickname") && field.check(nickname) == null;
		return proposed ? nickname : null;
	}

	private static Html text(QqRegistrationField field, LoginMessages.Localized texts, @Nullable String value,
			@Nullable String error) {
		return new Html()
			.add("<label for=\"{}\">{}</label>\n<input type=\"{}\" id=\"{}\" name=\"{}\" maxlength=\"{}\"", id(field),
					label(texts, field), field.type(), id(field), field.name(), field.maxLength())
			.add(" autocomplete=\"{}\"", autocomplete(field))
			.addIf(value != null && !RegistrationForm.isPassword(field), " value=\"{}\"", (value != null) ? value : "")
			.add("{}>\n", attributes(field, error));
	}

	private static Html checkbox(QqRegistrationField field, Html label, @Nullable String value,
			@Nullable String error) {
		return new Html()
			.add("<label class=\"check\"><input type=\"checkbox\" id=\"{}\" name=\"{}\" value=\"true\"", id(field),
					field.name())
			.addIf("true".equals(value), " checked")
			.add("{}> <span>{}</span></label>\n", attributes(field, error), label);
	}

	private static Html attributes(QqRegistrationField field, @Nullable String error) {
		return new Html().addIf(field.required(), " required")
			.addIf(error != null, " aria-invalid=\"true\" aria-describedby=\"{}\"", errorId(field));
	}

	private static String autocomplete(QqRegistrationField field) {
		return switch (field.type()) {
			case "password" -> "new-password";
			case "tel", "email" -> field.type();
			default -> field.name().equals("username") ? "username" : "off";
		};
	}

	static String label(LoginMessages.Localized texts, QqRegistrationField field) {
		String label = texts.textOrNull("register." + field.name());
		return (label != null) ? label : field.name();
	}

	/**
	 * Returns the application's message for this field and code, else the message for
	 * this code, else the message that the value is invalid.
	 */
	static String error(LoginMessages.Localized texts, QqRegistrationField field, String code) {
		String message = errorOrNull(texts, field.name(), code, Integer.toString(field.minLength()),
				Integer.toString(field.maxLength()));
		return (message != null) ? message : texts.text("register.error.invalid");
	}

	/**
	 * Returns the message for an error of a field that the form does not have, with which
	 * the registrar refuses an account.
	 */
	static String error(LoginMessages.Localized texts, String field, String code) {
		String message = errorOrNull(texts, field, code);
		return (message != null) ? message : texts.text("register.refused");
	}

	private static @Nullable String errorOrNull(LoginMessages.Localized texts, String field, String code,
			Object... lengths) {
		String own = texts.textOrNull("register." + field + "." + code, lengths);
		return (own != null) ? own : texts.textOrNull("register.error." + code, lengths);
	}

	private static String id(QqRegistrationField field) {
		return "register-" + field.name();
	}

	private static String errorId(QqRegistrationField field) {
		return id(field) + "-error";
	}

}
