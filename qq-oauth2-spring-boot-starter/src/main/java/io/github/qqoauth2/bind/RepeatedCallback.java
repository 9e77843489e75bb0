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
			case BINDING_REQUIRED -> lead(request, response, account, this.ended.latestTarget(request));
			default -> lead(request, response, account, end.detail().isEmpty() ? null : end.detail());
		}
		return true;
	}

	/**
	 * Leads a signed-in user where a login led.
	 * @param location where it led, or {@code null} if it was answered without a redirect
	 */
	private void lead(HttpServletRequest request, HttpServletResponse response, Authentication account,
			@Nullable String location) throws IOException, ServletException {
		if (location != null && !ApiRequest.isWanted(request)) {
			response.sendRedirect(location);
		}
		else {
			this.successes.repeat(request, response, account);
		}
	}

}
