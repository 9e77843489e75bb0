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
 * Resets a password in one transaction.
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
	 * Resets the password and ends all sessions. The QQ identity is unlinked unless
	 * {@code keepQq} is set, because an attacker may have bound it.
	 * @return {@code false} if the token is invalid
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
