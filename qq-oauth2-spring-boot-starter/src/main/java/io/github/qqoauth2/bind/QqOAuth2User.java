package io.github.qqoauth2.bind;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.user.OAuth2User;

import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * A QQ identity that has just been authenticated, before the account is known to which it
 * is bound. Never becomes the principal of a session.
 */
final class QqOAuth2User implements OAuth2User {

	private final QqIdentity identity;

	private final Supplier<@Nullable QqProfile> profile;

	private boolean requested;

	private @Nullable QqProfile loaded;

	QqOAuth2User(QqIdentity identity, Supplier<@Nullable QqProfile> profile) {
		this.identity = identity;
		this.profile = profile;
	}

	QqIdentity identity() {
		return this.identity;
	}

	/**
	 * Loads the profile from QQ, once.
	 * @return the profile, or {@code null} if QQ returned none
	 */
	@Nullable QqProfile loadProfile() {
		if (!this.requested) {
			this.requested = true;
			this.loaded = this.profile.get();
		}
		return this.loaded;
	}

	@Override
	public Map<String, Object> getAttributes() {
		return Map.of();
	}

	@Override
	public Collection<? extends GrantedAuthority> getAuthorities() {
		return List.of();
	}

	/**
	 * Returns the registration id: the openid is personal data.
	 */
	@Override
	public String getName() {
		return LoginPaths.REGISTRATION_ID;
	}

}
