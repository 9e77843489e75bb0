package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;

/**
 * Processes the callback of {@code qq} in one chain, before that chain's
 * {@code OAuth2LoginAuthenticationFilter} and with its settings. Only a successful login
 * continues on Spring Security's success path. All other results are answered here, so
 * that they change neither the visitor's context nor its factors nor the remember-me
 * cookie.
 */
final class QqLoginAuthenticationFilter extends AbstractAuthenticationProcessingFilter {

	/**
	 * The security context before the login. Removed as soon as a failure is handled, so
	 * that it is handled once.
	 */
	private static final String PREVIOUS_CONTEXT = QqLoginAuthenticationFilter.class.getName() + ".previousContext";

	/** The details of the request, as the application's details source builds them. */
	private static final String DETAILS = QqLoginAuthenticationFilter.class.getName() + ".details";

	private final AuthorizationRequestStore requests;

	private final RepeatedCallback repeated;

	private final IdentityAuthenticator identityAuthenticator;

	private final CurrentAuthentication currentAuthentication;

	private final LoginDecision decision;

	private final LoginResultHandler results;

	private final AccountAuthentication accountAuthentication;

	private final LoginRollback rollback;

	QqLoginAuthenticationFilter(AuthorizationRequestStore requests, RepeatedCallback repeated,
			IdentityAuthenticator identityAuthenticator, CurrentAuthentication currentAuthentication,
			LoginDecision decision, LoginResultHandler results, AccountAuthentication accountAuthentication) {
		super((request) -> false);
		this.requests = requests;
		this.repeated = repeated;
		this.identityAuthenticator = identityAuthenticator;
		this.currentAuthentication = currentAuthentication;
		this.decision = decision;
		this.results = results;
		this.accountAuthentication = accountAuthentication;
		this.rollback = new LoginRollback(currentAuthentication);
	}

	@Override
	public @Nullable Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response)
			throws IOException, ServletException {
		LoginCallback callback = LoginCallback.of(request).takeFrom(this.requests, request, response);
		if (callback.stored() == null && this.repeated.answer(request, response, callback.state())) {
			return null;
		}
		Object details = this.authenticationDetailsSource.buildDetails(request);
		request.setAttribute(DETAILS, details);
		OAuth2LoginAuthenticationToken identity = this.identityAuthenticator.authenticate(callback, details);
		Authentication current = this.currentAuthentication.at(callback);
		boolean mergesFactors = current != null && current.equals(this.currentAuthentication.get())
				&& SpringSecurityAccess.isMfaEnabled(this);
		boolean moves = current != null && current.getName().equals(callback.moveTo());
		LoginResult result = this.decision.decide(identity, current, mergesFactors, moves);
		if (result instanceof LoginResult.SignedIn account) {
			return this.accountAuthentication.create(account.account(), identity.getAuthorities(),
					identity.getDetails());
		}
		if (result instanceof LoginResult.Refused refused) {
			fail(request, response, refused);
		}
		else {
			this.results.answer(request, response, result, current);
		}
		return null;
	}

	/**
	 * Hides the parameters of the callback, whose address an attacker may have made, from
	 * remember-me services and handlers. They only get the remember-me parameter with
	 * which the login was started.
	 */
	@Override
	protected void successfulAuthentication(HttpServletRequest request, HttpServletResponse response, FilterChain chain,
			Authentication authentication) throws IOException, ServletException {
		this.results.signedIn(request);
		Map<String, String[]> parameters = new LinkedHashMap<>();
		if (LoginCallback.wantsRememberMe(request)) {
			parameters.put(LoginChain.rememberMeParameter(getRememberMeServices()), new String[] { "true" });
		}
		super.successfulAuthentication(new ParameterRequest(request, parameters),
				new RedirectRecorder(response, (location) -> this.results.redirectedTo(request, location)), chain,
				authentication);
	}

	/**
	 * Unlike the superclass, clears no context and cancels no remember-me cookie: a link
	 * made by an attacker must not cost a remembered visitor the cookie.
	 */
	@Override
	protected void unsuccessfulAuthentication(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException, ServletException {
		fail(request, response, new LoginResult.Refused(failure, null));
	}

	/**
	 * Handles every failure: from QQ, from the account's status, and exceptions of the
	 * application's beans. If the security context was already saved, the previous one is
	 * restored.
	 */
	private void fail(HttpServletRequest request, HttpServletResponse response, LoginResult.Refused refused)
			throws IOException, ServletException {
		SecurityContext before = (SecurityContext) request.getAttribute(PREVIOUS_CONTEXT);
		request.removeAttribute(PREVIOUS_CONTEXT);
		boolean wasSignedIn = before != null && !before.equals(this.currentAuthentication.context());
		if (before != null && wasSignedIn) {
			this.rollback.to(before, this, request, response, () -> cancelRememberMe(request, response));
		}
		AuthenticationException failure = wasSignedIn ? refused.failure() : publish(request, refused);
		getFailureHandler().onAuthenticationFailure(request, response, failure);
	}

	private void cancelRememberMe(HttpServletRequest request, HttpServletResponse response) {
		if (LoginCallback.wantsRememberMe(request)) {
			getRememberMeServices().loginFail(request, response);
		}
	}

	/**
	 * Publishes a failure, unless the state is unknown or a user is signed in.
	 * @return the failure, or the one of a listener that threw an exception
	 */
	private AuthenticationException publish(HttpServletRequest request, LoginResult.Refused refused) {
		LoginCallback callback = LoginCallback.current(request);
		if (callback == null || callback.stored() == null || this.currentAuthentication.at(callback) != null) {
			return refused.failure();
		}
		String account = (refused.account() != null) ? refused.account() : "";
		AbstractAuthenticationToken attempted = UsernamePasswordAuthenticationToken.unauthenticated(account, null);
		attempted.setDetails(request.getAttribute(DETAILS));
		try {
			this.accountAuthentication.events().publishAuthenticationFailure(refused.failure(), attempted);
			return refused.failure();
		}
		catch (RuntimeException ex) {
			return LoginResult.Refused.by(ex).failure();
		}
	}

	/**
	 * Catches exceptions of all beans during the login, and removes the session from the
	 * request once the response is sent: Spring Session saves a session before the
	 * response is committed and again after all filters. If a concurrent request has
	 * changed the session id meanwhile, Redis refuses the second save, and the visitor
	 * would get a 500 for a successful login.
	 */
	@Override
	public void doFilter(ServletRequest servletRequest, ServletResponse servletResponse, FilterChain chain)
			throws IOException, ServletException {
		HttpServletRequest request = (HttpServletRequest) servletRequest;
		if (!requiresAuthentication(request, (HttpServletResponse) servletResponse)) {
			chain.doFilter(servletRequest, servletResponse);
			return;
		}
		RedirectRecorder response = new RedirectRecorder((HttpServletResponse) servletResponse, (location) -> {
		});
		if (!CurrentSession.isReadable(request)) {
			this.currentAuthentication.clear();
			request = CurrentSession.without(request);
		}
		try {
			request.setAttribute(PREVIOUS_CONTEXT, this.currentAuthentication.context());
			super.doFilter(request, response, chain);
		}
		catch (ServletException | RuntimeException ex) {
			if (response.isCommitted() || request.getAttribute(PREVIOUS_CONTEXT) == null) {
				throw ex;
			}
			fail(request, response, LoginResult.Refused.by(ex));
		}
		if (response.isSent()) {
			CurrentSession.detach(request);
		}
	}

}
