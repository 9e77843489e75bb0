package io.github.qqoauth2.boot3;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;
import org.springframework.security.core.SpringSecurityCoreVersion;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That the other tests of this module run where they say.
 */
class ClassPathTests {

	@Test
	void versionsWhenRunHereThenAreOfSpringBoot3() {
		assertThat(SpringBootVersion.getVersion()).startsWith("3.5.")
			.isEqualTo(System.getProperty("spring-boot-3.version"));
		assertThat(SpringSecurityCoreVersion.getVersion()).startsWith("6.5.");
		assertThat(SpringVersion.getVersion()).startsWith("6.2.");
	}

	@Test
	void starterWhenRunHereThenIsTheFinishedJar() {
		assertThat(StarterJar.path()).isRegularFile().hasExtension("jar");
	}

	@Test
	void annotationsWhenRunHereThenAreAbsentAsInApplications() {
		assertThat(ClassUtils.isPresent("org.jspecify.annotations.Nullable", getClass().getClassLoader())).isFalse();
	}

}
