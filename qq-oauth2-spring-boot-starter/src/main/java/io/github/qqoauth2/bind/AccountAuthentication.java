package io.github.qqoauth2.bind;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.user.OAuth2User;

/**
 * Creates the {@code Authentication} of a user who logs in by QQ.
 */
final class AccountAuthentication {

	private final AuthenticationEventPublisher events;

	AccountAuthentication(AuthenticationEventPublisher events) {
		this.events = events;
	}

	/**
	 * Returns an instance that publishes events as the application's logins do.
	 */
	static AccountAuthentication in(ApplicationContext context) {
		return new AccountAuthentication(context.getBeanProvider(AuthenticationEventPublisher.class)
			.getIfAvailable(() -> new DefaultAuthenticationEventPublisher(context)));
	}

	AuthenticationEventPublisher events() {
		return this.events;
	}

	/**
	 * Creates the {@code Authentication}, as after a login by password: the application's
	 * own user object with its authorities, and the factor of this login. Some
	 * applications return {@code null} for no authorities. Publishes the success.
	 * @param account the account
	 * @param factors the authorities that Spring Security adds to a login by QQ
	 * @param details the details of the request
	 */
	Authentication create(UserDetails account, Collection<? extends GrantedAuthority> factors,
			@Nullable Object details) {
		Collection<? extends GrantedAuthority> granted = account.getAuthorities();
		Set<GrantedAuthority> authorities = new LinkedHashSet<>((granted != null) ? granted : Set.of());
		authorities.addAll(factors);
		AbstractAuthenticationToken authentication = (account instanceof OAuth2User user)
				? new OAuth2AuthenticationToken(user, authorities, LoginPaths.REGISTRATION_ID)
				: UsernamePasswordAuthenticationToken.authenticated(account, null, authorities);
		authentication.setDetails(details);
		authentication.eraseCredentials();
		this.events.publishAuthenticationSuccess(authentication);
		return authentication;
	}

}
