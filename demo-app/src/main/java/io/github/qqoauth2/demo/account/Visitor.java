package io.github.qqoauth2.demo.account;

import org.jspecify.annotations.Nullable;

/**
 * The signed-in user as displayed by the pages.
 *
 * @param username the account's username
 * @param name the nickname chosen in the shop
 * @param nickname the nickname of the bound QQ identity
 * @param avatarUrl the avatar of the bound QQ identity
 * @param bound whether a QQ identity is bound
 */
record Visitor(String username, @Nullable String name, @Nullable String nickname, @Nullable String avatarUrl,
		boolean bound) {

	/**
	 * Returns the name to display.
	 */
	public String displayName() {
		if (this.name != null) {
			return this.name;
		}
		return (this.nickname != null && !this.nickname.isBlank()) ? this.nickname : this.username;
	}

	/**
	 * Returns the first character of the name, displayed in place of an avatar.
	 */
	public String initial() {
		String name = displayName().strip();
		return name.substring(0, name.offsetByCodePoints(0, 1));
	}

}
