package io.github.qqoauth2.bind;

import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ObservationAuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;

/**
 * Finds out whether the accounts of a chain have passwords.
 */
final class PasswordSupport {

	private PasswordSupport() {
	}

	/**
	 * Returns whether accounts have passwords, as the application has configured it, or
	 * else as the chain's authentication manager shows.
	 */
	static boolean isPresent(@Nullable Boolean configured, AuthenticationManager manager) {
		return (configured != null) ? configured : isPresent(manager);
	}

	/**
	 * Returns whether an authentication manager checks passwords. One that cannot be
	 * looked into counts as one that does.
	 */
	private static boolean isPresent(@Nullable AuthenticationManager manager) {
		if (manager instanceof ProviderManager providers) {
			AuthenticationManager parent = SpringSecurityAccess.delegate(manager);
			return providers.getProviders()
				.stream()
				.anyMatch((provider) -> provider.supports(UsernamePasswordAuthenticationToken.class))
					|| (parent != null && isPresent(parent));
		}
		return !(manager instanceof ObservationAuthenticationManager)
				|| isPresent(SpringSecurityAccess.delegate(manager));
	}

}
