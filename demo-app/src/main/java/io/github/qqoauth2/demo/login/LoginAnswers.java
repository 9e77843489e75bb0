package io.github.qqoauth2.demo.login;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.session.SessionInformationExpiredEvent;
import org.springframework.security.web.session.SessionInformationExpiredStrategy;
import org.springframework.security.web.session.SimpleRedirectSessionInformationExpiredStrategy;
import org.springframework.stereotype.Component;

import io.github.qqoauth2.demo.spa.SpaAnswers;
import io.github.qqoauth2.demo.spa.SpaRequest;

/**
 * How a login by password fails and a session ends: a redirect for the pages, JSON for
 * the single page.
 */
@Component
final class LoginAnswers implements AuthenticationFailureHandler, SessionInformationExpiredStrategy {

	private final AuthenticationFailureHandler pages = new PasswordFailureHandler();

	private final SessionInformationExpiredStrategy endedPage = new SimpleRedirectSessionInformationExpiredStrategy(
			"/login?ended");

	private final SpaAnswers answers;

	LoginAnswers(SpaAnswers answers) {
		this.answers = answers;
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException, ServletException {
		if (!SpaRequest.is(request)) {
			this.pages.onAuthenticationFailure(request, response, failure);
			return;
		}
		boolean status = failure instanceof AccountStatusException;
		this.answers.problem(request, response, status ? HttpStatus.FORBIDDEN : HttpStatus.UNAUTHORIZED,
				status ? "account-status" : "credentials", status ? "login.error.status" : "login.error.credentials");
	}

	@Override
	public void onExpiredSessionDetected(SessionInformationExpiredEvent event) throws IOException, ServletException {
		if (!SpaRequest.is(event.getRequest())) {
			this.endedPage.onExpiredSessionDetected(event);
			return;
		}
		this.answers.problem(event.getRequest(), event.getResponse(), HttpStatus.UNAUTHORIZED, "login-required",
				"login.ended");
	}

}
