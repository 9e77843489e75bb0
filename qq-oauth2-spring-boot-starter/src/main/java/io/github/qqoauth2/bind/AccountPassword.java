package io.github.qqoauth2.bind;

import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;

/**
 * The password of whoever is signed in, asked for again before something that a session
 * left open must not do. It goes through the chain's authentication manager, so that the
 * application's limits and events hold.
 */
final class AccountPassword {

	private final WebAuthenticationDetailsSource details = new WebAuthenticationDetailsSource();

	private @Nullable AuthenticationManager authenticationManager;

	void setAuthenticationManager(AuthenticationManager authenticationManager) {
		this.authenticationManager = authenticationManager;
	}

	boolean came(HttpServletRequest request) {
		String password = request.getParameter("password");
		return password != null && !password.isEmpty();
	}

	boolean holds(HttpServletRequest request, Authentication account) {
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken
			.unauthenticated(account.getName(), request.getParameter("password"));
		token.setDetails(this.details.buildDetails(request));
		try {
			Authentication proof = Objects.requireNonNull(this.authenticationManager).authenticate(token);
			return proof.getName().equals(account.getName());
		}
		catch (AuthenticationException ex) {
			return false;
		}
	}

}
