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
 * Loads the current account of a token and checks its status, because the account may
 * have been locked or removed since the token was issued.
 */
@Component
final class TokenAccountConverter implements Converter<Jwt, JwtAuthenticationToken> {

	private final UserDetailsChecker status = new AccountStatusUserDetailsChecker();

	private final UserDetailsService accounts;

	TokenAccountConverter(UserDetailsService accounts) {
		this.accounts = accounts;
	}

	@Override
	public JwtAuthenticationToken convert(Jwt token) {
		UserDetails account = load(String.valueOf(token.getSubject()));
		this.status.check(account);
		return new JwtAuthenticationToken(token, account.getAuthorities(), account.getUsername());
	}

	/**
	 * The user details service also accepts a mobile number or e-mail address; the
	 * subject of a token must be the username.
	 */
	private UserDetails load(String username) {
		try {
			UserDetails account = this.accounts.loadUserByUsername(username);
			if (account.getUsername().equals(username)) {
				return account;
			}
		}
		catch (UsernameNotFoundException ex) {
			throw new BadCredentialsException("The account of this token no longer exists", ex);
		}
		throw new BadCredentialsException("The account of this token no longer exists");
	}

}
