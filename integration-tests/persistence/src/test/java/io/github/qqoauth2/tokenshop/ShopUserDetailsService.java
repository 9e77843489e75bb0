package io.github.qqoauth2.tokenshop;

import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.stereotype.Service;

/**
 * Loads users from the application's own table.
 */
@Service
class ShopUserDetailsService implements UserDetailsService {

	private final ShopUserMapper users;

	ShopUserDetailsService(ShopUserMapper users) {
		this.users = users;
	}

	@Override
	public UserDetails loadUserByUsername(String username) {
		String password = this.users.findPassword(username);
		if (password == null) {
			throw new UsernameNotFoundException("No such user");
		}
		return User.withUsername(username).password(password).roles("USER").build();
	}

}
