package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
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

	private static final Log logger = LogFactory.getLog(AccountPassword.class);

	private final WebAuthenticationDetailsSource details = new WebAuthenticationDetailsSource();

	private final AuthenticationManager authenticationManager;

	AccountPassword(AuthenticationManager authenticationManager) {
		this.authenticationManager = authenticationManager;
	}

	boolean came(HttpServletRequest request) {
		String password = request.getParameter("password");
		return password != null && !password.isEmpty();
	}

	/**
	 * Checks it.
	 * @return why it is not proved, or {@code null} where it is
	 */
	@Nullable LoginError check(HttpServletRequest request, Authentication account) {
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken
			.unauthenticated(account.getName(), request.getParameter("password"));
		token.setDetails(this.details.buildDetails(request));
		try {
			Authentication proof = this.authenticationManager.authenticate(token);
			return proof.getName().equals(account.getName()) ? null : LoginError.WRONG_PASSWORD;
		}
		catch (AccountStatusException ex) {
			return LoginError.ACCOUNT_STATUS;
		}
		catch (InternalAuthenticationServiceException ex) {
			logger.warn("The password of account '" + account.getName() + "' could not be checked", ex);
			return LoginError.INTERNAL;
		}
		catch (AuthenticationException ex) {
			return LoginError.WRONG_PASSWORD;
		}
	}

}
