package io.github.qqoauth2.bind;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.keygen.BytesKeyGenerator;
import org.springframework.security.crypto.keygen.KeyGenerators;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.account.QqRegistrationField;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * Makes accounts for QQs that have none, by the application's registrar: from the fields
 * that it declares and no others, or without asking.
 */
final class RegistrationForm {

	private static final String MADE_UP = "qq_";

	private static final String USERNAME = QqRegistrationField.USERNAME.name();

	private static final String PASSWORD = QqRegistrationField.PASSWORD.name();

	private final BytesKeyGenerator names = KeyGenerators.secureRandom(10);

	private final BytesKeyGenerator passwords = KeyGenerators.secureRandom(32);

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
	 * What was typed into the fields that are declared.
	 */
	Map<String, String> read(HttpServletRequest request) {
		Map<String, String> typed = new LinkedHashMap<>();
		for (QqRegistrationField field : fields()) {
			String value = request.getParameter(field.name());
			if (value != null) {
				typed.put(field.name(), isPassword(field) ? value : value.strip());
			}
		}
		return typed;
	}

	/**
	 * What may be shown again: no password, and nothing that is too long to keep.
	 */
	Map<String, String> withoutPasswords(Map<String, String> typed) {
		Map<String, String> kept = new LinkedHashMap<>();
		for (QqRegistrationField field : fields()) {
			String value = typed.get(field.name());
			if (value != null && !isPassword(field) && value.length() <= field.maxLength()) {
				kept.put(field.name(), value);
			}
		}
		return kept;
	}

	/**
	 * Makes the account that was asked for, and its binding.
	 * @return the account and the password that it has
	 * @throws QqRegistrationException when a field will not do
	 * @throws QqBoundMeanwhileException when the QQ has an account by now
	 */
	Registered register(PendingBinding pending, Map<String, String> typed) {
		Map<String, String> errors = check(typed);
		if (!errors.isEmpty()) {
			throw new QqRegistrationException(errors);
		}
		QqRegistration registration = registration(typed, pending.profile());
		UserDetails account = create(pending.identity(), registration);
		if (account == null) {
			throw new QqBoundMeanwhileException();
		}
		return new Registered(account, registration.password());
	}

	/**
	 * Makes an account without asking anybody.
	 * @return the account, or {@code null} where the QQ was bound meanwhile
	 * @throws QqRegistrationException when the registrar will not make one
	 */
	@Nullable UserDetails registerAutomatically(QqIdentity identity, @Nullable QqProfile profile) {
		this.accounts.removeOrphan(identity);
		return this.bindings.register(identity,
				new QqRegistration(madeUpName(), randomPassword(), Map.of(), profile, true), this.registrar);
	}

	private Map<String, String> check(Map<String, String> typed) {
		Map<String, String> errors = new LinkedHashMap<>();
		for (QqRegistrationField field : fields()) {
			String error = field.check(typed.get(field.name()));
			if (error == null && field.name().equals(USERNAME) && isTaken(typed.get(USERNAME))) {
				error = "taken";
			}
			if (error != null) {
				errors.put(field.name(), error);
			}
		}
		return errors;
	}

	private boolean isTaken(@Nullable String username) {
		return username != null && (username.startsWith(MADE_UP) || this.accounts.exists(username));
	}

	private QqRegistration registration(Map<String, String> typed, @Nullable QqProfile profile) {
		Map<String, String> values = new LinkedHashMap<>(typed);
		values.values().removeIf(String::isEmpty);
		String username = values.remove(USERNAME);
		String password = values.remove(PASSWORD);
		return new QqRegistration((username != null) ? username : madeUpName(),
				(password != null) ? password : randomPassword(), values, profile, false);
	}

	/**
	 * Two refusals that any application may get have a field of ours: a name that
	 * somebody took this moment, and a password of more bytes than BCrypt takes.
	 */
	private @Nullable UserDetails create(QqIdentity identity, QqRegistration registration) {
		try {
			this.accounts.removeOrphan(identity);
			return this.bindings.register(identity, registration, this.registrar);
		}
		catch (DuplicateKeyException ex) {
			throw refusal(USERNAME, "taken", ex);
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

	private String madeUpName() {
		return MADE_UP + HexFormat.of().formatHex(this.names.generateKey());
	}

	private String randomPassword() {
		return HexFormat.of().formatHex(this.passwords.generateKey());
	}

	static boolean isPassword(QqRegistrationField field) {
		return Objects.equals(field.type(), "password");
	}

	/**
	 * A new account.
	 *
	 * @param account the account
	 * @param password its password, as typed or made up
	 */
	record Registered(UserDetails account, String password) {

		@Override
		public String toString() {
			return "Registered[account=" + this.account.getUsername() + "]";
		}

	}

	/**
	 * The QQ has an account by now.
	 */
	static final class QqBoundMeanwhileException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
