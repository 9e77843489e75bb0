package io.github.qqoauth2.demo.account;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * An account of the shop. Its key is the username, which never changes. Mobile number and
 * e-mail address may change and later belong to another person.
 *
 * @param id the row id, {@code null} before the account is saved
 * @param username the account's key; generated if the account was created by a QQ login
 * @param password the encoded password
 * @param passwordChosen whether the owner chose the password; otherwise it is random and
 * unknown
 * @param nickname the display name in the shop
 * @param mobile the mobile number, verified by a code
 * @param email the e-mail address
 * @param locked whether sign-in is disabled
 * @param createdAt the time of creation
 */
@Table
public record Account(@Id @Nullable Long id, String username, String password, boolean passwordChosen,
		@Nullable String nickname, @Nullable String mobile, @Nullable String email, boolean locked,
		OffsetDateTime createdAt) {

	@Override
	public String toString() {
		return "Account[username=" + this.username + "]";
	}

}
