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

	/** The security context before a login that Spring Security has been told of. */
	private static final String BEFORE = QqLoginAuthenticationFilter.class.getName() + ".before";

	private final AuthorizationRequestStore requests;

	private final RepeatedCallback repeated;

	private final IdentityAuthentication identities;

	private final SignedIn signedIn;

	private final LoginDecision decision;

	private final LoginResultHandler results;

	private final AuthenticationEventPublisher events;

	QqLoginAuthenticationFilter(AuthorizationRequestStore requests, RepeatedCallback repeated,
			IdentityAuthentication identities, SignedIn signedIn, LoginDecision decision, LoginResultHandler results,
			AuthenticationEventPublisher events) {
		super((request) -> false);
		this.requests = requests;
		this.repeated = repeated;
		this.identities = identities;
		this.signedIn = signedIn;
		this.decision = decision;
		this.results = results;
		this.events = events;
	}

	@Override
	public @Nullable Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response)
			throws IOException, ServletException {
		QqCallback callback = QqCallback.of(request);
		Object details = null;
		try {
			callback = callback.takeFrom(this.requests, request, response);
			if (callback.stored() == null && this.repeated.answer(request, response, callback.state())) {
				return null;
			}
			details = this.authenticationDetailsSource.buildDetails(request);
			OAuth2LoginAuthenticationToken identity = this.identities.authenticate(callback, details);
			Authentication current = this.signedIn.at(callback);
			LoginResult result = this.decision.decide(identity, current, SpringSecurityAccess.isMfaEnabled(this));
			if (result instanceof LoginResult.SignedIn account) {
				Authentication authentication = authentication(account.account(), identity);
				request.setAttribute(BEFORE, this.signedIn.context());
				return authentication;
			}
			answer(request, response, callback, result, details);
		}
		catch (RuntimeException ex) {
			if (response.isCommitted()) {
				throw ex;
			}
			answer(request, response, callback, LoginResult.Refused.by(ex), details);
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

	private void answer(HttpServletRequest request, HttpServletResponse response, QqCallback callback,
			LoginResult result, @Nullable Object details) throws IOException, ServletException {
		Authentication current = this.signedIn.at(callback);
		if (!(result instanceof LoginResult.Refused refused)) {
			this.results.answer(request, response, result, current);
			return;
		}
		AuthenticationException failure = (callback.stored() != null && current == null) ? publish(refused, details)
				: refused.failure();
		getFailureHandler().onAuthenticationFailure(request, response, failure);
	}

	/**
	 * Publishes a failure.
	 * @return the failure, or that of a listener
	 */
	private AuthenticationException publish(LoginResult.Refused refused, @Nullable Object details) {
		String account = (refused.account() != null) ? refused.account() : "";
		AbstractAuthenticationToken attempted = UsernamePasswordAuthenticationToken.unauthenticated(account, null);
		attempted.setDetails(details);
		try {
			this.events.publishAuthenticationFailure(refused.failure(), attempted);
			return refused.failure();
		}
		catch (RuntimeException ex) {
			return LoginResult.Refused.by(ex).failure();
		}
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
		if (QqCallback.wantsRememberMe(request)) {
			parameters.put(LoginChain.rememberMeParameter(getRememberMeServices()), new String[] { "true" });
		}
		super.successfulAuthentication(new ParameterRequest(request, parameters),
				new RedirectRecorder(response, (location) -> this.results.ledTo(request, location)), chain,
				authentication);
	}

	/**
	 * Called where a bean fails that Spring Security calls once the visitor is
	 * authenticated: the session strategy, or when the login is in the session already,
	 * as a listener or the success handler. The login is taken back.
	 */
	@Override
	protected void unsuccessfulAuthentication(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException, ServletException {
		SecurityContext before = (SecurityContext) request.getAttribute(BEFORE);
		request.removeAttribute(BEFORE);
		if (before != null && before != this.signedIn.context()) {
			SpringSecurityAccess.contextRepository(this).saveContext(before, request, response);
		}
		super.unsuccessfulAuthentication(request, response, failure);
	}

	/**
	 * Spring Session writes a session before a response is committed and again after all
	 * filters. If requests in parallel have changed the session id meanwhile, Redis
	 * refuses the second write, and the visitor would get a 500 for a login that
	 * succeeded.
	 */
	@Override
	public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
			throws IOException, ServletException {
		if (!requiresAuthentication((HttpServletRequest) request, (HttpServletResponse) response)) {
			chain.doFilter(request, response);
			return;
		}
		RedirectRecorder recorder = new RedirectRecorder((HttpServletResponse) response, (location) -> {
		});
		try {
			super.doFilter(request, recorder, chain);
		}
		catch (RuntimeException ex) {
			if (recorder.isCommitted() || request.getAttribute(BEFORE) == null) {
				throw ex;
			}
			unsuccessfulAuthentication((HttpServletRequest) request, recorder, LoginResult.Refused.by(ex).failure());
		}
		if (recorder.isSent()) {
			CurrentSession.detach((HttpServletRequest) request);
		}
	}

}
