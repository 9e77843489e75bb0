package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Answers a callback whose state has already ended in this session, without calling QQ:
 * the visitor reloaded the callback or went back to it.
 */
final class RepeatedCallback {

	private final EndedLogins ended;

	private final PendingBindingRepository pendingBindings;

	private final CurrentAuthentication currentAuthentication;

	private final LoginResponses responses;

	private final QqAuthenticationSuccessHandler successes;

	private final QqAuthenticationFailureHandler failures;

	RepeatedCallback(EndedLogins ended, PendingBindingRepository pendingBindings,
			CurrentAuthentication currentAuthentication, LoginResponses responses,
			QqAuthenticationSuccessHandler successes, QqAuthenticationFailureHandler failures) {
		this.ended = ended;
		this.pendingBindings = pendingBindings;
		this.currentAuthentication = currentAuthentication;
		this.responses = responses;
		this.successes = successes;
		this.failures = failures;
	}

	/**
	 * Answers a callback with the session's current id. A callback concurrent with the
	 * login has the id from before it, and gets no response that belongs to the login.
	 * @return {@code false} if there is no answer, because the state did not end in this
	 * session or its result no longer applies
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
		return repeat(request, response, end);
	}

	private boolean repeat(HttpServletRequest request, HttpServletResponse response, EndedLogins.Ended end)
			throws IOException, ServletException {
		PendingBinding pending = this.pendingBindings.load(request);
		LoginResponse loginResponse = this.responses.to(request, response);
		if (end.end() == EndedLogins.End.BINDING_REQUIRED && pending != null) {
			loginResponse.bindingRequired(pending);
			return true;
		}
		Authentication account = this.currentAuthentication.get();
		if (account == null) {
			return false;
		}
		switch (end.end()) {
			case CONFIRMATION_REQUIRED -> loginResponse.toAccount(account);
			case SAME_ACCOUNT -> loginResponse.done(account, end.detail().isEmpty() ? null : end.detail());
			case BINDING_REQUIRED -> redirect(request, response, account, this.ended.latestTarget(request));
			default -> redirect(request, response, account, end.detail().isEmpty() ? null : end.detail());
		}
		return true;
	}

	/**
	 * Redirects a signed-in user to the target of a login.
	 * @param location the target, or {@code null} if the login was answered without a
	 * redirect
	 */
	private void redirect(HttpServletRequest request, HttpServletResponse response, Authentication account,
			@Nullable String location) throws IOException, ServletException {
		if (location != null && !ApiRequest.matches(request)) {
			response.sendRedirect(location);
		}
		else {
			this.successes.repeat(request, response, account);
		}
	}

}
