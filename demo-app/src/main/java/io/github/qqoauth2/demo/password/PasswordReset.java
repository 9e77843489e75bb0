package io.github.qqoauth2.demo.password;

import java.util.Objects;

import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.demo.account.AccountRepository;
import io.github.qqoauth2.demo.account.AccountSessions;

/**
 * Gives an account its new password, all of it or nothing.
 */
@Component
final class PasswordReset {

	private final ResetTokens tokens;

	private final AccountRepository accounts;

	private final AccountSessions sessions;

	private final QqAccountBindings bindings;

	private final PasswordEncoder passwords;

	private final TransactionTemplate transaction;

	PasswordReset(ResetTokens tokens, AccountRepository accounts, AccountSessions sessions, QqAccountBindings bindings,
			PasswordEncoder passwords, PlatformTransactionManager transactions) {
		this.tokens = tokens;
		this.accounts = accounts;
		this.sessions = sessions;
		this.bindings = bindings;
		this.passwords = passwords;
		this.transaction = new TransactionTemplate(transactions);
	}

	/**
	 * Resets the password. The QQ goes unless somebody asked to keep it: a stranger may
	 * have bound it, and would still get in.
	 * @return {@code false} where the token is no good
	 */
	boolean reset(String token, String password, boolean keepQq) {
		String encoded = Objects.requireNonNull(this.passwords.encode(password));
		return Boolean.TRUE.equals(this.transaction.execute((status) -> {
			String account = this.tokens.useUp(token);
			if (account == null) {
				return false;
			}
			this.accounts.choosePassword(account, encoded);
			if (!keepQq) {
				this.bindings.remove(account);
			}
			this.sessions.end(account, null);
			return true;
		}));
	}

}
