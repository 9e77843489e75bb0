package io.github.qqoauth2.demo.account;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.relational.core.mapping.Table;

/**
 * An account of the shop. Its key is the username, which never changes: a number or an
 * address may, and then belongs to somebody else.
 *
 * @param id the row's number, {@code null} before it is saved
 * @param username the account's key; made up for accounts that began with a QQ
 * @param password the password as the encoder made it
 * @param passwordChosen whether its owner chose that password; else nobody knows it
 * @param nickname what the shop calls its owner
 * @param mobile the mobile number, which was proved by a code
 * @param email the e-mail address
 * @param locked whether it may not sign in
 * @param createdAt since when it exists
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
