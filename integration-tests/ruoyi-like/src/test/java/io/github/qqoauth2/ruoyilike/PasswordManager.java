package io.github.qqoauth2.ruoyilike;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.Authentication;

/**
 * Checks a password outside the application's login, with the same limits.
 */
class PasswordManager implements AuthenticationManager {

	private final AuthenticationManager manager;

	PasswordManager(AuthenticationManager manager) {
		this.manager = manager;
	}

	@Override
	public Authentication authenticate(Authentication login) {
		LoginContext.set(login);
		try {
			return this.manager.authenticate(login);
		}
		catch (InternalAuthenticationServiceException ex) {
			if (!(ex.getCause() instanceof ServiceException refusal)) {
				throw ex;
			}
			throw (refusal.code() == ServiceException.DISABLED) ? new DisabledException(refusal.getMessage(), ex)
					: new BadCredentialsException(refusal.getMessage(), ex);
		}
		finally {
			LoginContext.clear();
		}
	}

}
