package io.github.qqoauth2.demo.login;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

import io.github.qqoauth2.demo.spa.SpaRequest;
import io.github.qqoauth2.demo.spa.SpaResponseWriter;

/**
 * Redirects after a password login to the saved request, else to the page named by the
 * parameter {@code next}, else to the home page. The single-page app navigates on its own
 * and gets an empty JSON object.
 */
final class NextPageSuccessHandler extends SavedRequestAwareAuthenticationSuccessHandler {

	private final SpaResponseWriter responses;

	NextPageSuccessHandler(SpaResponseWriter responses) {
		this.responses = responses;
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws ServletException, IOException {
		if (SpaRequest.matches(request)) {
			this.responses.write(response, Map.of());
			return;
		}
		super.onAuthenticationSuccess(request, response, authentication);
	}

	@Override
	protected String determineTargetUrl(HttpServletRequest request, HttpServletResponse response) {
		String next = NextPage.requested(request);
		return (next != null) ? next : super.determineTargetUrl(request, response);
	}

}
