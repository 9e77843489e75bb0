package io.github.qqoauth2.demo.login;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/**
 * After a login by password: to the saved request, else to the next page that the login
 * page was asked for, else home.
 */
final class NextPageSuccessHandler extends SavedRequestAwareAuthenticationSuccessHandler {

	@Override
	protected String determineTargetUrl(HttpServletRequest request, HttpServletResponse response) {
		String next = NextPage.asked(request);
		return (next != null) ? next : super.determineTargetUrl(request, response);
	}

}
