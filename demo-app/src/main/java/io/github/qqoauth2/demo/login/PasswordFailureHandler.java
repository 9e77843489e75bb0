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
 * After a failed login by password: back to the login page, which says why.
 */
final class PasswordFailureHandler implements AuthenticationFailureHandler {

	private final RedirectStrategy redirects = new DefaultRedirectStrategy();

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException {
		String reason = (failure instanceof AccountStatusException) ? "status" : "credentials";
		UriComponentsBuilder url = UriComponentsBuilder.fromPath("/login").queryParam("error", reason);
		String next = NextPage.asked(request);
		if (next != null) {
			url.queryParam(NextPage.PARAMETER, next);
		}
		this.redirects.sendRedirect(request, response, url.toUriString());
	}

}
