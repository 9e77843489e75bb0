package io.github.qqoauth2;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares main sources, names of test methods and documents with the words of
 * {@code config/words.txt}.
 */
class PlainWordsTests {

	private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

	private static final Pattern TEST_METHOD = Pattern.compile("^\tvoid (\\w+)\\(");

	private final List<Word> words = words();

	private static List<Word> words() {
		try (Stream<String> lines = Files.lines(ROOT.resolve("config/words.txt"))) {
			return lines.filter((line) -> line.contains(" -> ")).map(Word::of).toList();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<String> findings(Predicate<String> selected, boolean methodNames) throws IOException {
		List<String> findings = new ArrayList<>();
		try (Stream<Path> files = Files.walk(ROOT)) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				String name = ROOT.relativize(file).toString().replace('\\', '/');
				if (!name.contains("/target/") && !name.startsWith("target/") && selected.test(name)) {
					findings.addAll(find(name, Files.readAllLines(file), methodNames));
				}
			}
		}
		return findings;
	}

	private List<String> find(String name, List<String> lines, boolean methodNames) {
		List<String> findings = new ArrayList<>();
		for (int i = 0; i < lines.size(); i++) {
			String text = methodNames ? methodName(lines.get(i)) : withNextLine(lines, i);
			for (Word word : this.words) {
				if (word.isFirstIn(text, lines.get(i).length())) {
					findings.add(name + ":" + (i + 1) + ": " + word);
				}
			}
		}
		return findings;
	}

	/**
	 * Returns a line and the beginning of the next one, since sentences are wrapped.
	 */
	private static String withNextLine(List<String> lines, int i) {
		String next = (i + 1 < lines.size()) ? lines.get(i + 1) : "";
		return lines.get(i) + " " + next.strip().replaceFirst("^(\\*|//) ?", "");
	}

	private static String methodName(String line) {
		Matcher method = TEST_METHOD.matcher(line);
		return method.find() ? method.group(1).replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").replace("Qq", "QQ") : "";
	}

	@Test
	void mainSourcesWhenReadThenPlain() throws IOException {
		assertThat(findings((name) -> name.contains("/src/main/") && name.endsWith(".java"), false)).isEmpty();
	}

	@Test
	void testMethodsWhenReadThenPlain() throws IOException {
		assertThat(findings((name) -> name.contains("/src/test/") && name.endsWith(".java"), true)).isEmpty();
	}

	@Test
	void documentsWhenReadThenPlain() throws IOException {
		assertThat(findings((name) -> name.endsWith(".md") || name.equals("docs/openapi.yaml"), false)).isEmpty();
	}

	@Test
	void findWhenPlantedThenLineAndWord() {
		assertThat(find("A.md", List.of("A user is", "told of it.", "Whoever logs in"), false)).hasSize(2)
			.allSatisfy((finding) -> assertThat(finding).containsPattern("A.md:[13]: "));
		assertThat(find("A.java", List.of("\tvoid loginWhenWhoeverThenNone() {", "\t// whoever"), true)).hasSize(1);
		assertThat(find("A.md", List.of("A QQ login, the QQ identity, a second page"), false)).isEmpty();
	}

	/**
	 * An entry of the list.
	 */
	private record Word(Pattern pattern, String plain) {

		static Word of(String line) {
			String[] parts = line.split(" -> ", 2);
			return new Word(Pattern.compile(parts[0]), parts[1]);
		}

		/**
		 * Whether the word begins in the first characters of the text.
		 */
		boolean isFirstIn(String text, int length) {
			Matcher matcher = this.pattern.matcher(text);
			return matcher.find() && matcher.start() < Math.max(length, 1);
		}

		@Override
		public String toString() {
			return "'" + this.pattern + "', rather: " + this.plain;
		}

	}

}
