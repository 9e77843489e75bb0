package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Processes the bind page's form for visitors with an account: a login by username and
 * password that also binds the pending QQ identity.
 */
final class BindAuthenticationFilter extends PendingBindingAuthenticationFilter {

	/** Set once the password has been found right: the pending binding of the form. */
	private static final String PROVED = BindAuthenticationFilter.class.getName() + ".proved";

	private final LoginChain chain;

	private final PendingBindingRepository pendingBindings;

	private final BindingDecision decision;

	private final LoginResponses responses;

	private final PasswordFailure failures;

	BindAuthenticationFilter(LoginChain chain, PendingBindingRepository pendingBindings, EndedLogins ended,
			BindingDecision decision, PasswordFailure failures, LoginResponses responses,
			CurrentAuthentication currentAuthentication) {
		super(LoginPaths.BIND_PAGE, chain, pendingBindings, ended, responses, currentAuthentication);
		this.chain = chain;
		this.pendingBindings = pendingBindings;
		this.decision = decision;
		this.failures = failures;
		this.responses = responses;
	}

	@Override
	@Nullable Authentication attempt(HttpServletRequest request, HttpServletResponse response, PendingBinding pending)
			throws IOException, ServletException {
		if (!this.pendingBindings.tries().begin(pending)) {
			end(request, response, pending, null);
			return null;
		}
		Authentication account = authenticate(request, pending);
		request.setAttribute(PROVED, pending);
		LoginError obstacle = this.decision.obstacle(pending, account.getName());
		if (obstacle != null) {
			this.responses.error(request, response, obstacle);
			return null;
		}
		return account;
	}

	/**
	 * Authenticates the account. Only a wrong password, which is handled as a failed
	 * login, uses up an attempt.
	 */
	private Authentication authenticate(HttpServletRequest request, PendingBinding pending) {
		try {
			Authentication account = authenticate(request, username(request), password(request));
			this.pendingBindings.tries().undo(pending);
			return account;
		}
		catch (AuthenticationException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			this.pendingBindings.tries().undo(pending);
			throw ex;
		}
	}

	private static String username(HttpServletRequest request) {
		String username = request.getParameter("username");
		return (username != null) ? username.trim() : "";
	}

	private static String password(HttpServletRequest request) {
		String password = request.getParameter("password");
		return (password != null) ? password : "";
	}

	/**
	 * Writes the binding, unless the user has to confirm it on the account page.
	 */
	@Override
	boolean complete(HttpServletRequest request, HttpServletResponse response, Authentication account)
			throws IOException {
		PendingBinding pending = (PendingBinding) request.getAttribute(PROVED);
		if (!this.decision.mayBindAtOnce(request, account)) {
			this.pendingBindings.save(request, response, pending.withError(null).withProvedAccount(account.getName()));
			this.chain.savedPages().save(request, response, LoginPaths.ACCOUNT_PAGE);
			return true;
		}
		LoginError obstacle = this.decision.bind(pending, account.getName());
		if (obstacle != null) {
			this.responses.error(request, response, obstacle);
			return false;
		}
		bound(request, response, pending, account.getName());
		return true;
	}

	@Override
	void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException, ServletException {
		PendingBinding pending = this.pendingBindings.load(request);
		if (pending == null || !matchesForm(pending, request)) {
			this.responses.error(request, response, LoginError.BINDING_EXPIRED);
			return;
		}
		boolean proved = request.getAttribute(PROVED) != null;
		LoginError error = proved ? LoginError.of(failure) : error(request, failure);
		PendingBinding left = proved ? pending.withError(error) : this.pendingBindings.tries().end(pending, error);
		if (error == LoginError.INTERNAL) {
			failInternally(request, response, failure);
		}
		else if (left == null) {
			end(request, response, pending, failure);
		}
		else {
			this.pendingBindings.save(request, response, left);
			this.responses.to(request, response).tryAgain(left, failure);
		}
	}

	private LoginError error(HttpServletRequest request, AuthenticationException failure) {
		return (failure instanceof AuthenticationServiceException) ? LoginError.INTERNAL
				: this.failures.error(failure, username(request), password(request));
	}

	private void end(HttpServletRequest request, HttpServletResponse response, PendingBinding pending,
			@Nullable AuthenticationException cause) throws IOException, ServletException {
		this.pendingBindings.remove(request, response);
		this.responses.failed(request, response, LoginError.TOO_MANY_ATTEMPTS, cause, pending.target());
	}

}
