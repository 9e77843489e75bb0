package io.github.qqoauth2.bind;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.util.function.SingletonSupplier;

/**
 * Decides which error a failed login by password shows. Authentication providers check
 * the status of an account before the password. The status is shown only if the password
 * is right; otherwise a form would reveal it, and with it that the account exists.
 */
final class PasswordFailure {

	private final BoundAccounts accounts;

	private final PasswordEncoder encoder;

	private final Supplier<String> otherPassword;

	PasswordFailure(BoundAccounts accounts, PasswordEncoder encoder) {
		this.accounts = accounts;
		this.encoder = encoder;
		this.otherPassword = SingletonSupplier.of(() -> encoder.encode("password of no account"));
	}

	/**
	 * Returns the failure of an authentication manager that could not check a password.
	 * Unlike {@code InternalAuthenticationServiceException}, the filters of Spring
	 * Security do not log it, since the failure handler does.
	 */
	static AuthenticationServiceException notChecked(AuthenticationServiceException cause) {
		return new AuthenticationServiceException(
				"A password could not be checked. If the AuthenticationManager of the chain works only within the "
						+ "site's own login, set one that does not with http.authenticationManager(..)",
				cause);
	}

	/**
	 * Returns the error. The password is encoded once more for every failure, so that the
	 * time does not reveal it either.
	 */
	LoginError error(AuthenticationException failure, String username, @Nullable String password) {
		boolean right = isRight(username, (password != null) ? password : "");
		return (right && failure instanceof AccountStatusException) ? LoginError.ACCOUNT_STATUS
				: LoginError.WRONG_PASSWORD;
	}

	/**
	 * Returns whether the password is right, as far as the loader and the encoder know.
	 */
	private boolean isRight(String username, String password) {
		try {
			String encoded = this.accounts.encodedPassword(username);
			boolean matches = this.encoder.matches(password, (encoded != null) ? encoded : this.otherPassword.get());
			return encoded != null && matches;
		}
		catch (RuntimeException ex) {
			return false;
		}
	}

}
