package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;

/**
 * Processes a form of the bind page as a login, which requires a pending binding. Uses
 * the chain's authentication manager, session strategy, remember-me services and success
 * handler, as every other login of the chain does.
 */
abstract class PendingBindingAuthenticationFilter extends AbstractAuthenticationProcessingFilter {

	private final LoginChain chain;

	private final PendingBindingRepository pendingBindings;

	private final LoginResponses responses;

	private final EndedLogins ended;

	PendingBindingAuthenticationFilter(String path, LoginChain chain, PendingBindingRepository pendingBindings,
			EndedLogins ended, LoginResponses responses) {
		super((request) -> request.getMethod().equals("POST") && LoginPaths.isAt(request, path));
		this.chain = chain;
		this.pendingBindings = pendingBindings;
		this.ended = ended;
		this.responses = responses;
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
		return getAuthenticationManager().authenticate(token);
	}

	/**
	 * Records where this login redirects, so that opening the bind page again leads there
	 * too. If an exception occurs before the redirect is sent, a front end gets the
	 * problem {@code internal}.
	 */
	@Override
	protected final void successfulAuthentication(HttpServletRequest request, HttpServletResponse response,
			FilterChain filters, Authentication authentication) throws IOException, ServletException {
		String binding = String.valueOf(request.getParameter(LoginPaths.BINDING_PARAMETER));
		RedirectRecorder recorder = new RedirectRecorder(response,
				(location) -> this.ended.addRedirect(request, binding, location));
		try {
			super.successfulAuthentication(request, recorder, filters, authentication);
		}
		catch (RuntimeException ex) {
			if (!ApiRequest.matches(request) || recorder.isSent()) {
				throw ex;
			}
			this.logger.warn("The login of account '" + authentication.getName() + "' could not be answered", ex);
			this.responses.error(request, response, LoginError.INTERNAL, null);
		}
	}

	/**
	 * Answers a failed login.
	 */
	abstract void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException, ServletException;

	/**
	 * Removes the pending binding after it was bound. The login then leads to the page
	 * that was requested first.
	 */
	final void bound(HttpServletRequest request, HttpServletResponse response, PendingBinding pending) {
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
