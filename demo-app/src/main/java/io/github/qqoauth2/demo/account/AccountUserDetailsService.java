package io.github.qqoauth2.demo.account;

import java.util.Locale;
import java.util.Optional;

import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Component;

/**
 * Loads an account by username, mobile number or e-mail address. The name of the loaded
 * user is always the username.
 */
@Component
final class AccountUserDetailsService implements UserDetailsService {

	private final AccountRepository accounts;

	AccountUserDetailsService(AccountRepository accounts) {
		this.accounts = accounts;
	}

	@Override
	public UserDetails loadUserByUsername(String login) {
		return userDetails(find(login).orElseThrow(() -> new UsernameNotFoundException("No such account")));
	}

	private Optional<Account> find(String login) {
		return this.accounts.findByUsername(login)
			.or(() -> this.accounts.findByMobile(login))
			.or(() -> this.accounts.findByEmail(login.toLowerCase(Locale.ROOT)));
	}

	static UserDetails userDetails(Account account) {
		return User.withUsername(account.username())
			.password(account.password())
			.accountLocked(account.locked())
			.roles("READER")
			.build();
	}

}
