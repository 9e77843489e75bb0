package io.github.qqoauth2.bind;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoginMessagesTests {

	private final Properties english = read("messages.properties");

	private final Properties chinese = read("messages_zh.properties");

	private static Properties read(String name) {
		Properties messages = new Properties();
		try (Reader reader = new InputStreamReader(
				Objects.requireNonNull(LoginMessages.class.getResourceAsStream(name)), StandardCharsets.UTF_8)) {
			messages.load(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return messages;
	}

	@Test
	void bundlesWhenReadThenSameKeys() {
		assertThat(this.chinese.stringPropertyNames()).isEqualTo(this.english.stringPropertyNames()).isNotEmpty();
	}

	@ParameterizedTest
	@EnumSource
	void bundlesWhenReadThenHaveSentenceAndButtonOfError(LoginError error) {
		for (Properties bundle : List.of(this.english, this.chinese)) {
			assertThat(bundle.getProperty("qq.oauth2.error." + error.code())).isNotBlank();
			assertThat(bundle.getProperty("qq.oauth2.error." + error.button())).isNotBlank();
		}
	}

	/**
	 * Stored errors are read with this pattern.
	 */
	@ParameterizedTest
	@EnumSource
	void nameWhenStoredThenMatchesPattern(LoginError error) {
		assertThat(error.name()).matches("[A-Z_]+");
	}

}
