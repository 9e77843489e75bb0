package io.github.qqoauth2.demo.account;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The accounts of a new shop.
 *
 * @param accounts Accounts to create at the first start and to log at every start.
 */
@ConfigurationProperties("onepage")
record DemoAccountsProperties(@DefaultValue List<DemoAccount> accounts) {

	/**
	 * A demo account.
	 *
	 * @param username Username.
	 * @param password Password in clear text; it is not a secret, since it is logged.
	 * @param nickname Display name in the shop.
	 * @param mobile Mobile number.
	 * @param email E-mail address.
	 * @param locked Whether sign-in is disabled.
	 */
	record DemoAccount(String username, String password, @Nullable String nickname, @Nullable String mobile,
			@Nullable String email, @DefaultValue("false") boolean locked) {

		@Override
		public String toString() {
			return this.username + " / " + this.password + (this.locked ? " (locked)" : "");
		}

	}

}
