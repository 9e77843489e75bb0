package io.github.qqoauth2.bind;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.account.QqRegistrationField;

/**
 * One field of the form "I am new", with its label, what was typed into it and what is
 * wrong with that.
 */
final class RegistrationInput {

	private RegistrationInput() {
	}

	static Html of(QqRegistrationField field, LoginMessages.In words, PendingBinding pending) {
		PendingBinding.RefusedRegistration refused = pending.registration();
		String value = (refused != null) ? refused.values().get(field.name()) : proposal(field, pending);
		String error = (refused != null) ? refused.errors().get(field.name()) : null;
		Html input = field.type().equals("checkbox") ? checkbox(field, words, value, error)
				: text(field, words, value, error);
		return input.addIf(error != null, "<p class=\"field-error\" id=\"{}\">{}</p>\n", errorId(field),
				(error != null) ? error(words, field, error) : "");
	}

	/**
	 * QQ's nickname, where the form asks for one.
	 */
	static @Nullable String proposal(QqRegistrationField field, PendingBinding pending) {
		String nickname = pending.nickname();
		boolean wanted = field.name().equals("nickname") && field.check(nickname) == null;
		return wanted ? nickname : null;
	}

	private static Html text(QqRegistrationField field, LoginMessages.In words, @Nullable String value,
			@Nullable String error) {
		return new Html()
			.add("<label for=\"{}\">{}</label>\n<input type=\"{}\" id=\"{}\" name=\"{}\" maxlength=\"{}\"", id(field),
					label(words, field), field.type(), id(field), field.name(), field.maxLength())
			.add(" autocomplete=\"{}\"", autocomplete(field))
			.addIf(value != null && !RegistrationForm.isPassword(field), " value=\"{}\"", (value != null) ? value : "")
			.add("{}>\n", attributes(field, error));
	}

	private static Html checkbox(QqRegistrationField field, LoginMessages.In words, @Nullable String value,
			@Nullable String error) {
		return new Html()
			.add("<label class=\"check\"><input type=\"checkbox\" id=\"{}\" name=\"{}\" value=\"true\"", id(field),
					field.name())
			.addIf("true".equals(value), " checked")
			.add("{}> {}</label>\n", attributes(field, error), label(words, field));
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

	static String label(LoginMessages.In words, QqRegistrationField field) {
		String label = words.textOrNull("register." + field.name());
		return (label != null) ? label : field.name();
	}

	/**
	 * The application's sentence for this field, else for this code, else that the value
	 * will not do.
	 */
	static String error(LoginMessages.In words, QqRegistrationField field, String code) {
		Object[] lengths = { Integer.toString(field.minLength()), Integer.toString(field.maxLength()) };
		String own = words.textOrNull("register." + field.name() + "." + code, lengths);
		String general = (own != null) ? own : words.textOrNull("register.error." + code, lengths);
		return (general != null) ? general : words.text("register.error.invalid");
	}

	private static String id(QqRegistrationField field) {
		return "register-" + field.name();
	}

	private static String errorId(QqRegistrationField field) {
		return id(field) + "-error";
	}

}
