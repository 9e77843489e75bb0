package io.github.qqoauth2.ruoyilike;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates requests with the application's token.
 */
@Component
class JwtAuthenticationFilter extends OncePerRequestFilter {

	private final TokenService tokens;

	JwtAuthenticationFilter(TokenService tokens) {
		this.tokens = tokens;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
			throws ServletException, IOException {
		String header = request.getHeader("Authorization");
		LoginUser user = (header != null && header.startsWith("Bearer "))
				? this.tokens.find(header.substring("Bearer ".length())) : null;
		if (user != null && SecurityContextHolder.getContext().getAuthentication() == null) {
			SecurityContextHolder.getContext()
				.setAuthentication(
						UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities()));
		}
		filters.doFilter(request, response);
	}

}
