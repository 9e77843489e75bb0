package io.github.qqoauth2.bind;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Who is signed in on this thread, if anybody.
 */
final class SignedIn {

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final SecurityContextHolderStrategy contexts;

	SignedIn(SecurityContextHolderStrategy contexts) {
		this.contexts = contexts;
	}

	@Nullable Authentication get() {
		Authentication authentication = this.contexts.getContext().getAuthentication();
		return this.trust.isAuthenticated(authentication) ? authentication : null;
	}

	boolean isRemembered(Authentication authentication) {
		return this.trust.isRememberMe(authentication);
	}

}
