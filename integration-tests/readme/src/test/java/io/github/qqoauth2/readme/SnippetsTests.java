package io.github.qqoauth2.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the snippets: their number, their translation, and the positions of errors.
 */
class SnippetsTests {

	/**
	 * The languages whose snippets contain text in the language of the document.
	 */
	private static final Set<String> TRANSLATED = Set.of("html", "mermaid");

	@Test
	void markersWhenReadThenNameFilesOfApplication() {
		assertThat(Document.README.snippets().stream().filter((snippet) -> !snippet.kind().isEmpty()))
			.extracting((snippet) -> snippet.kind() + ": " + snippet.target())
			.containsExactly("app: dependency", "app: src/main/resources/application.yml",
					"app: src/main/java/com/example/Application.java",
					"app-with-chain: src/main/java/com/example/SecurityConfig.java", "app-with-simulator: dependency",
					"app-without-security: src/main/java/com/example/SecurityConfig.java");
		assertThat(Document.TESTING.snippets().stream().filter((snippet) -> !snippet.kind().isEmpty()))
			.extracting((snippet) -> snippet.kind() + ": " + snippet.target())
			.containsExactly("app: dependency", "app-test: src/test/java/com/example/QqLoginTests.java");
	}

	@Test
	void snippetsWhenTranslatedThenAreEqual() {
		List<Document> translated = Document.translated();
		assertThat(translated).extracting((document) -> document.path().toString().replace('\\', '/'))
			.containsExactlyInAnyOrder("README.md", "demo-app/README.md", "docs/accounts.md",
					"docs/from-other-clients.md", "docs/front-ends.md", "docs/login-component.md", "docs/pages.md",
					"docs/qq-errors.md", "docs/real-qq.md", "docs/sessions.md", "docs/simulator.md", "docs/testing.md");
		translated.forEach((document) -> assertThat(contents(document.chinese())).as(document.path().toString())
			.isEqualTo(contents(document)));
	}

	private static List<String> contents(Document document) {
		return document.snippets()
			.stream()
			.map((snippet) -> TRANSLATED.contains(snippet.language()) ? snippet.language() : snippet.content())
			.toList();
	}

	/**
	 * The snippet is part of the application that {@code TokenShopIT} runs.
	 */
	@Test
	void existingLoginWhenReadThenMatchesTokenShop() throws IOException {
		Path tests = Document.TOP.resolve("integration-tests/persistence/src/test");
		Path shop = tests.resolve("java/io/github/qqoauth2/tokenshop");
		List<String> snippet = code(Document.README.unmarked("java", "// SecurityFilterChain").lines());
		List<String> configuration = snippet.subList(0, snippet.size() - 1);
		assertThat(code(Files.readAllLines(shop.resolve("ShopSecurityConfiguration.java"))))
			.containsSubsequence(configuration);
		assertThat(code(Files.readAllLines(shop.resolve("ShopLoginController.java"))))
			.contains(snippet.get(snippet.size() - 1));
		assertThat(keys(Files.readAllLines(tests.resolve("resources/token-shop.yml"))))
			.containsSubsequence(keys(Document.README.unmarked("yaml", "qq:").lines()).stream()
				.filter((key) -> !key.isEmpty())
				.toList());
	}

	/**
	 * The snippets are parts of the application that {@code RuoYiLikeIT} runs.
	 */
	@ParameterizedTest
	@CsvSource({ "// @Configuration, QqConfig", "// LoginUser, LoginUser", "// SecurityFilterChain, SecurityConfig",
			"// PasswordManager, PasswordManager", "// QqConfig, QqConfig" })
	void checkedPasswordWhenReadThenMatchesRuoYiLike(String beginning, String type) throws IOException {
		Path site = Document.TOP.resolve("integration-tests/ruoyi-like/src/test/java/io/github/qqoauth2/ruoyilike");
		Snippet snippet = Document.read(Path.of("docs", "front-ends.md")).unmarked("java", beginning);
		assertThat(code(Files.readAllLines(site.resolve(type + ".java")))).containsSubsequence(code(snippet.lines()));
	}

	private static List<String> code(List<String> lines) {
		return lines.stream().map(String::strip).filter((line) -> !line.isEmpty() && !line.startsWith("//")).toList();
	}

	private static List<String> keys(List<String> yaml) {
		return yaml.stream().map((line) -> line.replaceFirst(":.*", "").strip()).toList();
	}

	/**
	 * The snippet is part of the class that {@link GeneratedApplicationsIT} runs.
	 */
	@Test
	void envelopeWhenReadThenMatchesGeneratedApplication() {
		Snippet whole = Document.read(Path.of("docs", "front-ends.md"))
			.snippet("app-with-envelope", "src/main/java/com/example/FrontEndConfig.java");
		assertThat(code(whole.lines()))
			.containsSubsequence(code(Document.README.unmarked("java", "@Bean\nQqJsonResponseMapper").lines()));
	}

	@Test
	void snippetWhenNotCompilableThenReportsLineOfDocument(@TempDir Path directory) {
		Document document = new Document(Path.of("WRONG.md"), Stream.concat(Stream.of("A text.", ""), """
				<!-- app: src/main/java/com/example/Wrong.java -->
				```java
				package com.example;

				class Wrong {

					String value = 1;

				}
				```
				""".lines()).toList());
		SourceFile file = document.snippet("app", "src/main/java/com/example/Wrong.java").file();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> GeneratedApplication.build("wrong", List.of(directory), List.of(file)))
			.withMessageContaining("WRONG.md:9: ERROR: incompatible types");
	}

	@Test
	void placeWhenSnippetHasSurroundingLinesThenReturnsLineOfDocument() {
		Snippet snippet = new Snippet(Path.of("SOME.md"), 40, "", "", "java", List.of("first", "second"));
		SourceFile file = snippet.file("Some.java", "one\ntwo\nthree\n", "after\n");
		assertThat(file.text().lines().toList().get(4)).isEqualTo("second");
		assertThat(file.place(5)).isEqualTo("SOME.md:41");
	}

}
