package io.github.qqoauth2.test;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.bind.QqLogin;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * A user who has logged in with QQ.
 *
 * @param username the account's key
 * @param nickname the nickname at QQ; blank for none
 * @param avatarUrl the address of the avatar; blank for none
 * @param authorities the authorities; none for the account's own
 */
record LoggedInUser(String username, String nickname, String avatarUrl, List<String> authorities) {

	private static final String APP_ID = "spring.security.oauth2.client.registration.qq.client-id";

	private static final boolean HAS_FACTORS = ClassUtils
		.isPresent("org.springframework.security.core.authority.FactorGrantedAuthority", null);

	/**
	 * Returns the authentication as a QQ login creates it.
	 * @throws IllegalStateException if the application's loader does not find the account
	 */
	Authentication authenticate(ApplicationContext context) {
		QqAccountLoader loader = context.getBeanProvider(QqAccountLoader.class).getIfAvailable();
		if (loader == null) {
			return authentication(
					new User(this.username, "", granted(AuthorityUtils.createAuthorityList("ROLE_USER"))));
		}
		UserDetails account = loader.loadAccount(this.username);
		if (account == null || !account.getUsername().equals(this.username)) {
			throw new IllegalStateException("The QqAccountLoader finds no account '" + this.username
					+ "'. Create it before the test, or name one that exists.");
		}
		QqAccountBindings bindings = context.getBeanProvider(QqAccountBindings.class).getIfAvailable();
		if (bindings != null && bindings.find(this.username) == null) {
			bindings.bind(identity(context.getEnvironment().getProperty(APP_ID, "101000001")), profile(),
					this.username);
		}
		return authentication(account);
	}

	private Authentication authentication(UserDetails account) {
		Set<GrantedAuthority> authorities = new LinkedHashSet<>(granted(account.getAuthorities()));
		if (HAS_FACTORS) {
			authorities.add(Factors.authorizationCode());
		}
		return (account instanceof OAuth2User user)
				? new OAuth2AuthenticationToken(user, authorities, QqLogin.REGISTRATION_ID)
				: UsernamePasswordAuthenticationToken.authenticated(account, null, authorities);
	}

	private Collection<? extends GrantedAuthority> granted(@Nullable Collection<? extends GrantedAuthority> own) {
		if (!this.authorities.isEmpty()) {
			return AuthorityUtils.createAuthorityList(this.authorities);
		}
		return (own != null) ? own : List.of();
	}

	private QqIdentity identity(String appId) {
		String name = UUID.nameUUIDFromBytes(this.username.getBytes(StandardCharsets.UTF_8)).toString();
		return new QqIdentity(appId, name.replace("-", "").toUpperCase(java.util.Locale.ROOT), null);
	}

	private QqProfile profile() {
		Map<String, String> fields = new LinkedHashMap<>();
		if (StringUtils.hasText(this.nickname)) {
			fields.put("nickname", this.nickname);
		}
		if (StringUtils.hasText(this.avatarUrl)) {
			fields.put("figureurl_qq_2", this.avatarUrl);
		}
		return QqProfile.of(fields);
	}

	/**
	 * Spring Security 7 only.
	 */
	private static final class Factors {

		static GrantedAuthority authorizationCode() {
			return FactorGrantedAuthority.fromAuthority(FactorGrantedAuthority.AUTHORIZATION_CODE_AUTHORITY);
		}

	}

}
