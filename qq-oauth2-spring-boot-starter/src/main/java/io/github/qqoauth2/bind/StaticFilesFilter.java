package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves the style sheet of the starter's pages and the script of the login component.
 * Runs before the CSRF check, which may set a cookie: caches may keep these responses.
 */
final class StaticFilesFilter extends OncePerRequestFilter {

	private final StaticFile styleSheet;

	private final LoginComponent component;

	StaticFilesFilter(QqLogin qq, ClientRegistrationRepository registrations, AuthorizationStart start) {
		this.styleSheet = qq.page().styleSheet();
		this.component = new LoginComponent(registrations.findByRegistrationId(LoginPaths.REGISTRATION_ID),
				start.path(null), qq.settings().pendingTimeout());
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (!this.styleSheet.answer(request, response) && !this.component.answer(request, response)) {
			chain.doFilter(request, response);
		}
	}

}
