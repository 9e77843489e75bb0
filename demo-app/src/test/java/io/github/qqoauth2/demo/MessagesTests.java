package io.github.qqoauth2.demo;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.qqoauth2.account.QqAccountEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that both message bundles are complete.
 */
class MessagesTests {

	private static final Pattern KEY = Pattern.compile("#\\{([a-z0-9.-]+)");

	@Test
	void bundlesWhenComparedThenHaveSameKeys() throws IOException {
		assertThat(load("/messages_zh.properties").stringPropertyNames())
			.isEqualTo(load("/messages.properties").stringPropertyNames());
	}

	@Test
	void messageKeysWhenReferencedByTemplatesThenExist() throws IOException {
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

	@Test
	void messageKeysWhenBuiltAtRuntimeThenExist() throws IOException {
		Set<String> keys = new TreeSet<>();
		Arrays.stream(QqAccountEvent.Kind.values()).forEach((kind) -> keys.add("activity." + kind));
		for (String field : List.of("nickname", "mobile", "code", "password")) {
			for (String code : List.of("required", "too-long", "invalid")) {
				keys.add("qq.oauth2.register." + field + "." + code);
			}
		}
		keys.addAll(List.of("qq.oauth2.register.consent.consent", "notice.linked", "notice.unlinked", "notice.moved",
				"notice.moved-away"));
		for (String page : List.of("terms", "privacy")) {
			List.of(".title", ".1", ".2", ".3", ".4").forEach((part) -> keys.add(page + part));
		}
		for (String code : List.of("credentials", "account-status", "internal", "captcha")) {
			keys.add("bind.error." + code);
		}
		for (String code : List.of("credentials", "status", "captcha")) {
			keys.add("login.error." + code);
		}
		for (String status : List.of("400", "403", "404", "429", "500")) {
			keys.add("error." + status + ".title");
			keys.add("error." + status + ".text");
		}
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
