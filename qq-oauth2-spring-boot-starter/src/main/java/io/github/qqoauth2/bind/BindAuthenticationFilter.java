package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;

/**
 * Processes the bind page's form for visitors with an account: a login by username and
 * password that also binds the pending QQ identity.
 */
final class BindAuthenticationFilter extends PendingBindingAuthenticationFilter {

	private final LoginChain chain;

	private final PendingBindingRepository pendingBindings;

	private final BindingDecision decision;

	private final LoginResponses responses;

	private final AccountPageAccess accountPage;

	BindAuthenticationFilter(LoginChain chain, PendingBindingRepository pendingBindings, EndedLogins ended,
			BindingDecision decision, AccountPageAccess accountPage, LoginResponses responses) {
		super(LoginPaths.BIND_PAGE, chain, pendingBindings, ended, responses);
		this.chain = chain;
		this.pendingBindings = pendingBindings;
		this.decision = decision;
		this.accountPage = accountPage;
		this.responses = responses;
	}

	@Override
	@Nullable Authentication attempt(HttpServletRequest request, HttpServletResponse response, PendingBinding pending)
			throws IOException, ServletException {
		if (!this.pendingBindings.tries().begin(pending)) {
			end(request, response, pending, null);
			return null;
		}
		String username = request.getParameter("username");
		String password = request.getParameter("password");
		Authentication account = authenticate(request, (username != null) ? username.trim() : "",
				(password != null) ? password : "");
		LoginError obstacle = this.decision.obstacle(pending, account.getName());
		if (obstacle == null && mayConfirm(request, account)) {
			obstacle = this.decision.bind(pending, account.getName());
			if (obstacle == null) {
				bound(request, response, pending);
			}
		}
		else if (obstacle == null) {
			this.pendingBindings.save(request, response, pending.withError(null).withProvedAccount(account.getName()));
			this.chain.savedPages().save(request, response, LoginPaths.ACCOUNT_PAGE);
		}
		if (obstacle != null) {
			this.responses.error(request, response, obstacle);
			return null;
		}
		return account;
	}

	/**
	 * Returns whether the binding is written at once, since submitting the form counts as
	 * the confirmation. If the application's rules deny the account the confirmation
	 * page, as they do when a second factor is due, the binding stays pending until the
	 * user confirms it there.
	 */
	private boolean mayConfirm(HttpServletRequest request, Authentication account) {
		return this.accountPage.isGranted(request, account);
	}

	@Override
	void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException, ServletException {
		if (failure instanceof SessionAuthenticationException) {
			this.responses.failed(request, response, LoginError.of(failure), failure, null);
			return;
		}
		PendingBinding pending = this.pendingBindings.load(request);
		if (pending == null || !matchesForm(pending, request)) {
			this.responses.error(request, response, LoginError.BINDING_EXPIRED);
			return;
		}
		PendingBinding left = this.pendingBindings.tries().end(pending, error(failure));
		if (left == null) {
			end(request, response, pending, failure);
			return;
		}
		this.pendingBindings.save(request, response, left);
		this.responses.to(request, response).tryAgain(left, failure);
	}

	private static LoginError error(AuthenticationException failure) {
		if (failure instanceof AccountStatusException) {
			return LoginError.ACCOUNT_STATUS;
		}
		return (failure instanceof InternalAuthenticationServiceException) ? LoginError.INTERNAL
				: LoginError.WRONG_PASSWORD;
	}

	private void end(HttpServletRequest request, HttpServletResponse response, PendingBinding pending,
			@Nullable AuthenticationException cause) throws IOException, ServletException {
		this.pendingBindings.remove(request, response);
		this.responses.failed(request, response, LoginError.TOO_MANY_ATTEMPTS, cause, pending.target());
	}

}
