package io.github.qqoauth2.boot3;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;
import org.springframework.security.core.SpringSecurityCoreVersion;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that this module runs on Spring Boot 3 with the packaged jar.
 */
class ClassPathTests {

	@Test
	void versionsWhenReadThenAreOfSpringBoot3() {
		assertThat(SpringBootVersion.getVersion()).startsWith("3.5.")
			.isEqualTo(System.getProperty("spring-boot-3.version"));
		assertThat(SpringSecurityCoreVersion.getVersion()).startsWith("6.5.");
		assertThat(SpringVersion.getVersion()).startsWith("6.2.");
	}

	@Test
	void starterWhenLocatedThenIsPackagedJar() {
		assertThat(StarterJar.path()).isRegularFile().hasExtension("jar");
	}

	@Test
	void annotationsWhenLoadedThenAreAbsent() {
		assertThat(ClassUtils.isPresent("org.jspecify.annotations.Nullable", getClass().getClassLoader())).isFalse();
	}

}
