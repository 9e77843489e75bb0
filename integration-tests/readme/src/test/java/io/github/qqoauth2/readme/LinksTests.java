package io.github.qqoauth2.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the links and headings of all documents of the repository.
 */
class LinksTests {

	private final LinkChecker checker = new LinkChecker(Document.TOP);

	@Test
	void documentsWhenListedThenIncludeAll() {
		assertThat(Document.all()).extracting((document) -> document.path().toString().replace('\\', '/'))
			.contains("README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/design.md",
					"docs/front-ends.md", "docs/front-ends.zh-CN.md", "demo-app/README.zh-CN.md",
					"qq-simulator/README.md")
			.doesNotHaveDuplicates();
	}

	@Test
	void linksWhenFollowedThenExist() {
		assertThat(this.checker.brokenLinks()).isEmpty();
	}

	@Test
	void linksWhenBrokenThenReported() {
		Document planted = new Document(Path.of("docs", "planted.md"),
				List.of("# One heading: 标题", "[fine](#one-heading-标题), [fine](../CONTRIBUTING.md \"title\")",
						"[wrong](#another), [wrong](../CONTRIBUTING.md#no-such), [wrong](none.md)", "# One heading: 标题",
						"[fine](#one-heading-标题-1), `[code](none.md)`", "```", "[code](none.md)", "```",
						"[reference]: none.md", "<img src=\"none.png\"> <a href='x'> [site](https://none.md)",
						"![image](<none.svg>) [outside](../../none.md) [`code`](#one-heading-%E6%A0%87%E9%A2%98-2)",
						"[malformed](a%zz.md)"));
		assertThat(this.checker.brokenLinks(planted)).containsExactly("docs/planted.md:3: #another",
				"docs/planted.md:3: ../CONTRIBUTING.md#no-such", "docs/planted.md:3: none.md",
				"docs/planted.md:9: none.md", "docs/planted.md:10: none.png", "docs/planted.md:11: none.svg",
				"docs/planted.md:11: ../../none.md", "docs/planted.md:11: #one-heading-%E6%A0%87%E9%A2%98-2",
				"docs/planted.md:12: a%zz.md");
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "README.zh-CN.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/page.md",
			"docs/page.zh-CN.md", "docs/part/page.md", "docs/part/page.zh-CN.md", "module/README.md" })
	void linksWhenBrokenInAnyDocumentThenReported(String path, @TempDir Path top) throws IOException {
		write(top.resolve("docs/other.md"), "# 标题\n[fine](#标题)\n");
		write(top.resolve("module/target/generated.md"), "[ignored](none.md)\n");
		write(top.resolve(path), "# Heading\n[wrong](none.md)\n[wrong](#headings)\n[fine](#heading)\n");
		assertThat(new LinkChecker(top).brokenLinks()).containsExactly(Path.of(path) + ":2: none.md",
				Path.of(path) + ":3: #headings");
	}

	private static void write(Path file, String text) throws IOException {
		Files.createDirectories(file.getParent());
		Files.writeString(file, text);
	}

	@Test
	void headingsWhenTranslatedThenHaveSameLevels() {
		assertThat(Document.translated()).isNotEmpty()
			.allSatisfy((document) -> assertThat(levels(document.chinese())).as(document.path().toString())
				.isEqualTo(levels(document)));
	}

	private static List<Integer> levels(Document document) {
		return document.headings().stream().map(Document.Heading::level).toList();
	}

}
