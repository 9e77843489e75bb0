package io.github.qqoauth2.readme;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the tables of problems match the codes and statuses of the OpenAPI document.
 */
class ProblemCodesTests {

	private static final Pattern ROW = Pattern.compile("\\| ((?:`[a-z-]+`(?:, |、)?)+) \\| (\\d{3}) \\| .+ \\|");

	private static final Pattern CODE = Pattern.compile("`([a-z-]+)`");

	@ParameterizedTest
	@ValueSource(strings = { "front-ends.md", "front-ends.zh-CN.md" })
	void tableWhenReadThenMatchesOpenApiDocument(String document) throws IOException {
		Map<String, Integer> table = table(document);
		Set<Object> codes = new HashSet<>((List<?>) schema("Problem", "code", "enum"));
		codes.add(schema("BindingRequired", "code", "const"));
		assertThat(table.keySet()).isEqualTo(codes);
		assertThat(new HashSet<Object>(table.values()))
			.isEqualTo(new HashSet<>((List<?>) schema("Problem", "status", "enum")));
		assertThat(table).containsEntry("binding-required", (Integer) schema("BindingRequired", "status", "const"));
	}

	/**
	 * The OpenAPI document does not assign statuses to codes.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "front-ends.md", "front-ends.zh-CN.md" })
	void tableWhenReadThenMatchesStatusesOfCatalogue(String document) throws Exception {
		Map<String, Integer> catalogue = new TreeMap<>();
		for (Object error : Class.forName("io.github.qqoauth2.bind.LoginError").getEnumConstants()) {
			catalogue.put(value(error, "code").toString(), (Integer) value(error, "problemStatus"));
		}
		assertThat(catalogue).containsAllEntriesOf(table(document));
	}

	private static Map<String, Integer> table(String document) {
		Map<String, Integer> table = new TreeMap<>();
		Document.read(Path.of("docs", document))
			.prose()
			.stream()
			.map(ROW::matcher)
			.filter(Matcher::matches)
			.forEach((row) -> CODE.matcher(row.group(1))
				.results()
				.map((code) -> code.group(1))
				.forEach((code) -> assertThat(table.put(code, Integer.valueOf(row.group(2))))
					.as("duplicate code: " + code)
					.isNull()));
		return table;
	}

	private static Object schema(String name, String property, String key) throws IOException {
		Object node = new Yaml().load(Files.readString(Document.TOP.resolve("docs/openapi.yaml")));
		for (String step : List.of("components", "schemas", name, "properties", property, key)) {
			node = Objects.requireNonNull(((Map<?, ?>) node).get(step), step);
		}
		return node;
	}

	private static Object value(Object error, String accessor) throws Exception {
		Method method = error.getClass().getDeclaredMethod(accessor);
		method.setAccessible(true);
		return Objects.requireNonNull(method.invoke(error));
	}

}
