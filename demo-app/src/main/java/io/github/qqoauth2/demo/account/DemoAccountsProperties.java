package io.github.qqoauth2.demo.account;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The accounts that a new shop begins with.
 *
 * @param accounts Accounts made at the first start, and printed at every start.
 */
@ConfigurationProperties("onepage")
record DemoAccountsProperties(@DefaultValue List<DemoAccount> accounts) {

	/**
	 * One of them.
	 *
	 * @param username What its owner signs in as.
	 * @param password The password, no secret: everybody can read it in the log.
	 * @param nickname What the shop calls its owner.
	 * @param mobile The mobile number.
	 * @param email The e-mail address.
	 * @param locked Whether it may not sign in.
	 */
	record DemoAccount(String username, String password, @Nullable String nickname, @Nullable String mobile,
			@Nullable String email, @DefaultValue("false") boolean locked) {

		@Override
		public String toString() {
			return this.username + " / " + this.password + (this.locked ? " (locked)" : "");
		}

	}

}
