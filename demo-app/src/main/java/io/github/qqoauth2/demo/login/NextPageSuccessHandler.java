package io.github.qqoauth2.demo.login;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

import io.github.qqoauth2.demo.spa.SpaAnswers;
import io.github.qqoauth2.demo.spa.SpaRequest;

/**
 * After a login by password: to the saved request, else to the next page that the login
 * page was asked for, else home. The single page knows where to go.
 */
final class NextPageSuccessHandler extends SavedRequestAwareAuthenticationSuccessHandler {

	private final SpaAnswers answers;

	NextPageSuccessHandler(SpaAnswers answers) {
		this.answers = answers;
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws ServletException, IOException {
		if (SpaRequest.is(request)) {
			this.answers.write(response, Map.of());
			return;
		}
		super.onAuthenticationSuccess(request, response, authentication);
	}

	@Override
	protected String determineTargetUrl(HttpServletRequest request, HttpServletResponse response) {
		String next = NextPage.asked(request);
		return (next != null) ? next : super.determineTargetUrl(request, response);
	}

}
