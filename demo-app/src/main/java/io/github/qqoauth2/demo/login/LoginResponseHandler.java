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

import io.github.qqoauth2.demo.spa.SpaRequest;
import io.github.qqoauth2.demo.spa.SpaResponseWriter;

/**
 * Responds to unauthenticated requests, failed password logins and expired sessions: with
 * a redirect for pages, with JSON for the single-page app.
 */
@Component
final class LoginResponseHandler
		implements AuthenticationEntryPoint, AuthenticationFailureHandler, SessionInformationExpiredStrategy {

	private final AuthenticationEntryPoint loginPage = new LoginUrlAuthenticationEntryPoint("/login");

	private final AuthenticationFailureHandler failurePage = new PasswordFailureHandler();

	private final SessionInformationExpiredStrategy expiredPage = new SimpleRedirectSessionInformationExpiredStrategy(
			"/login?ended");

	private final SpaResponseWriter responses;

	LoginResponseHandler(SpaResponseWriter responses) {
		this.responses = responses;
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException, ServletException {
		if (!SpaRequest.matches(request)) {
			this.failurePage.onAuthenticationFailure(request, response, failure);
			return;
		}
		boolean status = failure instanceof AccountStatusException;
		this.responses.problem(request, response, status ? HttpStatus.FORBIDDEN : HttpStatus.UNAUTHORIZED,
				status ? "account-status" : "credentials", status ? "login.error.status" : "login.error.credentials");
	}

	@Override
	public void onExpiredSessionDetected(SessionInformationExpiredEvent event) throws IOException, ServletException {
		if (!SpaRequest.matches(event.getRequest())) {
			this.expiredPage.onExpiredSessionDetected(event);
			return;
		}
		loginRequired(event.getRequest(), event.getResponse());
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException, ServletException {
		if (!SpaRequest.matches(request)) {
			this.loginPage.commence(request, response, failure);
			return;
		}
		loginRequired(request, response);
	}

	private void loginRequired(HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.responses.problem(request, response, HttpStatus.UNAUTHORIZED, "login-required", "login.ended");
	}

}
