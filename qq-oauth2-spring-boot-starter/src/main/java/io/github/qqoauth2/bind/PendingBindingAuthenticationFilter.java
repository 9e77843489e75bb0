package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;

/**
 * Processes a form of the bind page as a login, which requires a pending binding. Uses
 * the chain's authentication manager, session strategy, remember-me services and success
 * handler, as every other login of the chain does.
 */
abstract class PendingBindingAuthenticationFilter extends AbstractAuthenticationProcessingFilter {

	/** Set once the binding has been written. */
	private static final String BOUND = PendingBindingAuthenticationFilter.class.getName() + ".bound";

	/**
	 * Set once a failure is handled, so that a handler that fails is not called again.
	 */
	private static final String FAILED = PendingBindingAuthenticationFilter.class.getName() + ".failed";

	private final LoginChain chain;

	private final PendingBindingRepository pendingBindings;

	private final LoginResponses responses;

	private final EndedLogins ended;

	private final CurrentAuthentication currentAuthentication;

	private final LoginRollback rollback;

	PendingBindingAuthenticationFilter(String path, LoginChain chain, PendingBindingRepository pendingBindings,
			EndedLogins ended, LoginResponses responses, CurrentAuthentication currentAuthentication) {
		super((request) -> request.getMethod().equals("POST") && LoginPaths.isAt(request, path));
		this.chain = chain;
		this.pendingBindings = pendingBindings;
		this.ended = ended;
		this.responses = responses;
		this.currentAuthentication = currentAuthentication;
		this.rollback = new LoginRollback(currentAuthentication);
	}

	/**
	 * Handles the exceptions of all beans during the login as one failure: the login is
	 * undone, and the chain's failure handler of QQ logins answers.
	 */
	@Override
	public final void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain filters)
			throws IOException, ServletException {
		HttpServletRequest request = (HttpServletRequest) servletRequest;
		HttpServletResponse response = (HttpServletResponse) servletResponse;
		if (!requiresAuthentication(request, response)) {
			filters.doFilter(request, response);
			return;
		}
		SecurityContext before = this.currentAuthentication.context();
		try {
			super.doFilter(request, response, filters);
		}
		catch (ServletException | RuntimeException ex) {
			if (response.isCommitted() || request.getAttribute(FAILED) != null) {
				throw ex;
			}
			if (!before.equals(this.currentAuthentication.context())) {
				this.rollback.to(before, this, request, response,
						() -> getRememberMeServices().loginFail(request, response));
			}
			failInternally(request, response, ex);
		}
	}

	/**
	 * Fails because of a bean of the application. The response says so if the binding has
	 * been written, since the visitor can then log in by QQ.
	 */
	final void failInternally(HttpServletRequest request, HttpServletResponse response, Exception ex)
			throws IOException, ServletException {
		request.setAttribute(FAILED, true);
		AuthenticationException failure = LoginResult.Refused.by(ex).failure();
		if (request.getAttribute(BOUND) != null) {
			failure = new OAuth2AuthenticationException(new OAuth2Error(LoginError.NOT_SIGNED_IN),
					"The QQ identity was bound, but the login failed in the application", ex);
		}
		getFailureHandler().onAuthenticationFailure(request, response, failure);
	}

	@Override
	public final @Nullable Authentication attemptAuthentication(HttpServletRequest request,
			HttpServletResponse response) throws IOException, ServletException {
		PendingBinding pending = this.pendingBindings.load(request);
		if (pending == null) {
			this.responses.error(request, response, this.pendingBindings.absence(request));
			return null;
		}
		if (!matchesForm(pending, request)) {
			this.responses.error(request, response, LoginError.BINDING_CHANGED);
			return null;
		}
		return attempt(request, response, pending);
	}

	/**
	 * Returns whether a form was created for this pending binding.
	 */
	static boolean matchesForm(PendingBinding pending, HttpServletRequest request) {
		return pending.id().equals(request.getParameter(LoginPaths.BINDING_PARAMETER));
	}

	/**
	 * Attempts the login.
	 * @return the authentication, or {@code null} if the response has been written
	 */
	abstract @Nullable Authentication attempt(HttpServletRequest request, HttpServletResponse response,
			PendingBinding pending) throws IOException, ServletException;

	final Authentication authenticate(HttpServletRequest request, String username, String password) {
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken.unauthenticated(username,
				password);
		token.setDetails(this.authenticationDetailsSource.buildDetails(request));
		try {
			return getAuthenticationManager().authenticate(token);
		}
		catch (AuthenticationServiceException ex) {
			throw PasswordFailure.notChecked(ex);
		}
	}

	/**
	 * Records where this login redirects, so that opening the bind page again leads there
	 * too. The chain's session strategy has accepted the login before.
	 */
	@Override
	protected final void successfulAuthentication(HttpServletRequest request, HttpServletResponse response,
			FilterChain filters, Authentication authentication) throws IOException, ServletException {
		if (!complete(request, response, authentication)) {
			return;
		}
		String binding = String.valueOf(request.getParameter(LoginPaths.BINDING_PARAMETER));
		super.successfulAuthentication(request,
				new RedirectRecorder(response, (location) -> this.ended.addRedirect(request, binding, location)),
				filters, authentication);
	}

	/**
	 * Completes a login before the user is signed in.
	 * @return {@code false} if the response has been written and the user is not signed
	 * in
	 */
	abstract boolean complete(HttpServletRequest request, HttpServletResponse response, Authentication account)
			throws IOException;

	/**
	 * As in the superclass, but with an answer that depends on the form.
	 */
	@Override
	protected final void unsuccessfulAuthentication(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException, ServletException {
		this.currentAuthentication.clear();
		getRememberMeServices().loginFail(request, response);
		failed(request, response, failure);
	}

	/**
	 * Answers a failed login.
	 */
	abstract void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException, ServletException;

	/**
	 * Removes the pending binding after it was bound, and stores its tokens. The login
	 * then leads to the page that was requested first.
	 */
	final void bound(HttpServletRequest request, HttpServletResponse response, PendingBinding pending, String account) {
		request.setAttribute(BOUND, true);
		this.pendingBindings.storeTokens(pending, account);
		this.pendingBindings.remove(request, response);
		request.setAttribute(LoginPaths.NEXT_ATTRIBUTE, pending.target());
		String saved = this.chain.savedPages().path(request, response);
		if (pending.target() != null && (saved == null || saved.equals(LoginPaths.ACCOUNT_PAGE))) {
			this.chain.savedPages().save(request, response, pending.target());
		}
		else if (LoginPaths.ACCOUNT_PAGE.equals(saved)) {
			this.chain.savedPages().remove(request, response);
		}
	}

}
