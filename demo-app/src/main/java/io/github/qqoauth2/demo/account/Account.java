package io.github.qqoauth2.demo.account;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;

/**
 * An account of the shop.
 *
 * @param id the row's number, {@code null} before it is saved
 * @param username what its owner signs in as
 * @param password the password as the encoder made it
 * @param locked whether it may not sign in
 * @param createdAt since when it exists
 */
record Account(@Id @Nullable Long id, String username, String password, boolean locked, OffsetDateTime createdAt) {

	@Override
	public String toString() {
		return "Account[username=" + this.username + "]";
	}

}
