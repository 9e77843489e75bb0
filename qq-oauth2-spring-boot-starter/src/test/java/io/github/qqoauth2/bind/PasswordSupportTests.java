package io.github.qqoauth2.bind;

import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.AnonymousAuthenticationProvider;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.ObservationAuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.RememberMeAuthenticationProvider;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;

import static org.assertj.core.api.Assertions.assertThat;

class PasswordSupportTests {

	private static final AuthenticationProvider NONE = new AnonymousAuthenticationProvider("key");

	private static final AuthenticationProvider PASSWORD = new DaoAuthenticationProvider(
			new InMemoryUserDetailsManager());

	private static ProviderManager manager(AuthenticationProvider provider, @Nullable AuthenticationManager parent) {
		return new ProviderManager(List.of(provider, new RememberMeAuthenticationProvider("key")), parent);
	}

	private static boolean isPresent(AuthenticationManager manager) {
		return PasswordSupport.isPresent(null, manager);
	}

	@Test
	void isPresentWhenAProviderChecksPasswordsThenTrue() {
		assertThat(isPresent(manager(PASSWORD, null))).isTrue();
		assertThat(isPresent(manager(NONE, manager(PASSWORD, null)))).as("in the parent").isTrue();
	}

	@Test
	void isPresentWhenNoProviderChecksPasswordsThenFalse() {
		assertThat(isPresent(manager(NONE, null))).isFalse();
		assertThat(isPresent(manager(NONE, manager(NONE, null)))).isFalse();
	}

	@Test
	void isPresentWhenManagersAreObservedThenLooksIntoThem() {
		for (AuthenticationProvider provider : List.of(NONE, PASSWORD)) {
			AuthenticationManager parent = new ObservationAuthenticationManager(ObservationRegistry.NOOP,
					manager(provider, null));
			assertThat(isPresent(new ObservationAuthenticationManager(ObservationRegistry.NOOP, manager(NONE, parent))))
				.isEqualTo(provider == PASSWORD);
		}
	}

	@Test
	void isPresentWhenManagerIsTheApplicationsThenTrue() {
		assertThat(isPresent((authentication) -> authentication)).isTrue();
		assertThat(isPresent(manager(NONE, (authentication) -> authentication))).isTrue();
	}

	@Test
	void isPresentWhenConfiguredThenThat() {
		assertThat(PasswordSupport.isPresent(false, manager(PASSWORD, null))).isFalse();
		assertThat(PasswordSupport.isPresent(true, manager(NONE, null))).isTrue();
	}

}
