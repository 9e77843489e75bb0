package io.github.qqoauth2.demo.login;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Redirects to the login page with the reason of a failed password login.
 */
final class PasswordFailureHandler implements AuthenticationFailureHandler {

	private final RedirectStrategy redirectStrategy = new DefaultRedirectStrategy();

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		String reason = (failure instanceof AccountStatusException) ? "status" : "credentials";
		UriComponentsBuilder url = UriComponentsBuilder.fromPath("/login").queryParam("error", reason);
		String next = NextPage.requested(request);
		if (next != null) {
			url.queryParam(NextPage.PARAMETER, next);
		}
		this.redirectStrategy.sendRedirect(request, response, url.toUriString());
	}

}
