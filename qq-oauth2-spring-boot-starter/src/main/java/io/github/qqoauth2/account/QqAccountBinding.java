package io.github.qqoauth2.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

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

	private static final Duration LAST_LOGIN_PRECISION = Duration.ofDays(1);

	/**
	 * A new binding.
	 */
	static QqAccountBinding of(QqIdentity identity, @Nullable QqProfile profile, String account, boolean registered,
			Instant now) {
		return new QqAccountBinding(identity.appId(), identity.openid(), account, identity.unionid(),
				(profile != null) ? profile.nickname() : null, (profile != null) ? profile.avatarUrl() : null,
				(profile != null) ? profile.gender() : null, (profile != null) ? now : null, registered, now, now);
	}

	QqAccountBinding withAccount(String account, boolean registered, Instant createdAt) {
		return new QqAccountBinding(this.appId, this.openid, account, this.unionid, this.nickname, this.avatarUrl,
				this.gender, this.profileAt, registered, createdAt, this.lastLoginAt);
	}

	/**
	 * The binding after a login. A unionid that is not asked for any more stays.
	 */
	QqAccountBinding withLogin(QqIdentity identity, @Nullable QqProfile profile, Instant now) {
		String unionid = either(identity.unionid(), this.unionid);
		boolean noted = profile != null || !Objects.equals(unionid, this.unionid)
				|| !now.isBefore(this.lastLoginAt.plus(LAST_LOGIN_PRECISION));
		Instant lastLoginAt = noted ? now : this.lastLoginAt;
		if (profile == null) {
			return new QqAccountBinding(this.appId, this.openid, this.account, unionid, this.nickname, this.avatarUrl,
					this.gender, this.profileAt, this.registered, this.createdAt, lastLoginAt);
		}
		return new QqAccountBinding(this.appId, this.openid, this.account, unionid,
				either(profile.nickname(), this.nickname), either(profile.avatarUrl(), this.avatarUrl),
				either(profile.gender(), this.gender), now, this.registered, this.createdAt, lastLoginAt);
	}

	private static @Nullable String either(@Nullable String fresh, @Nullable String kept) {
		return (fresh != null) ? fresh : kept;
	}

	/**
	 * Names the account only: openid, unionid and the profile are personal data.
	 */
	@Override
	public String toString() {
		return "QqAccountBinding[account=" + this.account + "]";
	}

}
