package io.github.qqoauth2.boot3;

import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.springframework.aot.hint.FieldHint;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the runtime hints for native images.
 */
class RuntimeHintsTests {

	@Test
	void hintsWhenRegisteredThenIncludeReflectedFields() {
		RuntimeHints hints = new RuntimeHints();
		ClassLoader loader = getClass().getClassLoader();
		SpringFactoriesLoader.forResourceLocation("META-INF/spring/aot.factories", loader)
			.load(RuntimeHintsRegistrar.class)
			.stream()
			.filter((registrar) -> registrar.getClass().getName().startsWith("io.github.qqoauth2."))
			.forEach((registrar) -> registrar.registerHints(hints, loader));
		assertThat(Objects.requireNonNull(hints.reflection().getTypeHint(AbstractAuthenticationProcessingFilter.class))
			.fields()).extracting(FieldHint::getName).contains("successHandler", "failureHandler");
	}

}
