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

	/**
	 * Takes an account for signed in while a callback is answered that it began. Without
	 * sessions its token is read by a filter that comes later.
	 */
	void begin(String account) {
		SecurityContext context = this.contexts.createEmptyContext();
		context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(account, null, List.of()));
		this.contexts.setContext(context);
	}

	void end() {
		this.contexts.clearContext();
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
