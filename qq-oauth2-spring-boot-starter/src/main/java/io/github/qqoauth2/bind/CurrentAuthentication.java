package io.github.qqoauth2.bind;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationTrustResolver;
import org.springframework.security.authentication.AuthenticationTrustResolverImpl;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Who is signed in on this thread, if anybody.
 */
final class CurrentAuthentication {

	private final AuthenticationTrustResolver trust = new AuthenticationTrustResolverImpl();

	private final SecurityContextHolderStrategy contexts;

	private final boolean stateless;

	CurrentAuthentication(SecurityContextHolderStrategy contexts, boolean stateless) {
		this.contexts = contexts;
		this.stateless = stateless;
	}

	SecurityContext context() {
		return this.contexts.getContext();
	}

	void restore(SecurityContext context) {
		this.contexts.setContext(context);
	}

	/**
	 * Replaces a context that cannot be loaded.
	 */
	void clear() {
		this.contexts.setContext(this.contexts.createEmptyContext());
	}

	@Nullable Authentication get() {
		Authentication authentication = context().getAuthentication();
		return this.trust.isAuthenticated(authentication) ? authentication : null;
	}

	/**
	 * Returns the user who is signed in at a callback. Without sessions that is the
	 * account that began to link, which the ticket names: a filter behind the login reads
	 * its token. This {@code Authentication} never enters the security context.
	 */
	@Nullable Authentication at(LoginCallback callback) {
		if (!this.stateless) {
			return get();
		}
		String account = (callback.stored() != null) ? QqAuthorizationRequest.account(callback.stored()) : null;
		return (account != null) ? UsernamePasswordAuthenticationToken.authenticated(account, null, List.of()) : get();
	}

	/**
	 * Whether the session holds this account's login. A token proves who asks, and not
	 * when that was proved.
	 */
	boolean isInSession(HttpServletRequest request, Authentication account) {
		HttpSession session = request.getSession(false);
		Object context = (session != null)
				? session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) : null;
		return context instanceof SecurityContext kept && kept.getAuthentication() != null
				&& kept.getAuthentication().getName().equals(account.getName());
	}

	boolean isRemembered(Authentication authentication) {
		return this.trust.isRememberMe(authentication);
	}

}
