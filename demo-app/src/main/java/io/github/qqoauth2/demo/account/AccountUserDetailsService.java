package io.github.qqoauth2.demo.account;

import java.util.Locale;
import java.util.Optional;

import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/**
 * Finds an account by whatever its owner may type: the username, the mobile number or the
 * e-mail address. Whichever it was, the account's name is its username.
 */
@Component
final class AccountUserDetailsService implements UserDetailsService {

	private final AccountRepository accounts;

	AccountUserDetailsService(AccountRepository accounts) {
		this.accounts = accounts;
	}

	@Override
	public UserDetails loadUserByUsername(String typed) {
		return userDetails(find(typed).orElseThrow(() -> new UsernameNotFoundException("No such account")));
	}

	private Optional<Account> find(String typed) {
		return this.accounts.findByUsername(typed)
			.or(() -> this.accounts.findByMobile(typed))
			.or(() -> this.accounts.findByEmail(typed.toLowerCase(Locale.ROOT)));
	}

	static UserDetails userDetails(Account account) {
		return User.withUsername(account.username())
			.password(account.password())
			.accountLocked(account.locked())
			.roles("READER")
			.build();
	}

}
