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
 * Checks the password that the signed-in user has entered again, before an operation that
 * an unattended session must not allow. The chain's {@code AuthenticationManager} checks
 * it, so that the application's limits and events apply.
 */
final class AccountPassword {

	private static final Log logger = LogFactory.getLog(AccountPassword.class);

	private final WebAuthenticationDetailsSource details = new WebAuthenticationDetailsSource();

	private final AuthenticationManager authenticationManager;

	AccountPassword(AuthenticationManager authenticationManager) {
		this.authenticationManager = authenticationManager;
	}

	boolean isPresent(HttpServletRequest request) {
		String password = request.getParameter("password");
		return password != null && !password.isEmpty();
	}

	/**
	 * Checks the password.
	 * @return the error, or {@code null} if the password is correct
	 */
	@Nullable LoginError check(HttpServletRequest request, Authentication account) {
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken
			.unauthenticated(account.getName(), request.getParameter("password"));
		token.setDetails(this.details.buildDetails(request));
		try {
			Authentication authenticated = this.authenticationManager.authenticate(token);
			return authenticated.getName().equals(account.getName()) ? null : LoginError.WRONG_PASSWORD;
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
