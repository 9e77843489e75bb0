package io.github.qqoauth2.account;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Loads the account that a binding names. The default asks the application's only or
 * primary {@link UserDetailsService}; declare a bean of this type where that is not the
 * place that accounts of QQ users come from.
 */
@FunctionalInterface
public interface QqAccountLoader {

	/**
	 * Loads an account by its key.
	 * @param account the key: the {@link UserDetails#getUsername()} that the account had
	 * when it was bound
	 * @return the account, whatever its status (it is checked by the caller), or
	 * {@code null} where there is none any more, which makes the QQ unbound
	 */
	@Nullable UserDetails loadAccount(String account);

	/**
	 * The loader over a {@link UserDetailsService}.
	 * @param users the service to ask
	 * @return a loader for which a {@link UsernameNotFoundException} means that there is
	 * no such account
	 */
	static QqAccountLoader from(UserDetailsService users) {
		return (account) -> {
			try {
				return users.loadUserByUsername(account);
			}
			catch (UsernameNotFoundException ex) {
				return null;
			}
		};
	}

}
