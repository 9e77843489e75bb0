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
import org.springframework.security.oauth2.core.OAuth2Token;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * The authentication of the current thread, if a user is signed in.
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
	 * Replaces a context that cannot be loaded by an empty one.
	 */
	void clear() {
		this.contexts.setContext(this.contexts.createEmptyContext());
	}

	@Nullable Authentication get() {
		Authentication authentication = context().getAuthentication();
		return this.trust.isAuthenticated(authentication) ? authentication : null;
	}

	/**
	 * Returns the signed-in user at a callback. In a chain without sessions, Spring
	 * Security's filter that reads a user's token runs after the login filter, so the
	 * security context may still be empty here. The account that started linking is
	 * therefore taken from the ticket, as a provisional {@code Authentication} that only
	 * names it: it has no authorities and never enters the security context.
	 */
	@Nullable Authentication at(LoginCallback callback) {
		if (!this.stateless) {
			return get();
		}
		String account = (callback.stored() != null) ? QqAuthorizationRequest.account(callback.stored()) : null;
		return (account != null) ? UsernamePasswordAuthenticationToken.authenticated(account, null, List.of()) : get();
	}

	/**
	 * Returns this account's authentication that the session holds, or {@code null}. A
	 * token tells who the user is, but not when the user authenticated.
	 */
	@Nullable Authentication inSession(HttpServletRequest request, Authentication account) {
		HttpSession session = request.getSession(false);
		Object context = (session != null)
				? session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY) : null;
		Authentication kept = (context instanceof SecurityContext stored) ? stored.getAuthentication() : null;
		return (kept != null && kept.getName().equals(account.getName())) ? kept : null;
	}

	/**
	 * Returns whether a bearer token has authenticated the user. It can be in a session
	 * if the application saves every security context there.
	 */
	boolean isByToken(Authentication authentication) {
		return authentication.getCredentials() instanceof OAuth2Token
				|| authentication.getPrincipal() instanceof OAuth2Token
				|| AuthenticationFactors.of(authentication).containsKey(AuthenticationFactors.BEARER);
	}

	/**
	 * Returns whether the user has not logged in interactively: a remember-me cookie or a
	 * system in front of the application has authenticated the user, or an administrator
	 * has switched to the user.
	 */
	boolean isByOtherMeans(Authentication authentication) {
		return this.trust.isRememberMe(authentication) || authentication instanceof PreAuthenticatedAuthenticationToken
				|| authentication.getAuthorities().stream().anyMatch(SwitchUserGrantedAuthority.class::isInstance);
	}

}
