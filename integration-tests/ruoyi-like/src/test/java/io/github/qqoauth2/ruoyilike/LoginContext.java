package io.github.qqoauth2.ruoyilike;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * The login in progress on this thread.
 */
final class LoginContext {

	private static final ThreadLocal<@Nullable Authentication> current = new ThreadLocal<>();

	private LoginContext() {
	}

	static void set(Authentication login) {
		current.set(login);
	}

	static void clear() {
		current.remove();
	}

	/**
	 * Returns the password of the login in progress.
	 * @throws NullPointerException if there is none
	 */
	static String password() {
		Authentication login = Objects.requireNonNull(current.get());
		return String.valueOf(login.getCredentials());
	}

}
