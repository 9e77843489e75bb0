package io.github.qqoauth2.bind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

class ApiDocumentTests {

	/**
	 * The errors that only pages report. Front ends get FORBIDDEN instead of
	 * FORM_REFUSED.
	 */
	private static final List<LoginError> PAGE_ERRORS = List.of(LoginError.FORM_REFUSED);

	private static Object at(String... names) throws IOException {
		Object node = new Yaml().load(Files.readString(Path.of("../docs/openapi.yaml")));
		for (String name : names) {
			node = Objects.requireNonNull(((Map<?, ?>) node).get(name), name);
		}
		return node;
	}

	private static List<LoginError> frontEndErrors() {
		return Arrays.stream(LoginError.values()).filter((error) -> !PAGE_ERRORS.contains(error)).toList();
	}

	@Test
	void codesWhenDocumentedThenEqualToErrorCodes() throws IOException {
		List<String> codes = frontEndErrors().stream()
			.filter((error) -> error != LoginError.BINDING_REQUIRED)
			.map(LoginError::code)
			.distinct()
			.sorted()
			.toList();
		assertThat(at("components", "schemas", "Problem", "properties", "code", "enum")).isEqualTo(codes);
		assertThat(at("components", "schemas", "BindingRequired", "properties", "code", "const"))
			.isEqualTo(LoginError.BINDING_REQUIRED.code());
	}

	@Test
	void statusesWhenDocumentedThenEqualToErrorStatuses() throws IOException {
		assertThat(at("components", "schemas", "Problem", "properties", "status", "enum"))
			.isEqualTo(frontEndErrors().stream().map(LoginError::problemStatus).distinct().sorted().toList());
		assertThat(at("components", "schemas", "BindingRequired", "properties", "status", "const"))
			.isEqualTo(LoginError.BINDING_REQUIRED.problemStatus());
	}

}
