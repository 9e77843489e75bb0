package io.github.qqoauth2.bind;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
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
 * Creates accounts for QQ identities that have none, by the application's registrar: from
 * the fields that it declares and no others, or automatically.
 */
final class RegistrationForm {

	private static final String GENERATED_PREFIX = "qq_";

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
	 * Returns the values that may be shown again: no password, and no value that is
	 * longer than its field allows.
	 */
	Map<String, String> withoutPasswords(Map<String, String> values) {
		Map<String, String> kept = new LinkedHashMap<>();
		for (QqRegistrationField field : fields()) {
			String value = values.get(field.name());
			if (value != null && !isPassword(field) && value.length() <= field.maxLength()) {
				kept.put(field.name(), value);
			}
		}
		return kept;
	}

	/**
	 * Creates the account and its binding.
	 * @return the account and its password
	 * @throws QqRegistrationException if a field is invalid
	 * @throws AlreadyBoundException if the QQ identity has been bound meanwhile
	 */
	Registered register(PendingBinding pending, Map<String, String> values) {
		Map<String, String> errors = check(values);
		if (!errors.isEmpty()) {
			throw new QqRegistrationException(errors);
		}
		QqRegistration registration = registration(values, pending.profile());
		UserDetails account = create(pending.identity(), registration);
		if (account == null) {
			throw new AlreadyBoundException();
		}
		return new Registered(account, registration.password());
	}

	/**
	 * Creates an account without asking the visitor.
	 * @return the account as loaded in the transaction that created it; {@code null} if
	 * the loader does not find it there, or the QQ identity has been bound meanwhile
	 * @throws QqRegistrationException if the registrar refuses to create one
	 */
	@Nullable UserDetails registerAutomatically(QqIdentity identity, @Nullable QqProfile profile) {
		this.accounts.removeOrphan(identity);
		AtomicReference<@Nullable UserDetails> loaded = new AtomicReference<>();
		UserDetails registered = this.bindings.register(identity,
				new QqRegistration(generateName(), generatePassword(), Map.of(), profile, true), (registration) -> {
					UserDetails account = this.registrar.register(registration);
					loaded.set(this.accounts.load(account.getUsername()));
					return account;
				});
		return (registered != null) ? loaded.get() : null;
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
		return username != null && (isReserved(username) || this.accounts.isTaken(username));
	}

	/**
	 * Returns whether a name begins with the prefix of generated names, in any case. The
	 * field refuses the prefix in other widths.
	 */
	private static boolean isReserved(String username) {
		return username.regionMatches(true, 0, GENERATED_PREFIX, 0, GENERATED_PREFIX.length());
	}

	private QqRegistration registration(Map<String, String> values, @Nullable QqProfile profile) {
		Map<String, String> others = new LinkedHashMap<>(values);
		others.values().removeIf(String::isEmpty);
		String username = others.remove(USERNAME);
		String password = others.remove(PASSWORD);
		return new QqRegistration((username != null) ? username : generateName(),
				(password != null) ? password : generatePassword(), others, profile, false);
	}

	/**
	 * Creates the account. Two exceptions that may occur in any application are reported
	 * at their fields, if these are declared: a username that another visitor has just
	 * taken, which some drivers do not report as a {@code DuplicateKeyException}, and a
	 * password of more than 72 bytes, which BCrypt does not accept.
	 */
	private @Nullable UserDetails create(QqIdentity identity, QqRegistration registration) {
		try {
			this.accounts.removeOrphan(identity);
			return this.bindings.register(identity, registration, this.registrar);
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

	private String generateName() {
		return GENERATED_PREFIX + HexFormat.of().formatHex(this.names.generateKey());
	}

	private String generatePassword() {
		return HexFormat.of().formatHex(this.passwords.generateKey());
	}

	static boolean isPassword(QqRegistrationField field) {
		return Objects.equals(field.type(), "password");
	}

	/**
	 * A new account.
	 *
	 * @param account the account
	 * @param password its password, as submitted or generated
	 */
	record Registered(UserDetails account, String password) {

		@Override
		public String toString() {
			return "Registered[account=" + this.account.getUsername() + "]";
		}

	}

	/**
	 * Thrown if the QQ identity has been bound meanwhile.
	 */
	static final class AlreadyBoundException extends RuntimeException {

		private static final long serialVersionUID = 1L;

	}

}
