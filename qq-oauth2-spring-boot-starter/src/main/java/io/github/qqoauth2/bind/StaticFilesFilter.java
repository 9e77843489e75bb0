package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves the style sheet of the starter's pages and the script of the login component.
 * Runs before the CSRF check, which may set a cookie: caches may keep these responses.
 */
final class StaticFilesFilter extends OncePerRequestFilter {

	private final StaticFile styleSheet;

	private final LoginComponent component;

	StaticFilesFilter(StaticFile styleSheet, LoginComponent component) {
		this.styleSheet = styleSheet;
		this.component = component;
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
