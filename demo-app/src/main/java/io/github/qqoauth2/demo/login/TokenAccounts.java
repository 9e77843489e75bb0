package io.github.qqoauth2.demo.login;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AccountStatusUserDetailsChecker;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsChecker;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.stereotype.Component;

/**
 * The account that a token is of, as it is now: a token outlives what became of the
 * account since.
 */
@Component
final class TokenAccounts implements Converter<Jwt, JwtAuthenticationToken> {

	private final UserDetailsChecker status = new AccountStatusUserDetailsChecker();

	private final UserDetailsService accounts;

	TokenAccounts(UserDetailsService accounts) {
		this.accounts = accounts;
	}

	@Override
	public JwtAuthenticationToken convert(Jwt token) {
		UserDetails account = load(String.valueOf(token.getSubject()));
		this.status.check(account);
		return new JwtAuthenticationToken(token, account.getAuthorities(), account.getUsername());
	}

	/**
	 * One may sign in by other names too, but a token holds the account's own.
	 */
	private UserDetails load(String username) {
		try {
			UserDetails account = this.accounts.loadUserByUsername(username);
			if (account.getUsername().equals(username)) {
				return account;
			}
		}
		catch (UsernameNotFoundException ex) {
			throw new BadCredentialsException("The account of this token is gone", ex);
		}
		throw new BadCredentialsException("The account of this token is gone");
	}

}
