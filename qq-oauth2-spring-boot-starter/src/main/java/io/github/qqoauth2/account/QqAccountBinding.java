package io.github.qqoauth2.account;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * A QQ identity bound to an account of the application.
 *
 * @param appId the application's id at QQ Connect, for which the openid was issued
 * @param openid QQ's identifier of the user for this app id; compared exactly, including
 * case
 * @param account the account's key:
 * {@link org.springframework.security.core.userdetails.UserDetails#getUsername()} of the
 * loaded account, never the text that a visitor entered
 * @param unionid QQ's identifier of the user across the applications of one developer;
 * for information, never a key; {@code null} unless requested
 * @param nickname the QQ nickname as last fetched, at most 255 characters
 * @param avatarUrl the https URL of the QQ avatar as last fetched, at most 1024
 * characters. URLs that QQ issued until November 2023 contain the app id and the openid:
 * a page that shows one to others shows them the openid of its owner
 * @param gender the gender as QQ last sent it, at most 16 characters
 * @param profileAt when nickname, avatar and gender were last fetched; {@code null} if
 * never, or only from a profile that QQ marked as incomplete
 * @param registered whether the account was created from this identity alone, by one
 * click or automatically, see {@link QqRegistration#automatic}
 * @param createdAt when the identity was bound to this account
 * @param lastLoginAt when the identity last logged in, to within a day
 * @see <a href="https://wiki.connect.qq.com/openid%e8%8e%b7%e5%8f%96">QQ Connect:
 * openid</a>
 */
public record QqAccountBinding(String appId, String openid, String account, @Nullable String unionid,
		@Nullable String nickname, @Nullable String avatarUrl, @Nullable String gender, @Nullable Instant profileAt,
		boolean registered, Instant createdAt, Instant lastLoginAt) {

	private static final Duration LAST_LOGIN_PRECISION = Duration.ofDays(1);

	static QqAccountBinding of(QqIdentity identity, @Nullable QqProfile profile, String account, boolean registered,
			Instant now) {
		return new QqAccountBinding(identity.appId(), identity.openid(), account, identity.unionid(),
				(profile != null) ? profile.nickname() : null, (profile != null) ? profile.avatarUrl() : null,
				(profile != null) ? profile.gender() : null, (profile != null && !profile.lost()) ? now : null,
				registered, now, now);
	}

	QqAccountBinding withAccount(String account, boolean registered, Instant createdAt) {
		return new QqAccountBinding(this.appId, this.openid, account, this.unionid, this.nickname, this.avatarUrl,
				this.gender, this.profileAt, registered, createdAt, this.lastLoginAt);
	}

	/**
	 * Returns the binding after a login. A stored unionid is kept if the login has none.
	 */
	QqAccountBinding withLogin(QqIdentity identity, @Nullable QqProfile profile, Instant now) {
		String unionid = either(identity.unionid(), this.unionid);
		boolean changed = profile != null || !Objects.equals(unionid, this.unionid)
				|| !now.isBefore(this.lastLoginAt.plus(LAST_LOGIN_PRECISION));
		Instant lastLoginAt = changed ? now : this.lastLoginAt;
		if (profile == null) {
			return new QqAccountBinding(this.appId, this.openid, this.account, unionid, this.nickname, this.avatarUrl,
					this.gender, this.profileAt, this.registered, this.createdAt, lastLoginAt);
		}
		return new QqAccountBinding(this.appId, this.openid, this.account, unionid,
				either(profile.nickname(), this.nickname), either(profile.avatarUrl(), this.avatarUrl),
				either(profile.gender(), this.gender), now, this.registered, this.createdAt, lastLoginAt);
	}

	/**
	 * Returns the binding with what it needs to log in, and without what a column may
	 * refuse. {@code profileAt} is kept, so that not every login tries again.
	 */
	QqAccountBinding withoutProfile() {
		return new QqAccountBinding(this.appId, this.openid, this.account, null, null, null, null, this.profileAt,
				this.registered, this.createdAt, this.lastLoginAt);
	}

	/**
	 * Returns the binding with the stored profile and unionid, in place of new ones that
	 * a column may refuse.
	 */
	QqAccountBinding withProfileOf(QqAccountBinding stored) {
		return new QqAccountBinding(this.appId, this.openid, this.account, stored.unionid, stored.nickname,
				stored.avatarUrl, stored.gender, this.profileAt, this.registered, this.createdAt, this.lastLoginAt);
	}

	private static @Nullable String either(@Nullable String fresh, @Nullable String kept) {
		return (fresh != null) ? fresh : kept;
	}

	/**
	 * Shows the account only: openid, unionid and profile are personal data.
	 */
	@Override
	public String toString() {
		return "QqAccountBinding[account=" + this.account + "]";
	}

}
