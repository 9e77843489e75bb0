package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;

/**
 * The login by QQ: serves the callback of {@code qq} in one chain, before that chain's
 * {@code OAuth2LoginAuthenticationFilter} and with its settings. Only a login goes on to
 * Spring Security's success path. Everything else is answered here, so that no context,
 * factor or remember-me cookie of the visitor is touched.
 */
final class QqLoginAuthenticationFilter extends AbstractAuthenticationProcessingFilter {

	/** The security context before the login, until the login has failed. */
	private static final String BEFORE = QqLoginAuthenticationFilter.class.getName() + ".before";

	/** The details of the request, as the application's details source builds them. */
	private static final String DETAILS = QqLoginAuthenticationFilter.class.getName() + ".details";

	private final AuthorizationRequestStore requests;

	private final RepeatedCallback repeated;

	private final IdentityAuthenticator identityAuthenticator;

	private final CurrentAuthentication currentAuthentication;

	private final LoginDecision decision;

	private final LoginResultHandler results;

	private final AuthenticationEventPublisher events;

	QqLoginAuthenticationFilter(AuthorizationRequestStore requests, RepeatedCallback repeated,
			IdentityAuthenticator identityAuthenticator, CurrentAuthentication currentAuthentication,
			LoginDecision decision, LoginResultHandler results, AuthenticationEventPublisher events) {
		super((request) -> false);
		this.requests = requests;
		this.repeated = repeated;
		this.identityAuthenticator = identityAuthenticator;
		this.currentAuthentication = currentAuthentication;
		this.decision = decision;
		this.results = results;
		this.events = events;
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
		LoginResult result = this.decision.decide(identity, current, mergesFactors);
		if (result instanceof LoginResult.SignedIn account) {
			return authentication(account.account(), identity);
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
	 * What it is after a password: the application's own user object, with its
	 * authorities and the factor of this login.
	 */
	private Authentication authentication(UserDetails account, Authentication identity) {
		Set<GrantedAuthority> authorities = new LinkedHashSet<>(account.getAuthorities());
		authorities.addAll(identity.getAuthorities());
		AbstractAuthenticationToken authentication = (account instanceof OAuth2User user)
				? new OAuth2AuthenticationToken(user, authorities, LoginPaths.REGISTRATION_ID)
				: UsernamePasswordAuthenticationToken.authenticated(account, null, authorities);
		authentication.setDetails(identity.getDetails());
		authentication.eraseCredentials();
		this.events.publishAuthenticationSuccess(authentication);
		return authentication;
	}

	/**
	 * Of the request's parameters, remember-me services and handlers see the one that the
	 * login began with: the callback's address may come from elsewhere.
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
				new RedirectRecorder(response, (location) -> this.results.ledTo(request, location)), chain,
				authentication);
	}

	/**
	 * Other than in the superclass, no context is cleared and no remember-me cookie
	 * cancelled: a link from a stranger must not cost a remembered visitor the cookie.
	 */
	@Override
	protected void unsuccessfulAuthentication(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException, ServletException {
		fail(request, response, new LoginResult.Refused(failure, null));
	}

	/**
	 * Every failure ends here: those of QQ, of the account, and of any bean of the
	 * application that throws, before the login or, as a listener or a handler, after it.
	 * A login that is in the session already is taken back.
	 */
	private void fail(HttpServletRequest request, HttpServletResponse response, LoginResult.Refused refused)
			throws IOException, ServletException {
		SecurityContext before = (SecurityContext) request.getAttribute(BEFORE);
		request.removeAttribute(BEFORE);
		boolean wasSignedIn = before != null && !before.equals(this.currentAuthentication.context());
		if (before != null && wasSignedIn) {
			takeBack(request, response, before);
		}
		AuthenticationException failure = wasSignedIn ? refused.failure() : publish(request, refused);
		getFailureHandler().onAuthenticationFailure(request, response, failure);
	}

	/**
	 * If the context before the login cannot be saved again, another session replaces the
	 * present one.
	 */
	private void takeBack(HttpServletRequest request, HttpServletResponse response, SecurityContext before) {
		this.currentAuthentication.restore(before);
		try {
			SpringSecurityAccess.contextRepository(this).saveContext(before, request, response);
			if (LoginCallback.wantsRememberMe(request)) {
				getRememberMeServices().loginFail(request, response);
			}
		}
		catch (RuntimeException ex) {
			this.logger.info("A login by QQ that failed could not be taken back, its session is replaced", ex);
			HttpSession session = request.getSession(false);
			if (session != null) {
				session.invalidate();
				request.getSession();
			}
		}
	}

	/**
	 * Publishes a failure, unless the state is unknown or a user is signed in.
	 * @return the failure, or that of a listener
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
			this.events.publishAuthenticationFailure(refused.failure(), attempted);
			return refused.failure();
		}
		catch (RuntimeException ex) {
			return LoginResult.Refused.by(ex).failure();
		}
	}

	/**
	 * Catches what any bean throws during the login. Then: Spring Session writes a
	 * session before a response is committed and again after all filters. If requests in
	 * parallel have changed the session id meanwhile, Redis refuses the second write, and
	 * the visitor would get a 500 for a login that succeeded.
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
			request.setAttribute(BEFORE, this.currentAuthentication.context());
			super.doFilter(request, response, chain);
		}
		catch (ServletException | RuntimeException ex) {
			if (response.isCommitted() || request.getAttribute(BEFORE) == null) {
				throw ex;
			}
			fail(request, response, LoginResult.Refused.by(ex));
		}
		if (response.isSent()) {
			CurrentSession.detach(request);
		}
	}

}
