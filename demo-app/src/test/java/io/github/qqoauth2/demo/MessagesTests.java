package io.github.qqoauth2.demo;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Both languages say the same things, and the templates say nothing else.
 */
class MessagesTests {

	private static final Pattern KEY = Pattern.compile("#\\{([a-z0-9.-]+)");

	@Test
	void messagesWhenComparedThenHaveTheSameKeys() throws IOException {
		assertThat(load("/messages_zh.properties").stringPropertyNames())
			.isEqualTo(load("/messages.properties").stringPropertyNames());
	}

	@Test
	void templatesWhenTheyNameMessagesThenTheseExist() throws IOException {
		Set<String> keys = new TreeSet<>();
		try (Stream<Path> templates = Files.list(Path.of("src", "main", "resources", "templates"))) {
			for (Path template : templates.toList()) {
				Matcher matcher = KEY.matcher(Files.readString(template));
				while (matcher.find()) {
					keys.add(matcher.group(1));
				}
			}
		}
		assertThat(keys).hasSizeGreaterThan(40);
		assertThat(load("/messages.properties").stringPropertyNames()).containsAll(keys);
	}

	private static Properties load(String name) throws IOException {
		Properties messages = new Properties();
		try (Reader reader = new InputStreamReader(MessagesTests.class.getResourceAsStream(name),
				StandardCharsets.UTF_8)) {
			messages.load(reader);
		}
		return messages;
	}

}
