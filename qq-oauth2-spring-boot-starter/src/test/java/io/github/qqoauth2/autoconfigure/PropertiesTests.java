package io.github.qqoauth2.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.DefaultValue;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the metadata has exactly the expected properties, and that defaults and
 * READMEs agree with it.
 */
class PropertiesTests {

	private static Map<String, Map<String, Object>> metadata() throws Exception {
		try (InputStream stream = Objects.requireNonNull(
				QqOAuth2Properties.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json"))) {
			Map<String, Object> json = JSONObjectUtils.parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
			Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
			for (Map<String, Object> property : Objects
				.requireNonNull(JSONObjectUtils.getJSONObjectArray(json, "properties"))) {
				properties.put(String.valueOf(property.get("name")), property);
			}
			return properties;
		}
	}

	@Test
	void metadataWhenGeneratedThenExactlyListedProperties() throws Exception {
		assertThat(metadata().keySet()).containsExactlyInAnyOrder("qq.oauth2.app-id", "qq.oauth2.app-key",
				"qq.oauth2.redirect-uri", "qq.oauth2.base-uri", "qq.oauth2.bind-page", "qq.oauth2.pending-timeout",
				"qq.oauth2.profile-max-age", "qq.oauth2.union-id", "qq.oauth2.login-timeout",
				"qq.oauth2.max-concurrent-calls", "qq.oauth2.auto-register", "qq.oauth2.token-encryption-keys",
				"qq.oauth2.ticket-key", "qq.oauth2.account-passwords", "qq.oauth2.jdbc.initialize-schema");
	}

	@Test
	void metadataWhenGeneratedThenHasDescriptionsAndDefaults() throws Exception {
		Map<String, Map<String, Object>> metadata = metadata();
		metadata.forEach((name, property) -> assertThat(String.valueOf(property.get("description"))).as(name)
			.endsWith(".")
			.hasSizeGreaterThan(20));
		for (RecordComponent component : QqOAuth2Properties.class.getRecordComponents()) {
			DefaultValue value = Arrays.stream(QqOAuth2Properties.class.getDeclaredConstructors()[0].getParameters())
				.filter((parameter) -> parameter.getName().equals(component.getName()))
				.findFirst()
				.orElseThrow()
				.getAnnotation(DefaultValue.class);
			String name = "qq.oauth2." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			if (value != null && value.value().length == 1) {
				assertThat(String.valueOf(Objects.requireNonNull(metadata.get(name)).get("defaultValue"))).as(name)
					.isEqualTo(value.value()[0]);
			}
		}
	}

	@Test
	void readmesWhenReadThenTablesMatchMetadata() throws Exception {
		Map<String, Map<String, Object>> metadata = metadata();
		for (String readme : List.of("README.md", "README.zh-CN.md")) {
			Map<String, String> table = table(readme);
			assertThat(table.keySet()).as(readme).isEqualTo(metadata.keySet());
			table.forEach((name, value) -> {
				Object expected = Objects.requireNonNull(metadata.get(name)).get("defaultValue");
				assertThat(value).as(readme + " " + name).isEqualTo((expected != null) ? expected.toString() : "");
			});
		}
	}

	private static Map<String, String> table(String readme) throws IOException {
		return Files.readAllLines(Path.of("..", readme))
			.stream()
			.filter((line) -> line.startsWith("| `qq.oauth2."))
			.map((line) -> line.split("\\|"))
			.collect(Collectors.toMap((cells) -> cells[1].strip().replace("`", ""),
					(cells) -> cells[2].strip().replace("`", ""), (first, second) -> first, LinkedHashMap::new));
	}

}
