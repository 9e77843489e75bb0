package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

import io.github.qqoauth2.account.QqAccountBinding;

/**
 * Asks the signed-in user whether to bind a pending QQ identity to the account, and
 * processes the answer.
 */
final class Confirmation {

	private final PendingBindingRepository pendingBindings;

	private final BindingDecision decision;

	private final AccountPassword password;

	private final OtherSessions otherSessions;

	private final EndedLogins ended;

	private final LoginResponses responses;

	Confirmation(PendingBindingRepository pendingBindings, BindingDecision decision, AccountPassword password,
			OtherSessions otherSessions, EndedLogins ended, LoginResponses responses) {
		this.pendingBindings = pendingBindings;
		this.ended = ended;
		this.decision = decision;
		this.password = password;
		this.otherSessions = otherSessions;
		this.responses = responses;
	}

	void ask(HttpServletRequest request, HttpServletResponse response, Authentication account, PendingBinding pending)
			throws IOException {
		this.responses.to(request, response).question(this.decision.question(request, pending, account), null);
	}

	void answer(HttpServletRequest request, HttpServletResponse response, Authentication account) throws IOException {
		PendingBinding pending = this.pendingBindings.load(request);
		if (pending == null) {
			this.responses.error(request, response, this.pendingBindings.absence(request));
			return;
		}
		if (!pending.id().equals(request.getParameter(LoginPaths.BINDING_PARAMETER))) {
			this.responses.error(request, response, LoginError.BINDING_CHANGED);
			return;
		}
		if (request.getParameter("dismiss") != null) {
			leave(request, response, account, pending);
			return;
		}
		BindingQuestion question = this.decision.question(request, pending, account);
		if (question.passwordRequired()) {
			confirmByPassword(request, response, question);
		}
		else {
			confirm(request, response, question);
		}
	}

	private void confirmByPassword(HttpServletRequest request, HttpServletResponse response, BindingQuestion question)
			throws IOException {
		PendingBinding pending = question.pending();
		if (!this.password.isPresent(request)) {
			this.responses.to(request, response).question(question, LoginError.PASSWORD_REQUIRED);
			return;
		}
		if (!this.pendingBindings.tries().begin(pending)) {
			end(request, response, pending);
			return;
		}
		LoginError obstacle = check(request, question);
		if (obstacle == null) {
			this.pendingBindings.tries().undo(pending);
			confirm(request, response, question);
		}
		else {
			refuse(request, response, question, obstacle);
		}
	}

	private @Nullable LoginError check(HttpServletRequest request, BindingQuestion question) {
		try {
			return this.password.check(request, question.account());
		}
		catch (RuntimeException ex) {
			this.pendingBindings.tries().undo(question.pending());
			throw ex;
		}
	}

	/**
	 * Binds or moves. The answer must repeat the name of the account that loses the
	 * binding, so that only what the question stated is done.
	 */
	private void confirm(HttpServletRequest request, HttpServletResponse response, BindingQuestion question)
			throws IOException {
		if (!Objects.equals(question.from(), request.getParameter(LoginPaths.FROM_PARAMETER))) {
			this.responses.error(request, response, LoginError.BINDING_CHANGED);
			return;
		}
		QqAccountBinding moving = question.moving();
		Authentication account = question.account();
		LoginError obstacle = (moving != null) ? this.decision.move(moving, account.getName())
				: this.decision.bind(question.pending(), account.getName());
		if (obstacle != null) {
			this.responses.error(request, response, obstacle);
			return;
		}
		if (moving != null) {
			this.otherSessions.end(request, moving.account());
		}
		this.pendingBindings.storeTokens(question.pending(), account.getName());
		leave(request, response, account, question.pending());
	}

	private void leave(HttpServletRequest request, HttpServletResponse response, Authentication account,
			PendingBinding pending) throws IOException {
		this.pendingBindings.remove(request, response);
		String target = (pending.target() != null) ? pending.target() : "/";
		this.ended.add(request, pending.id(), EndedLogins.End.SIGNED_IN, request.getContextPath() + target);
		this.responses.to(request, response).done(account, pending.target());
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response, BindingQuestion question,
			LoginError obstacle) throws IOException {
		PendingBinding left = this.pendingBindings.tries().end(question.pending(), obstacle);
		if (left == null) {
			end(request, response, question.pending());
			return;
		}
		if (obstacle == LoginError.WRONG_PASSWORD) {
			this.pendingBindings.save(request, response, left);
		}
		this.responses.to(request, response)
			.question(this.decision.question(request, left, question.account()), obstacle);
	}

	private void end(HttpServletRequest request, HttpServletResponse response, PendingBinding pending)
			throws IOException {
		this.pendingBindings.remove(request, response);
		this.responses.error(request, response, LoginError.TOO_MANY_ATTEMPTS, pending.target());
	}

}
