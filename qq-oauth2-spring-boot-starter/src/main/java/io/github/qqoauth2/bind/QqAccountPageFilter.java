package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.function.Consumer;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;

/**
 * The signed-in user's page, behind the application's authorization rules: shows the QQ
 * that is bound, asks about the one that waits, begins and ends a binding. Whatever
 * changes something is a POST.
 */
final class QqAccountPageFilter extends OncePerRequestFilter {

	private static final Log logger = LogFactory.getLog(QqAccountPageFilter.class);

	private final SignedIn signedIn;

	private final PendingBindingRepository pendings;

	private final QqAccountBindings bindings;

	private final Confirmation confirmation;

	private final AccountPassword password;

	private final OtherSessions otherSessions;

	private final Answers answers;

	private final Consumer<String> outcomes;

	QqAccountPageFilter(SignedIn signedIn, PendingBindingRepository pendings, QqAccountBindings bindings,
			Confirmation confirmation, AccountPassword password, OtherSessions otherSessions, Answers answers,
			Consumer<String> outcomes) {
		this.signedIn = signedIn;
		this.pendings = pendings;
		this.bindings = bindings;
		this.confirmation = confirmation;
		this.password = password;
		this.otherSessions = otherSessions;
		this.answers = answers;
		this.outcomes = outcomes;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !LoginPaths.isAt(request, LoginPaths.ACCOUNT_PAGE) && !LoginPaths.isAt(request, LoginPaths.LINK)
				&& !LoginPaths.isAt(request, LoginPaths.UNLINK);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
			throws ServletException, IOException {
		Authentication account = this.signedIn.get();
		if (account == null) {
			throw new InsufficientAuthenticationException("A page of a signed-in user");
		}
		try {
			answer(request, response, account);
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("The binding of account '" + account.getName() + "' could not be looked up", ex);
			this.answers.error(request, response,
					request.getMethod().equals("POST") ? LoginError.NOT_SAVED : LoginError.INTERNAL);
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
			this.answers.to(request, response).link(account);
		}
		else {
			unlink(request, response, account);
		}
	}

	private void show(HttpServletRequest request, HttpServletResponse response, Authentication account)
			throws IOException {
		PendingBinding pending = this.pendings.load(request);
		if (pending != null) {
			this.confirmation.ask(request, response, account, pending);
			return;
		}
		this.answers.to(request, response).account(account, null);
	}

	/**
	 * The account is who is signed in, whatever the request says.
	 */
	private void unlink(HttpServletRequest request, HttpServletResponse response, Authentication account)
			throws IOException {
		QqAccountBinding binding = this.bindings.find(account.getName());
		LoginError obstacle = (binding != null) ? obstacle(request, account, binding) : null;
		if (obstacle != null) {
			this.answers.to(request, response).account(account, obstacle);
			return;
		}
		if (binding != null) {
			this.otherSessions.end(request, account.getName());
		}
		this.answers.to(request, response).unlinked(account);
	}

	private @Nullable LoginError obstacle(HttpServletRequest request, Authentication account,
			QqAccountBinding binding) {
		if (!this.password.came(request)) {
			return LoginError.PASSWORD_REQUIRED;
		}
		LoginError obstacle = this.password.check(request, account);
		if (obstacle != null) {
			return (obstacle == LoginError.WRONG_PASSWORD && binding.registered()) ? LoginError.SET_PASSWORD_FIRST
					: obstacle;
		}
		return remove(account.getName()) ? null : LoginError.NOT_SAVED;
	}

	/**
	 * Of two at once one finds nothing left to remove, and both have what they wanted.
	 * @return {@code false} where it is still there
	 */
	private boolean remove(String account) {
		try {
			if (this.bindings.remove(account)) {
				this.outcomes.accept("unbound");
			}
			return true;
		}
		catch (RuntimeException ex) {
			logger.warn("The binding of account '" + account + "' was not removed", ex);
			return false;
		}
	}

}
