package io.github.qqoauth2.boot40;

import java.net.URISyntaxException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootVersion;
import org.springframework.core.SpringVersion;
import org.springframework.security.core.SpringSecurityCoreVersion;

import io.github.qqoauth2.autoconfigure.QqOAuth2AutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that this module runs on Spring Boot 4.0 with the packaged jar.
 */
class ClassPathTests {

	@Test
	void versionsWhenReadThenAreOfSpringBoot40() {
		assertThat(SpringBootVersion.getVersion()).startsWith("4.0.")
			.isEqualTo(System.getProperty("spring-boot-4.0.version"));
		assertThat(SpringSecurityCoreVersion.getVersion()).startsWith("7.0.");
		assertThat(SpringVersion.getVersion()).startsWith("7.0.");
	}

	@Test
	void starterWhenLocatedThenIsPackagedJar() throws URISyntaxException {
		assertThat(Path.of(QqOAuth2AutoConfiguration.class.getProtectionDomain().getCodeSource().getLocation().toURI()))
			.isRegularFile()
			.hasExtension("jar");
	}

}
