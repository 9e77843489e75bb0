package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;

import io.github.qqoauth2.account.QqAccountBinding;

/**
 * The question whether to bind the QQ that waits to the account that is signed in, and
 * the answer to it.
 */
final class Confirmation {

	private final RedirectStrategy redirects = new DefaultRedirectStrategy();

	private final SignedIn signedIn;

	private final PendingBindingRepository pendings;

	private final BindingDecision decision;

	private final AccountPassword password;

	private final OtherSessions otherSessions;

	private final QqAccountPage page;

	private final QqErrorPage errorPage;

	Confirmation(SignedIn signedIn, PendingBindingRepository pendings, BindingDecision decision,
			AccountPassword password, OtherSessions otherSessions, QqAccountPage page, QqErrorPage errorPage) {
		this.signedIn = signedIn;
		this.pendings = pendings;
		this.decision = decision;
		this.password = password;
		this.otherSessions = otherSessions;
		this.page = page;
		this.errorPage = errorPage;
	}

	void ask(HttpServletRequest request, HttpServletResponse response, Authentication account, PendingBinding pending,
			@Nullable LoginError error) throws IOException {
		QqAccountBinding losing = this.decision.movable(pending, account.getName());
		this.page.writeQuestion(request, response, pending, account.getName(),
				(losing != null) ? losing.account() : null, passwordRequired(pending, account, losing), error);
	}

	void answer(HttpServletRequest request, HttpServletResponse response, Authentication account) throws IOException {
		PendingBinding pending = this.pendings.load(request);
		if (pending == null) {
			this.errorPage.write(request, response, LoginError.BINDING_EXPIRED);
			return;
		}
		if (!pending.id().equals(request.getParameter(QqLogin.BINDING_PARAMETER))) {
			this.errorPage.write(request, response, LoginError.BINDING_CHANGED);
			return;
		}
		if (request.getParameter("dismiss") != null) {
			leave(request, response, pending);
			return;
		}
		QqAccountBinding losing = this.decision.movable(pending, account.getName());
		if (!passwordRequired(pending, account, losing)) {
			confirm(request, response, account, pending, losing);
		}
		else if (!this.password.came(request)) {
			ask(request, response, account, pending, LoginError.PASSWORD_REQUIRED);
		}
		else if (!this.pendings.tries().begin(pending)) {
			end(request, response, pending);
		}
		else if (!this.password.holds(request, account)) {
			refuse(request, response, account, pending.withFailure());
		}
		else {
			confirm(request, response, account, pending, losing);
		}
	}

	/**
	 * What is done is what was read: the question names the account that loses the QQ,
	 * and the answer brings that name back.
	 */
	private void confirm(HttpServletRequest request, HttpServletResponse response, Authentication account,
			PendingBinding pending, @Nullable QqAccountBinding losing) throws IOException {
		String from = (losing != null) ? losing.account() : null;
		if (!Objects.equals(from, request.getParameter(QqLogin.FROM_PARAMETER))) {
			this.errorPage.write(request, response, LoginError.BINDING_CHANGED);
			return;
		}
		LoginError obstacle = (losing != null) ? this.decision.move(losing, account.getName())
				: this.decision.bind(pending, account.getName());
		if (obstacle != null) {
			this.errorPage.write(request, response, obstacle);
			return;
		}
		if (losing != null) {
			this.otherSessions.end(request, losing.account());
		}
		leave(request, response, pending);
	}

	private void leave(HttpServletRequest request, HttpServletResponse response, PendingBinding pending)
			throws IOException {
		this.pendings.remove(request);
		String target = pending.target();
		this.redirects.sendRedirect(request, response, (target != null) ? target : "/");
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response, Authentication account,
			PendingBinding failed) throws IOException {
		if (failed.failures() >= PendingBinding.FAILURES_ALLOWED) {
			end(request, response, failed);
			return;
		}
		this.pendings.save(request, failed);
		ask(request, response, account, failed, LoginError.WRONG_PASSWORD);
	}

	private void end(HttpServletRequest request, HttpServletResponse response, PendingBinding pending)
			throws IOException {
		this.pendings.remove(request);
		this.errorPage.write(request, response, LoginError.TOO_MANY_ATTEMPTS, pending.target());
	}

	/**
	 * A session left open, or a remembered one, proves less than the QQ that was proved
	 * just now; and nobody loses a QQ without it.
	 */
	private boolean passwordRequired(PendingBinding pending, Authentication account,
			@Nullable QqAccountBinding losing) {
		return pending.afterAccount() || losing != null || this.signedIn.isRemembered(account);
	}

}
