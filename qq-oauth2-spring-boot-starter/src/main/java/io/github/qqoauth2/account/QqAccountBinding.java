package io.github.qqoauth2.account;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One QQ identity bound to one account of the application.
 *
 * @param appId the application's id at QQ Connect, under which the openid was given
 * @param openid QQ's identifier of the user within this app id; compared exactly, case
 * included
 * @param account the account's key, which is
 * {@link org.springframework.security.core.userdetails.UserDetails#getUsername()} of the
 * loaded account and never what somebody typed
 * @param unionid QQ's identifier across the applications of one developer; a note beside
 * the binding and never its key; {@code null} unless asked for
 * @param nickname the QQ nickname as last seen, at most 255 characters
 * @param avatarUrl the https address of the QQ avatar as last seen, at most 1024
 * characters
 * @param gender QQ's word for the gender as last seen, at most 16 characters
 * @param profileAt when nickname, avatar and gender were last fetched; {@code null} when
 * never
 * @param registered whether this QQ login made the account
 * @param createdAt when the binding was made
 * @param lastLoginAt when this QQ last logged in, to within a day
 * @see <a href="https://wiki.connect.qq.com/openid%e8%8e%b7%e5%8f%96">QQ Connect:
 * openid</a>
 */
public record QqAccountBinding(String appId, String openid, String account, @Nullable String unionid,
		@Nullable String nickname, @Nullable String avatarUrl, @Nullable String gender, @Nullable Instant profileAt,
		boolean registered, Instant createdAt, Instant lastLoginAt) {

	/**
	 * Names the account only: openid, unionid and the profile are personal data.
	 */
	@Override
	public String toString() {
		return "QqAccountBinding[account=" + this.account + "]";
	}

}
