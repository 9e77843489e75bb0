package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Answers a state that ended in this session before, without asking QQ: the visitor
 * reloaded the callback or went back to it.
 */
final class RepeatedCallback {

	private final EndedLogins ended;

	private final PendingBindingRepository pendings;

	private final SignedIn signedIn;

	private final Answers answers;

	private final QqFailureHandler failures;

	RepeatedCallback(EndedLogins ended, PendingBindingRepository pendings, SignedIn signedIn, Answers answers,
			QqFailureHandler failures) {
		this.ended = ended;
		this.pendings = pendings;
		this.signedIn = signedIn;
		this.answers = answers;
		this.failures = failures;
	}

	/**
	 * Answers a callback that brings the session's present id. One in parallel with the
	 * login brings the id from before, and gets no answer that belongs to the login.
	 * @return whether it was answered; {@code false} if its state did not end in this
	 * session
	 */
	boolean answer(HttpServletRequest request, HttpServletResponse response, @Nullable String state)
			throws IOException, ServletException {
		HttpSession session = request.getSession(false);
		boolean current = session != null && session.getId().equals(request.getRequestedSessionId());
		EndedLogins.Ended end = (current && state != null) ? this.ended.find(request, state) : null;
		if (end == null) {
			return false;
		}
		if (end.end() == EndedLogins.End.FAILED) {
			LoginErrorRepository.Shown shown = LoginErrorRepository.Shown.read(end.detail());
			if (shown != null) {
				this.failures.repeat(request, response, shown);
			}
			return shown != null;
		}
		return isLed(request, response, end);
	}

	private boolean isLed(HttpServletRequest request, HttpServletResponse response, EndedLogins.Ended end)
			throws IOException {
		PendingBinding pending = this.pendings.load(request);
		if (end.end() == EndedLogins.End.BINDING_REQUIRED && pending != null) {
			this.answers.to(request, response).bindingRequired(pending);
			return true;
		}
		Authentication account = this.signedIn.get();
		if (account == null) {
			return false;
		}
		Answer answer = this.answers.to(request, response);
		switch (end.end()) {
			case CONFIRMATION_REQUIRED -> answer.toAccount(account);
			case SAME_ACCOUNT -> answer.done(account, end.detail().isEmpty() ? null : end.detail());
			default ->
				answer.repeated(account, end.detail().isEmpty() ? this.ended.latestTarget(request) : end.detail());
		}
		return true;
	}

}
