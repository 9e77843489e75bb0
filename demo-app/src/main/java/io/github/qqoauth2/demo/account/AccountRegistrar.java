package io.github.qqoauth2.demo.account;

import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.account.QqRegistrationField;
import io.github.qqoauth2.demo.sms.SmsCodes;
import io.github.qqoauth2.demo.sms.SmsPurpose;

/**
 * Creates accounts for QQ identities without one. The starter calls it in a transaction
 * that covers the account, the binding and the use of the SMS code.
 */
@Component
final class AccountRegistrar implements QqAccountRegistrar {

	static final QqRegistrationField NICKNAME = QqRegistrationField.of("nickname", "text").length(1, 20);

	static final QqRegistrationField MOBILE = QqRegistrationField.of("mobile", "tel").matching("1[3-9][0-9]{9}");

	static final QqRegistrationField CODE = QqRegistrationField.of("code", "text").matching("[0-9]{6}");

	static final QqRegistrationField CONSENT = QqRegistrationField.consent("consent", "/terms", "/privacy");

	private static final List<QqRegistrationField> FORM = List.of(NICKNAME, MOBILE, CODE, QqRegistrationField.PASSWORD);

	private static final String TAKEN = "taken";

	private final AccountRepository accounts;

	private final SmsCodes codes;

	private final PasswordEncoder passwords;

	private final Clock clock;

	private final List<QqRegistrationField> fields;

	AccountRegistrar(AccountRepository accounts, SmsCodes codes, PasswordEncoder passwords, Clock clock,
			@Value("${onepage.one-click:false}") boolean oneClick,
			@Value("${qq.oauth2.auto-register:false}") boolean autoRegister) {
		this.accounts = accounts;
		this.codes = codes;
		this.passwords = passwords;
		this.clock = clock;
		this.fields = fields(oneClick, autoRegister);
	}

	/**
	 * One click requires the consent alone. Automatic registration asks nothing, and the
	 * starter would show the bind page if a consent were declared.
	 */
	private static List<QqRegistrationField> fields(boolean oneClick, boolean autoRegister) {
		if (oneClick) {
			return List.of(CONSENT);
		}
		return autoRegister ? FORM : Stream.concat(FORM.stream(), Stream.of(CONSENT)).toList();
	}

	@Override
	public List<QqRegistrationField> fields() {
		return this.fields;
	}

	@Override
	public UserDetails register(QqRegistration registration) {
		Map<String, String> values = registration.values();
		if (!registration.automatic()) {
			check(String.valueOf(values.get("nickname")), String.valueOf(values.get("mobile")),
					String.valueOf(values.get("code")));
		}
		Account account = new Account(null, registration.username(), this.passwords.encode(registration.password()),
				!registration.automatic(), values.get("nickname"), values.get("mobile"), null, false,
				OffsetDateTime.now(this.clock));
		return AccountUserDetailsService.userDetails(save(account));
	}

	/**
	 * Checks the code before the number, so that only the owner of a number learns that
	 * it has an account.
	 */
	private void check(String nickname, String mobile, String code) {
		if (this.accounts.existsByNickname(nickname)) {
			throw new QqRegistrationException(NICKNAME.name(), TAKEN);
		}
		SmsCodes.Result result = this.codes.use(SmsPurpose.REGISTER, mobile, code);
		if (result != SmsCodes.Result.CORRECT) {
			throw new QqRegistrationException(CODE.name(), result.name().toLowerCase(Locale.ROOT));
		}
		if (this.accounts.existsByMobile(mobile)) {
			throw new QqRegistrationException(MOBILE.name(), TAKEN);
		}
	}

	/**
	 * Concurrent registrations pass the checks above; the unique keys reject all but one.
	 */
	private Account save(Account account) {
		try {
			return this.accounts.save(account);
		}
		catch (DuplicateKeyException ex) {
			boolean nickname = String.valueOf(ex.getMostSpecificCause().getMessage())
				.toLowerCase(Locale.ROOT)
				.contains("account_nickname_key");
			throw new QqRegistrationException((nickname ? NICKNAME : MOBILE).name(), TAKEN);
		}
	}

}
