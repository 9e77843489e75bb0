package io.github.qqoauth2.readme;

import java.io.IOException;
import java.io.Reader;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the tables of QQ's error numbers match the starter's catalogue.
 */
class ErrorNumbersTests {

	@Test
	void tableWhenReadThenMatchesCatalogue() throws Exception {
		Map<String, String> remedies = Map.of("VISITOR", "visitor", "OPERATOR", "operator", "LATER", "later");
		assertThat(table("qq-errors.md")).isEqualTo(catalogue("english", remedies));
	}

	@Test
	void chineseTableWhenReadThenMatchesCatalogue() throws Exception {
		Map<String, String> remedies = Map.of("VISITOR", "访客", "OPERATOR", "网站管理员", "LATER", "稍后");
		assertThat(table("qq-errors.zh-CN.md")).isEqualTo(catalogue("chinese", remedies));
	}

	@Test
	void remedyWhenOperatorHasToActThenAsInCatalogue() throws Exception {
		Map<String, String> remedies = new HashMap<>();
		rows("qq-errors.md").forEach((cells) -> remedies.put(cells.get(1), plain(cells.get(4))));
		for (Object number : Class.forName("io.github.qqoauth2.client.ErrorNumber").getEnumConstants()) {
			if (value(number, "remedy").toString().equals("OPERATOR")) {
				assertThat(remedies.get(value(number, "number").toString())).startsWith(value(number, "action") + ".");
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "qq-errors.md, en", "qq-errors.zh-CN.md, zh" })
	void simulatorWhenShownThenMeaningsOfTable(String document, String language) throws IOException {
		Properties meanings = new Properties();
		try (Reader reader = Files.newBufferedReader(Document.TOP.resolve(
				"qq-simulator/src/main/resources/io/github/qqoauth2/simulator/numbers_" + language + ".properties"))) {
			meanings.load(reader);
		}
		Map<String, String> table = new HashMap<>();
		rows(document).forEach((cells) -> table.put(cells.get(1), cells.get(3).replace("`", "")));
		assertThat(new HashMap<Object, Object>(meanings)).isEqualTo(table);
	}

	private static String plain(String markdown) {
		return markdown.replace("`", "").replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
	}

	private static List<List<String>> rows(String document) {
		return Document.read(Path.of("docs", document))
			.lines()
			.stream()
			.filter((line) -> line.matches("\\| -?\\d+ \\|.*"))
			.map((line) -> Arrays.stream(line.split("\\|")).map(String::strip).toList())
			.toList();
	}

	private static Map<String, List<String>> table(String document) {
		Map<String, List<String>> table = new HashMap<>();
		rows(document)
			.forEach((cells) -> assertThat(table.put(cells.get(1), List.of(cells.get(2), cells.get(3), cells.get(5))))
				.as("duplicate number: " + cells.get(1))
				.isNull());
		return table;
	}

	private static Map<String, List<String>> catalogue(String language, Map<String, String> remedies) throws Exception {
		Class<?> type = Class.forName("io.github.qqoauth2.client.ErrorNumber");
		Map<String, List<String>> catalogue = new HashMap<>();
		for (Object number : type.getEnumConstants()) {
			String steps = ((List<?>) value(number, "steps")).stream()
				.map((step) -> step.toString().toLowerCase(Locale.ROOT))
				.collect(Collectors.joining(", "));
			String meaning = value(number, language).toString().replace(",", language.equals("chinese") ? "，" : ",");
			String remedy = Objects.requireNonNull(remedies.get(value(number, "remedy").toString()));
			catalogue.put(value(number, "number").toString(), List.of(steps, meaning, remedy));
		}
		return catalogue;
	}

	private static Object value(Object number, String accessor) throws Exception {
		Method method = number.getClass().getDeclaredMethod(accessor);
		method.setAccessible(true);
		return Objects.requireNonNull(method.invoke(number));
	}

}
