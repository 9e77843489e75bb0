package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Continues a request whose parameters the container cannot read without them, so that
 * the starter answers it as one that lacks them. Containers throw an exception for a
 * malformed percent-encoding or a multipart body without boundary, and Spring Security
 * answers it with a 500 at the start of a login.
 */
final class UnreadableParametersFilter extends OncePerRequestFilter {

	private final RequestMatcher addresses;

	UnreadableParametersFilter(RequestMatcher addresses) {
		this.addresses = addresses;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !this.addresses.matches(request);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
			throws ServletException, IOException {
		filters.doFilter(hasReadableParameters(request) ? request : new ParameterRequest(request, Map.of()), response);
	}

	private static boolean hasReadableParameters(HttpServletRequest request) {
		try {
			request.getParameterMap();
			return true;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}
