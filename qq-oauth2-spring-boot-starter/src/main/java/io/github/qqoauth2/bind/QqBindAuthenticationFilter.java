package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * The bind page's form: a login by username and password, through the chain's own
 * authentication manager, session strategy, remember-me and success handler, that binds
 * the waiting QQ on its way.
 */
final class QqBindAuthenticationFilter extends AbstractAuthenticationProcessingFilter {

	private final RedirectStrategy redirects = new DefaultRedirectStrategy();

	private final LoginChain chain;

	private final PendingBindingRepository pendings;

	private final BindingDecision decision;

	private final LoginErrorRepository errors;

	private final QqErrorPage errorPage;

	private final String bindPage;

	private @Nullable AccountPageAccess accountPage;

	QqBindAuthenticationFilter(LoginChain chain, PendingBindingRepository pendings, BindingDecision decision,
			LoginErrorRepository errors, QqErrorPage errorPage, String bindPage) {
		super((request) -> request.getMethod().equals("POST") && QqLogin.isAt(request, QqLogin.BIND_PAGE));
		this.chain = chain;
		this.pendings = pendings;
		this.decision = decision;
		this.errors = errors;
		this.errorPage = errorPage;
		this.bindPage = bindPage;
		setAuthenticationFailureHandler(this::failed);
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
		this.accountPage = new AccountPageAccess(context.getBeanProvider(FilterChainProxy.class));
	}

	@Override
	public @Nullable Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response)
			throws IOException {
		PendingBinding pending = this.pendings.load(request);
		if (pending == null) {
			this.errorPage.write(request, response, LoginError.BINDING_EXPIRED);
			return null;
		}
		if (!isOfForm(pending, request)) {
			this.errorPage.write(request, response, LoginError.BINDING_CHANGED);
			return null;
		}
		if (!this.pendings.tries().begin(pending)) {
			end(request, response, pending);
			return null;
		}
		Authentication account = authenticate(request);
		LoginError obstacle = this.decision.obstacle(pending, account.getName());
		if (obstacle == null && mayConfirm(request, account)) {
			obstacle = this.decision.bind(pending, account.getName());
			bound(request, response, pending, obstacle);
		}
		else if (obstacle == null) {
			this.pendings.save(request, pending.withError(null));
			this.chain.savePath(request, response, QqLogin.ACCOUNT_PAGE);
		}
		if (obstacle != null) {
			this.errorPage.write(request, response, obstacle);
			return null;
		}
		return account;
	}

	private static boolean isOfForm(PendingBinding pending, HttpServletRequest request) {
		return pending.id().equals(request.getParameter(QqLogin.BINDING_PARAMETER));
	}

	private Authentication authenticate(HttpServletRequest request) {
		String username = request.getParameter("username");
		String password = request.getParameter("password");
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken
			.unauthenticated((username != null) ? username.trim() : "", (password != null) ? password : "");
		token.setDetails(this.authenticationDetailsSource.buildDetails(request));
		return getAuthenticationManager().authenticate(token);
	}

	/**
	 * The form counts as having said so, unless the application would not let this
	 * account in where it could say so; a second factor is due then, and the identity
	 * goes on waiting for it.
	 */
	private boolean mayConfirm(HttpServletRequest request, Authentication account) {
		return this.accountPage != null && this.accountPage.isGranted(request, account);
	}

	private void bound(HttpServletRequest request, HttpServletResponse response, PendingBinding pending,
			@Nullable LoginError obstacle) {
		if (obstacle != null) {
			return;
		}
		this.pendings.remove(request);
		String saved = this.chain.savedPath(request, response);
		if (pending.target() != null && (saved == null || saved.equals(QqLogin.ACCOUNT_PAGE))) {
			this.chain.savePath(request, response, pending.target());
		}
		else if (QqLogin.ACCOUNT_PAGE.equals(saved)) {
			this.chain.forgetSavedRequest(request, response);
		}
	}

	private void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		PendingBinding pending = this.pendings.load(request);
		if (pending == null || !isOfForm(pending, request)) {
			this.errorPage.write(request, response, LoginError.BINDING_EXPIRED);
			return;
		}
		PendingBinding failed = afterFailure(pending, failure);
		if (failed.failures() >= PendingBinding.FAILURES_ALLOWED) {
			end(request, response, pending);
			return;
		}
		this.pendings.save(request, failed);
		this.redirects.sendRedirect(request, response, this.bindPage);
	}

	private PendingBinding afterFailure(PendingBinding pending, AuthenticationException failure) {
		if (failure instanceof AccountStatusException) {
			this.pendings.tries().giveBack(pending);
			return pending.withError(LoginError.ACCOUNT_STATUS);
		}
		if (failure instanceof InternalAuthenticationServiceException) {
			this.pendings.tries().giveBack(pending);
			return pending.withError(LoginError.INTERNAL);
		}
		return pending.withFailure();
	}

	private void end(HttpServletRequest request, HttpServletResponse response, PendingBinding pending)
			throws IOException {
		this.pendings.remove(request);
		this.errors.save(request, LoginError.TOO_MANY_ATTEMPTS, null, pending.target());
		this.redirects.sendRedirect(request, response, QqLogin.ERROR_PAGE);
	}

}
