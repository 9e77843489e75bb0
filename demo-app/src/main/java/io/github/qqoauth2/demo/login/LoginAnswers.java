package io.github.qqoauth2.demo.login;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.session.SessionInformationExpiredEvent;
import org.springframework.security.web.session.SessionInformationExpiredStrategy;
import org.springframework.security.web.session.SimpleRedirectSessionInformationExpiredStrategy;
import org.springframework.stereotype.Component;

import io.github.qqoauth2.demo.spa.SpaAnswers;
import io.github.qqoauth2.demo.spa.SpaRequest;

/**
 * That somebody has to sign in, how a login by password fails, how a session ends: a
 * redirect for the pages, JSON for the single page.
 */
@Component
final class LoginAnswers
		implements AuthenticationEntryPoint, AuthenticationFailureHandler, SessionInformationExpiredStrategy {

	private final AuthenticationEntryPoint loginPage = new LoginUrlAuthenticationEntryPoint("/login");

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
		loginRequired(event.getRequest(), event.getResponse());
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
			throws IOException, ServletException {
		if (!SpaRequest.is(request)) {
			this.loginPage.commence(request, response, why);
			return;
		}
		loginRequired(request, response);
	}

	private void loginRequired(HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.answers.problem(request, response, HttpStatus.UNAUTHORIZED, "login-required", "login.ended");
	}

}
