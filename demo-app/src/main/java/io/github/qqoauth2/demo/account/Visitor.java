package io.github.qqoauth2.demo.account;

import org.jspecify.annotations.Nullable;

/**
 * A signed-in visitor as the pages show them.
 *
 * @param username the account's name
 * @param name the nickname that they chose in the shop
 * @param nickname the nickname of the bound QQ
 * @param avatarUrl the picture of the bound QQ
 * @param bound whether a QQ is bound
 */
record Visitor(String username, @Nullable String name, @Nullable String nickname, @Nullable String avatarUrl,
		boolean bound) {

	/**
	 * What the pages call them.
	 */
	public String displayName() {
		if (this.name != null) {
			return this.name;
		}
		return (this.nickname != null && !this.nickname.isBlank()) ? this.nickname : this.username;
	}

	/**
	 * What stands for them where there is no picture.
	 */
	public String initial() {
		String name = displayName().strip();
		return name.substring(0, name.offsetByCodePoints(0, 1));
	}

}
