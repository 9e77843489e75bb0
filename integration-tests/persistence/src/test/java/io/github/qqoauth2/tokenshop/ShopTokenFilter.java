package io.github.qqoauth2.tokenshop;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates requests with the application's own token.
 */
class ShopTokenFilter extends OncePerRequestFilter {

	private final ShopTokens tokens;

	private final ShopUserDetailsService users;

	ShopTokenFilter(ShopTokens tokens, ShopUserDetailsService users) {
		this.tokens = tokens;
		this.users = users;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
			throws ServletException, IOException {
		String header = request.getHeader("Authorization");
		String username = (header != null && header.startsWith("Bearer "))
				? this.tokens.username(header.substring("Bearer ".length())) : null;
		if (username != null) {
			UserDetails user = this.users.loadUserByUsername(username);
			SecurityContextHolder.getContext()
				.setAuthentication(
						UsernamePasswordAuthenticationToken.authenticated(user, null, user.getAuthorities()));
		}
		filters.doFilter(request, response);
	}

}
