package io.github.qqoauth2.account;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/**
 * Loads the account of a binding. The default uses the application's only or primary
 * {@link UserDetailsService}. Declare a bean of this type to load the accounts from
 * elsewhere.
 */
@FunctionalInterface
public interface QqAccountLoader {

	/**
	 * Loads an account by its key.
	 * @param account the key: the account's {@link UserDetails#getUsername()} as stored
	 * in the binding
	 * @return the account regardless of its status, which the caller checks, or
	 * {@code null} if it no longer exists; the QQ identity then counts as unbound
	 */
	@Nullable UserDetails loadAccount(String account);

	/**
	 * Creates a loader that uses a {@link UserDetailsService}.
	 * @param users the service
	 * @return a loader that returns {@code null} on {@link UsernameNotFoundException}
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
