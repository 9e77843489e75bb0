package io.github.qqoauth2.demo.spa;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class LoginKeysEnvironmentPostProcessorTests {

	@TempDir
	Path folder;

	private MockEnvironment start(String... properties) {
		MockEnvironment environment = new MockEnvironment().withProperty("onepage.data-dir",
				this.folder.resolve("data").toString());
		for (int i = 0; i < properties.length; i += 2) {
			environment.setProperty(properties[i], properties[i + 1]);
		}
		new LoginKeysEnvironmentPostProcessor().postProcessEnvironment(environment, new SpringApplication());
		return environment;
	}

	@Test
	void keysWhenFirstStartThenGeneratedAndStored() {
		MockEnvironment first = start();
		MockEnvironment second = start();
		for (String name : new String[] { "qq.oauth2.ticket-key", "onepage.token-key" }) {
			assertThat(Base64.getDecoder().decode(first.getRequiredProperty(name))).hasSize(32);
			assertThat(second.getProperty(name)).isEqualTo(first.getProperty(name));
		}
		assertThat(first.getProperty("qq.oauth2.ticket-key")).isNotEqualTo(first.getProperty("onepage.token-key"));
	}

	@Test
	void keysWhenSetInEnvironmentThenTakePrecedence() {
		start();
		assertThat(start("onepage.token-key", "configured").getProperty("onepage.token-key")).isEqualTo("configured");
	}

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "no POSIX permissions there")
	void fileWhenWrittenThenReadableByOwnerOnly() throws IOException {
		start();
		Path file = this.folder.resolve("data").resolve("login-keys.properties");
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		assertThat(this.folder.resolve("data").toFile().list()).containsExactly("login-keys.properties");
	}

}
