package io.github.qqoauth2.bind;

import java.io.IOException;

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
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
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

	private final RedirectStrategy redirects = new DefaultRedirectStrategy();

	private final SignedIn signedIn;

	private final LoginChain chain;

	private final PendingBindingRepository pendings;

	private final QqAccountBindings bindings;

	private final Confirmation confirmation;

	private final AccountPassword password;

	private final OtherSessions otherSessions;

	private final QqAccountPage page;

	private final QqErrorPage errorPage;

	private final OutcomeCounter outcomes;

	QqAccountPageFilter(SignedIn signedIn, LoginChain chain, PendingBindingRepository pendings,
			QqAccountBindings bindings, Confirmation confirmation, AccountPassword password,
			OtherSessions otherSessions, QqAccountPage page, QqErrorPage errorPage, OutcomeCounter outcomes) {
		this.signedIn = signedIn;
		this.chain = chain;
		this.pendings = pendings;
		this.bindings = bindings;
		this.confirmation = confirmation;
		this.password = password;
		this.otherSessions = otherSessions;
		this.page = page;
		this.errorPage = errorPage;
		this.outcomes = outcomes;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !QqLogin.isAt(request, QqLogin.ACCOUNT_PAGE) && !QqLogin.isAt(request, QqLogin.LINK)
				&& !QqLogin.isAt(request, QqLogin.UNLINK);
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
		catch (DataAccessException ex) {
			logger.warn("The binding of account '" + account.getName() + "' could not be looked up", ex);
			this.errorPage.write(request, response,
					request.getMethod().equals("POST") ? LoginError.NOT_SAVED : LoginError.INTERNAL);
		}
	}

	private void answer(HttpServletRequest request, HttpServletResponse response, Authentication account)
			throws IOException {
		boolean page = QqLogin.isAt(request, QqLogin.ACCOUNT_PAGE);
		if (page && (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"))) {
			show(request, response, account, null);
		}
		else if (!request.getMethod().equals("POST")) {
			response.setHeader("Allow", page ? "GET, HEAD, POST" : "POST");
			response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
		}
		else if (page) {
			this.confirmation.answer(request, response, account);
		}
		else if (QqLogin.isAt(request, QqLogin.LINK)) {
			this.redirects.sendRedirect(request, response,
					this.chain.authorizationUri() + "?next=" + QqLogin.ACCOUNT_PAGE);
		}
		else {
			unlink(request, response, account);
		}
	}

	private void show(HttpServletRequest request, HttpServletResponse response, Authentication account,
			@Nullable LoginError error) throws IOException {
		PendingBinding pending = this.pendings.load(request);
		if (pending != null && error == null) {
			this.confirmation.ask(request, response, account, pending, null);
			return;
		}
		QqAccountBinding binding = this.bindings.find(account.getName());
		if (binding != null) {
			this.page.writeBound(request, response, binding, error);
		}
		else {
			this.page.writeNone(request, response);
		}
	}

	/**
	 * The account is who is signed in, whatever the request says.
	 */
	private void unlink(HttpServletRequest request, HttpServletResponse response, Authentication account)
			throws IOException {
		QqAccountBinding binding = this.bindings.find(account.getName());
		if (binding != null && !this.password.came(request)) {
			show(request, response, account, LoginError.PASSWORD_REQUIRED);
			return;
		}
		if (binding != null && !this.password.holds(request, account)) {
			show(request, response, account,
					binding.registered() ? LoginError.SET_PASSWORD_FIRST : LoginError.WRONG_PASSWORD);
			return;
		}
		if (binding != null && !remove(account.getName())) {
			show(request, response, account, LoginError.NOT_SAVED);
			return;
		}
		if (binding != null) {
			this.otherSessions.end(request, account.getName());
		}
		this.redirects.sendRedirect(request, response, QqLogin.ACCOUNT_PAGE);
	}

	/**
	 * Of two at once one finds nothing left to remove, and both have what they wanted.
	 * @return {@code false} where it is still there
	 */
	private boolean remove(String account) {
		try {
			if (this.bindings.remove(account)) {
				this.outcomes.count("unbound");
			}
			return true;
		}
		catch (RuntimeException ex) {
			logger.warn("The binding of account '" + account + "' was not removed", ex);
			return false;
		}
	}

}
