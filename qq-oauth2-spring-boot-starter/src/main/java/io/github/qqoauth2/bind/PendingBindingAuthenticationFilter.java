package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * A login that begins with a waiting identity and a form of the bind page. It goes
 * through the chain's own authentication manager, session strategy, remember-me and
 * success handler, as any other login of the chain.
 */
abstract class PendingBindingAuthenticationFilter extends AbstractAuthenticationProcessingFilter {

	private final LoginChain chain;

	private final PendingBindingRepository pendings;

	private final Answers answers;

	PendingBindingAuthenticationFilter(String path, LoginChain chain, PendingBindingRepository pendings,
			Answers answers) {
		super((request) -> request.getMethod().equals("POST") && LoginPaths.isAt(request, path));
		this.chain = chain;
		this.pendings = pendings;
		this.answers = answers;
	}

	/**
	 * Takes from the chain what its other login filters take.
	 */
	void useSharedObjectsOf(HttpSecurity http) {
		SessionAuthenticationStrategy sessions = http.getSharedObject(SessionAuthenticationStrategy.class);
		if (sessions != null) {
			setSessionAuthenticationStrategy(sessions);
		}
		RememberMeServices rememberMe = http.getSharedObject(RememberMeServices.class);
		if (rememberMe != null) {
			setRememberMeServices(rememberMe);
		}
		SecurityContextRepository contexts = http.getSharedObject(SecurityContextRepository.class);
		setSecurityContextRepository((contexts != null) ? contexts : new HttpSessionSecurityContextRepository());
		ApplicationContext context = http.getSharedObject(ApplicationContext.class);
		setSecurityContextHolderStrategy(context.getBeanProvider(SecurityContextHolderStrategy.class)
			.getIfAvailable(SecurityContextHolder::getContextHolderStrategy));
	}

	@Override
	public final @Nullable Authentication attemptAuthentication(HttpServletRequest request,
			HttpServletResponse response) throws IOException, ServletException {
		PendingBinding pending = this.pendings.load(request);
		if (pending == null) {
			this.answers.error(request, response, this.pendings.absence(request));
			return null;
		}
		if (!isOfForm(pending, request)) {
			this.answers.error(request, response, LoginError.BINDING_CHANGED);
			return null;
		}
		return attempt(request, response, pending);
	}

	static boolean isOfForm(PendingBinding pending, HttpServletRequest request) {
		return pending.id().equals(request.getParameter(LoginPaths.BINDING_PARAMETER));
	}

	/**
	 * Logs in.
	 * @return who is in, or {@code null} where the answer was written
	 */
	abstract @Nullable Authentication attempt(HttpServletRequest request, HttpServletResponse response,
			PendingBinding pending) throws IOException, ServletException;

	final Authentication authenticate(HttpServletRequest request, String username, String password) {
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken.unauthenticated(username,
				password);
		token.setDetails(this.authenticationDetailsSource.buildDetails(request));
		return getAuthenticationManager().authenticate(token);
	}

	/**
	 * The binding holds: nothing waits any more, and the login leads to the page first
	 * wanted.
	 */
	final void bound(HttpServletRequest request, HttpServletResponse response, PendingBinding pending) {
		this.pendings.remove(request, response);
		request.setAttribute(QqSuccessHandler.NEXT, pending.target());
		String saved = this.chain.savedPath(request, response);
		if (pending.target() != null && (saved == null || saved.equals(LoginPaths.ACCOUNT_PAGE))) {
			this.chain.savePath(request, response, pending.target());
		}
		else if (LoginPaths.ACCOUNT_PAGE.equals(saved)) {
			this.chain.forgetSavedRequest(request, response);
		}
	}

}
