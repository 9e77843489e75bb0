package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves the page of the signed-in user. Runs after the application's authorization
 * rules. Shows the current binding, asks the user to confirm a pending one, and processes
 * confirmations, linking and unlinking. Every change requires a POST. The exceptions of
 * all beans end as a failed login, whose response the user gets; the user stays signed
 * in.
 */
final class AccountPageFilter extends OncePerRequestFilter {

	private static final Log logger = LogFactory.getLog(AccountPageFilter.class);

	private final CurrentAuthentication currentAuthentication;

	private final PendingBindingRepository pendingBindings;

	private final Confirmation confirmation;

	private final Unlinking unlinking;

	private final SignInAgain signInAgain;

	private final LoginResponses responses;

	private final AuthenticationFailureHandler failures;

	AccountPageFilter(CurrentAuthentication currentAuthentication, PendingBindingRepository pendingBindings,
			Confirmation confirmation, Unlinking unlinking, SignInAgain signInAgain, LoginResponses responses,
			AuthenticationFailureHandler failures) {
		this.currentAuthentication = currentAuthentication;
		this.pendingBindings = pendingBindings;
		this.confirmation = confirmation;
		this.unlinking = unlinking;
		this.signInAgain = signInAgain;
		this.responses = responses;
		this.failures = failures;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !LoginPaths.isAtAccount(request);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
			throws ServletException, IOException {
		Authentication account = this.currentAuthentication.get();
		if (account == null) {
			throw new InsufficientAuthenticationException("This page requires a signed-in user");
		}
		try {
			answer(request, response, account);
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("The binding of account '" + account.getName() + "' could not be looked up", ex);
			this.responses.error(request, response,
					request.getMethod().equals("POST") ? LoginError.NOT_SAVED : LoginError.INTERNAL);
		}
		catch (RuntimeException ex) {
			if (response.isCommitted()) {
				throw ex;
			}
			this.failures.onAuthenticationFailure(request, response, LoginResult.Refused.by(ex).failure());
		}
	}

	private void answer(HttpServletRequest request, HttpServletResponse response, Authentication account)
			throws IOException {
		boolean page = LoginPaths.isAt(request, LoginPaths.ACCOUNT_PAGE);
		if (page && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))) {
			show(request, response, account);
		}
		else if (!request.getMethod().equals("POST")) {
			response.setHeader("Allow", page ? "GET, HEAD, POST" : "POST");
			response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
		}
		else if (page) {
			this.confirmation.answer(request, response, account);
		}
		else if (LoginPaths.isAt(request, LoginPaths.LINK)) {
			link(this.responses.to(request, response), account,
					"true".equals(request.getParameter(LoginPaths.MOVE_PARAMETER)));
		}
		else if (LoginPaths.isAt(request, LoginPaths.SIGN_IN)) {
			LoginResponse answer = this.responses.to(request, response);
			this.signInAgain.begin(request, response, account);
			answer.signIn();
		}
		else {
			this.unlinking.unlink(request, response, account);
		}
	}

	private static void link(LoginResponse response, Authentication account, boolean moves) throws IOException {
		if (moves) {
			response.move(account);
		}
		else {
			response.link(account);
		}
	}

	private void show(HttpServletRequest request, HttpServletResponse response, Authentication account)
			throws IOException {
		PendingBinding pending = this.pendingBindings.load(request);
		if (pending != null) {
			this.confirmation.ask(request, response, account, pending);
			return;
		}
		this.responses.to(request, response).account(account, null);
	}

}
