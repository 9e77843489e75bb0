package io.github.qqoauth2.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * Which QQ belongs to which account: the service that an application calls when it
 * deletes an account or resets its password.
 */
public final class QqAccountBindings {

	private static final Duration LAST_LOGIN_PRECISION = Duration.ofDays(1);

	private final QqAccountBindingStore store;

	private final String appId;

	private final Clock clock;

	/**
	 * Creates the service.
	 * @param store where bindings are kept
	 * @param appId the application's id at QQ Connect
	 * @param clock the time
	 */
	public QqAccountBindings(QqAccountBindingStore store, String appId, Clock clock) {
		this.store = store;
		this.appId = appId;
		this.clock = clock;
	}

	/**
	 * Finds the QQ of an account.
	 * @param account the account's key, its
	 * {@link org.springframework.security.core.userdetails.UserDetails#getUsername()}
	 * @return the binding, or {@code null} where the account has no QQ
	 */
	public @Nullable QqAccountBinding find(String account) {
		return this.store.findByAccount(this.appId, account);
	}

	/**
	 * Finds the account of a QQ.
	 * @param identity the QQ as just proved
	 * @return the binding, or {@code null} where this QQ is bound to no account
	 */
	public @Nullable QqAccountBinding find(QqIdentity identity) {
		return this.store.findByOpenid(identity.appId(), identity.openid());
	}

	/**
	 * Ends the QQ login of an account. Call it when the account is deleted and when its
	 * password is reset after a loss, since a QQ that a stranger bound would survive the
	 * reset.
	 * @param account the account's key
	 * @return whether the account had a QQ
	 */
	public boolean remove(String account) {
		return this.store.delete(this.appId, account);
	}

	/**
	 * Binds a QQ to an account, once one browser has proved both and its user has said
	 * so.
	 * @param identity the QQ
	 * @param profile what QQ said of its user; {@code null} where it could not be asked
	 * @param account the account's key
	 * @return the binding that holds now: the new one, an equal one that was there
	 * already, or the one that stands in the way because the QQ has another account or
	 * the account another QQ; nothing was changed then
	 * @throws IllegalStateException when the binding was refused by a unique key and the
	 * row in its way was gone at the second look
	 */
	public QqAccountBinding bind(QqIdentity identity, @Nullable QqProfile profile, String account) {
		Instant now = this.clock.instant();
		QqAccountBinding binding = new QqAccountBinding(identity.appId(), identity.openid(), account,
				identity.unionid(), (profile != null) ? profile.nickname() : null,
				(profile != null) ? profile.avatarUrl() : null, (profile != null) ? profile.gender() : null,
				(profile != null) ? now : null, false, now, now);
		if (this.store.insert(binding)) {
			return binding;
		}
		QqAccountBinding other = find(identity);
		other = (other != null) ? other : find(account);
		if (other == null) {
			throw new IllegalStateException("The binding of account '" + account + "' was neither added nor found");
		}
		return other;
	}

	/**
	 * Notes a login by QQ: when it was, to within a day, and the profile where a fresh
	 * one was fetched. A profile that QQ marks as partial overwrites nothing.
	 * @param binding the binding that logged in
	 * @param profile the profile fetched in this login; {@code null} where it was not
	 * asked for or could not be had
	 * @return the binding as it is kept now
	 */
	public QqAccountBinding loggedIn(QqAccountBinding binding, @Nullable QqProfile profile) {
		Instant now = this.clock.instant();
		if (profile != null && !profile.lost()) {
			return update(withProfile(binding, profile, now));
		}
		if (now.isBefore(binding.lastLoginAt().plus(LAST_LOGIN_PRECISION))) {
			return binding;
		}
		return update(withLastLogin(binding, now));
	}

	private QqAccountBinding update(QqAccountBinding binding) {
		this.store.update(binding);
		return binding;
	}

	private static QqAccountBinding withProfile(QqAccountBinding binding, QqProfile profile, Instant now) {
		return new QqAccountBinding(binding.appId(), binding.openid(), binding.account(), binding.unionid(),
				either(profile.nickname(), binding.nickname()), either(profile.avatarUrl(), binding.avatarUrl()),
				either(profile.gender(), binding.gender()), now, binding.registered(), binding.createdAt(), now);
	}

	private static QqAccountBinding withLastLogin(QqAccountBinding binding, Instant now) {
		return new QqAccountBinding(binding.appId(), binding.openid(), binding.account(), binding.unionid(),
				binding.nickname(), binding.avatarUrl(), binding.gender(), binding.profileAt(), binding.registered(),
				binding.createdAt(), now);
	}

	private static @Nullable String either(@Nullable String fresh, @Nullable String kept) {
		return (fresh != null) ? fresh : kept;
	}

}
