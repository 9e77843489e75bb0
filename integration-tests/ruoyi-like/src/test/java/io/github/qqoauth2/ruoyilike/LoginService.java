package io.github.qqoauth2.ruoyilike;

import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Service;

/**
 * The application's own login.
 */
@Service
class LoginService {

	private final AuthenticationManager authenticationManager;

	LoginService(AuthenticationManager authenticationManager) {
		this.authenticationManager = authenticationManager;
	}

	Authentication login(String username, String password) {
		Authentication login = UsernamePasswordAuthenticationToken.unauthenticated(username, password);
		LoginContext.set(login);
		try {
			return this.authenticationManager.authenticate(login);
		}
		catch (AuthenticationException ex) {
			throw (ex.getCause() instanceof ServiceException refusal) ? refusal : ex;
		}
		finally {
			LoginContext.clear();
		}
	}

}
