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
 * The snippets: which there are, the same in both languages, mistakes told with their
 * line.
 */
class SnippetsTests {

	/**
	 * Their words are written in the language of the document.
	 */
	private static final Set<String> WORDED = Set.of("html", "mermaid");

	@Test
	void readmeWhenReadThenHasTheFilesOfAnApplication() {
		assertThat(Document.README.snippets().stream().filter((snippet) -> !snippet.kind().isEmpty()))
			.extracting((snippet) -> snippet.kind() + ": " + snippet.target())
			.containsExactly("app: dependency", "app: src/main/resources/application.yml",
					"app: src/main/java/com/example/Application.java",
					"app-with-chain: src/main/java/com/example/SecurityConfig.java");
		assertThat(Document.TESTING.snippets().stream().filter((snippet) -> !snippet.kind().isEmpty()))
			.extracting((snippet) -> snippet.kind() + ": " + snippet.target())
			.containsExactly("app: dependency", "app-test-members: src/test/java/com/example/QqLoginTests.java");
	}

	@Test
	void snippetsWhenReadInChineseThenAreTheSame() {
		List<Document> translated = Document.translated();
		assertThat(translated).extracting((document) -> document.path().getFileName().toString())
			.containsExactlyInAnyOrder("README.md", "accounts.md", "from-other-clients.md", "front-ends.md", "pages.md",
					"qq-errors.md", "real-qq.md", "sessions.md", "testing.md");
		translated.forEach((document) -> assertThat(contents(document.chinese())).as(document.path().toString())
			.isEqualTo(contents(document)));
	}

	private static List<String> contents(Document document) {
		return document.snippets()
			.stream()
			.map((snippet) -> WORDED.contains(snippet.language()) ? snippet.language() : snippet.content())
			.toList();
	}

	/**
	 * The recipe is what the application that runs in this build has.
	 */
	@ParameterizedTest
	@CsvSource({ ".oauth2Login(Customizer, ShopSecurityConfiguration", "@Bean, ShopSecurityConfiguration",
			"this.qqLogin, ShopLoginController" })
	void recipeWhenReadThenIsInTheApplicationThatHasIt(String beginning, String type) throws IOException {
		Path source = Document.TOP
			.resolve("neighbour-tests/src/test/java/io/github/qqoauth2/tokenshop/" + type + ".java");
		Snippet recipe = Document.read(Path.of("docs", "front-ends.md")).unmarked("java", beginning);
		assertThat(Files.readAllLines(source).stream().map(String::strip))
			.containsSubsequence(recipe.lines().stream().map(String::strip).filter((line) -> !line.isEmpty()).toList());
	}

	@Test
	void snippetWhenItDoesNotCompileThenLineOfTheDocumentIsTold(@TempDir Path directory) {
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
	void snippetWhenItStandsBetweenOtherLinesThenLineOfTheDocumentIsTold() {
		Snippet snippet = new Snippet(Path.of("SOME.md"), 40, "", "", "java", List.of("first", "second"));
		SourceFile file = snippet.file("Some.java", "one\ntwo\nthree\n", "after\n");
		assertThat(file.text().lines().toList().get(4)).isEqualTo("second");
		assertThat(file.place(5)).isEqualTo("SOME.md:41");
	}

}
