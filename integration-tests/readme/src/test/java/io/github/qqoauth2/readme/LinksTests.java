package io.github.qqoauth2.readme;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every link inside the repository leads to a file and a heading; both languages have the
 * same headings.
 */
class LinksTests {

	private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

	private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*");

	@Test
	void linksWhenFollowedThenLeadToAFileAndAHeading() {
		List<String> broken = new ArrayList<>();
		for (Document document : Document.all()) {
			broken.addAll(broken(document));
		}
		assertThat(broken).isEmpty();
	}

	@Test
	void linksWhenBrokenThenAreFound() {
		Document planted = new Document(Path.of("docs", "planted.md"),
				List.of("# One heading: 标题", "[fine](#one-heading-标题), [fine](../README.md#properties)",
						"[wrong](#another), [wrong](../README.md#no-such), [wrong](none.md)", "# One heading: 标题",
						"[fine](#one-heading-标题-1), `[code](none.md)`", "```", "[code](none.md)", "```"));
		assertThat(broken(planted)).containsExactly("docs/planted.md:3: #another",
				"docs/planted.md:3: ../README.md#no-such", "docs/planted.md:3: none.md");
	}

	@Test
	void headingsWhenReadInChineseThenAreAsMany() {
		Document.translated()
			.forEach((document) -> assertThat(levels(document.chinese())).as(document.path().toString())
				.isEqualTo(levels(document)));
	}

	private static List<Integer> levels(Document document) {
		return document.headings().stream().map(Document.Heading::level).toList();
	}

	private static List<String> broken(Document document) {
		List<String> broken = new ArrayList<>();
		List<String> prose = document.prose();
		for (int line = 0; line < prose.size(); line++) {
			String text = prose.get(line).replaceAll("`[^`]*`", "");
			for (MatchResult link : LINK.matcher(text).results().toList()) {
				if (!ELSEWHERE.matcher(link.group(1)).matches() && !leadsSomewhere(document, link.group(1))) {
					broken.add(document.path() + ":" + (line + 1) + ": " + link.group(1));
				}
			}
		}
		return broken;
	}

	private static boolean leadsSomewhere(Document document, String link) {
		String[] parts = link.split("#", 2);
		Path target = document.path();
		if (!parts[0].isEmpty()) {
			target = Document.TOP
				.relativize(Document.TOP.resolve(document.path()).resolveSibling(parts[0]).normalize());
			if (!Files.exists(Document.TOP.resolve(target))) {
				return false;
			}
		}
		if (parts.length == 1) {
			return true;
		}
		return anchors(target.equals(document.path()) ? document : Document.read(target)).contains(parts[1]);
	}

	private static List<String> anchors(Document document) {
		Map<String, Integer> seen = new HashMap<>();
		List<String> anchors = new ArrayList<>();
		for (Document.Heading heading : document.headings()) {
			int before = seen.merge(heading.anchor(), 1, Integer::sum) - 1;
			anchors.add((before == 0) ? heading.anchor() : heading.anchor() + "-" + before);
		}
		return anchors;
	}

}
