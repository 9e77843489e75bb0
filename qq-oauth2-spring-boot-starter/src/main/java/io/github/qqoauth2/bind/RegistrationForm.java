package io.github.qqoauth2.bind;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.core.userdetails.UserDetails;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.account.QqRegistrationField;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * Creates accounts for QQ identities that have none, by the application's registrar: from
 * the fields that it declares and no others, or automatically.
 */
final class RegistrationForm {

	private static final String USERNAME = QqRegistrationField.USERNAME.name();

	private static final String PASSWORD = QqRegistrationField.PASSWORD.name();

	private final GeneratedCredentials generated = new GeneratedCredentials();

	private final QqAccountRegistrar registrar;

	private final QqAccountBindings bindings;

	private final BoundAccounts accounts;

	RegistrationForm(QqAccountRegistrar registrar, QqAccountBindings bindings, BoundAccounts accounts) {
		this.registrar = registrar;
		this.bindings = bindings;
		this.accounts = accounts;
	}

	List<QqRegistrationField> fields() {
		return this.registrar.fields();
	}

	/**
	 * Returns whether the visitor registers by one click, because the form has no fields
	 * except consents.
	 */
	boolean isOneClick() {
		return fields().stream().allMatch(RegistrationForm::isConsent);
	}

	/**
	 * Returns whether an account requires the visitor's consent, so that it cannot be
	 * created automatically.
	 */
	boolean requiresConsent() {
		return fields().stream().anyMatch(RegistrationForm::isConsent);
	}

	/**
	 * Returns the errors that belong to none of the declared fields.
	 */
	Map<String, String> undeclared(Map<String, String> errors) {
		Map<String, String> others = new LinkedHashMap<>(errors);
		fields().forEach((field) -> others.remove(field.name()));
		return others;
	}

	/**
	 * Returns the submitted values of the declared fields.
	 */
	Map<String, String> read(HttpServletRequest request) {
		Map<String, String> values = new LinkedHashMap<>();
		for (QqRegistrationField field : fields()) {
			String value = request.getParameter(field.name());
			if (value != null) {
				values.put(field.name(), isPassword(field) ? value : value.strip());
			}
		}
		return values;
	}

	/**
	 * Returns the values that may be shown again: no password and no consent, which the
	 * visitor gives again, and no value that is longer than its field allows.
	 */
	Map<String, String> withoutPasswords(Map<String, String> values) {
		Map<String, String> kept = new LinkedHashMap<>();
		for (QqRegistrationField field : fields()) {
			String value = values.get(field.name());
			boolean shown = !isPassword(field) && !isConsent(field);
			if (value != null && shown && value.length() <= field.maxLength()) {
				kept.put(field.name(), value);
			}
		}
		return kept;
	}

	/**
	 * Creates the account and its binding.
	 * @return the account
	 * @throws QqRegistrationException if a field is invalid
	 * @throws AlreadyBoundException if the QQ identity has been bound meanwhile
	 */
	Registered register(PendingBinding pending, Map<String, String> values) {
		Map<String, String> errors = check(values);
		if (!errors.isEmpty()) {
			throw new QqRegistrationException(errors);
		}
		Registered registered = create(pending.identity(), registration(values, pending.profile()),
				values.get(PASSWORD));
		if (registered == null) {
			throw new AlreadyBoundException();
		}
		return registered;
	}

	/**
	 * Creates an account without asking the visitor.
	 * @return the account as loaded in the transaction that created it; {@code null} if
	 * the loader does not find it there, or the QQ identity has been bound meanwhile
	 * @throws QqRegistrationException if the registrar refuses to create one
	 */
	@Nullable UserDetails registerAutomatically(QqIdentity identity, @Nullable QqProfile profile) {
		Registered registered = bind(identity,
				new QqRegistration(this.generated.username(), this.generated.password(), Map.of(), profile, true),
				null);
		return (registered != null) ? registered.loaded() : null;
	}

	/**
	 * Creates the account and its binding in one transaction. If no password was chosen,
	 * the account is loaded in it, since the visitor is then signed in by QQ.
	 */
	private @Nullable Registered bind(QqIdentity identity, QqRegistration registration, @Nullable String chosen) {
		this.accounts.removeOrphan(identity);
		AtomicReference<@Nullable UserDetails> loaded = new AtomicReference<>();
		UserDetails created = this.bindings.register(identity, registration, (data) -> {
			UserDetails account = this.registrar.register(data);
			loaded.set((chosen != null) ? null : this.accounts.load(account.getUsername()));
			return account;
		});
		return (created != null) ? new Registered(created.getUsername(), chosen, loaded.get()) : null;
	}

	private Map<String, String> check(Map<String, String> values) {
		Map<String, String> errors = new LinkedHashMap<>();
		for (QqRegistrationField field : fields()) {
			String error = field.check(values.get(field.name()));
			if (error == null && field.name().equals(USERNAME) && isTaken(values.get(USERNAME))) {
				error = "taken";
			}
			if (error != null) {
				errors.put(field.name(), error);
			}
		}
		return errors;
	}

	private boolean isTaken(@Nullable String username) {
		return username != null && (GeneratedCredentials.isReserved(username) || this.accounts.isTaken(username));
	}

	private QqRegistration registration(Map<String, String> values, @Nullable QqProfile profile) {
		Map<String, String> others = new LinkedHashMap<>(values);
		others.values().removeIf(String::isEmpty);
		fields().stream().filter(RegistrationForm::isConsent).map(QqRegistrationField::name).forEach(others::remove);
		String username = others.remove(USERNAME);
		String password = others.remove(PASSWORD);
		return new QqRegistration((username != null) ? username : this.generated.username(),
				(password != null) ? password : this.generated.password(), others, profile, isOneClick());
	}

	/**
	 * Creates the account. Two exceptions that may occur in any application are reported
	 * at their fields, if these are declared: a username that another visitor has just
	 * taken, which some drivers do not report as a {@code DuplicateKeyException}, and a
	 * password of more than 72 bytes, which BCrypt does not accept.
	 */
	private @Nullable Registered create(QqIdentity identity, QqRegistration registration, @Nullable String chosen) {
		try {
			return bind(identity, registration, chosen);
		}
		catch (DataAccessException ex) {
			boolean taken = ex instanceof DuplicateKeyException || this.accounts.isTaken(registration.username());
			throw taken ? refusal(USERNAME, "taken", ex) : ex;
		}
		catch (IllegalArgumentException ex) {
			if (registration.password().getBytes(StandardCharsets.UTF_8).length <= 72) {
				throw ex;
			}
			throw refusal(PASSWORD, "too-long", ex);
		}
	}

	private RuntimeException refusal(String field, String code, RuntimeException cause) {
		boolean declared = fields().stream().anyMatch((candidate) -> candidate.name().equals(field));
		return declared ? new QqRegistrationException(field, code) : cause;
	}

	static boolean isPassword(QqRegistrationField field) {
		return Objects.equals(field.type(), "password");
	}

	static boolean isConsent(QqRegistrationField field) {
		return Objects.equals(field.type(), "consent");
	}

	/**
	 * A new account.
	 *
	 * @param account the account's key
	 * @param password the password that the visitor chose, or {@code null} if there is
	 * none
	 * @param loaded the account as loaded in the transaction that created it;
	 * {@code null} with a password, or if the loader does not find it there
	 */
	record Registered(String account, @Nullable String password, @Nullable UserDetails loaded) {

		@Override
		public String toString() {
			return "Registered[account=" + this.account + "]";
		}

	}

	/**
	 * Thrown if the QQ identity has been bound meanwhile.
	 */
	static final class AlreadyBoundException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
