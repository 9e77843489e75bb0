package io.github.qqoauth2.ruoyilike;

import com.fasterxml.jackson.annotation.JsonIgnore;

/**
 * A row of the application's user table.
 *
 * @param userId the primary key
 * @param userName the name for the login
 * @param nickName the name on pages
 * @param password the encoded password, which is not stored in Redis
 * @param status {@code 1} if the user is disabled
 * @param delFlag {@code 2} if the user is deleted
 */
record SysUser(long userId, String userName, String nickName, @JsonIgnore String password, String status,
		String delFlag) {

	boolean disabled() {
		return this.status.equals("1");
	}

	boolean deleted() {
		return this.delFlag.equals("2");
	}

}
