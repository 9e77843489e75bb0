package io.github.qqoauth2.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown document of the repository.
 *
 * @param path relative to the top of the repository
 * @param lines its lines
 */
record Document(Path path, List<String> lines) {

	static final Path TOP = Path.of("..", "..").toAbsolutePath().normalize();

	static final Document README = read(Path.of("README.md"));

	static final Document TESTING = read(Path.of("docs", "testing.md"));

	static final Document PAGES = read(Path.of("docs", "pages.md"));

	private static final Pattern MARKER = Pattern.compile("<!-- (app[a-z-]*): (.+?) -->");

	private static final Pattern FENCE = Pattern.compile("\\s*```(\\S*)\\s*");

	private static final Pattern HEADING = Pattern.compile("(#{1,6}) (.+)");

	private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");

	static Document read(Path path) {
		try {
			return new Document(path, Files.readAllLines(TOP.resolve(path)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The documents at the top of the repository and in {@code docs}.
	 */
	static List<Document> all() {
		try (Stream<Path> top = Files.list(TOP); Stream<Path> docs = Files.list(TOP.resolve("docs"))) {
			return Stream.concat(top, docs)
				.filter((path) -> path.toString().endsWith(".md"))
				.map(TOP::relativize)
				.sorted()
				.map(Document::read)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The documents that also exist in Chinese.
	 */
	static List<Document> translated() {
		return all().stream().filter((document) -> Files.exists(TOP.resolve(document.chinesePath()))).toList();
	}

	Document chinese() {
		return read(chinesePath());
	}

	private Path chinesePath() {
		return Path.of(this.path.toString().replaceFirst("\\.md$", ".zh-CN.md"));
	}

	/**
	 * The fenced blocks, with the marker above where there is one.
	 */
	List<Snippet> snippets() {
		List<Snippet> snippets = new ArrayList<>();
		for (int start = 0; start < this.lines.size(); start++) {
			Matcher opening = FENCE.matcher(this.lines.get(start));
			if (opening.matches()) {
				int end = start + 1;
				while (!FENCE.matcher(this.lines.get(end)).matches()) {
					end++;
				}
				Matcher marker = MARKER.matcher((start > 0) ? this.lines.get(start - 1) : "");
				boolean marked = marker.matches();
				snippets.add(new Snippet(this.path, start + 2, marked ? marker.group(1) : "",
						marked ? marker.group(2) : "", opening.group(1), this.lines.subList(start + 1, end)));
				start = end;
			}
		}
		return snippets;
	}

	List<Snippet> snippets(String kind) {
		return snippets().stream().filter((snippet) -> snippet.kind().equals(kind)).toList();
	}

	/**
	 * The one block of a kind for a file.
	 */
	Snippet snippet(String kind, String target) {
		return only(snippets(kind).stream().filter((snippet) -> snippet.target().equals(target)).toList(),
				kind + ": " + target);
	}

	/**
	 * The one block without a marker that begins so.
	 */
	Snippet unmarked(String language, String beginning) {
		return only(snippets("").stream()
			.filter((snippet) -> snippet.language().equals(language) && snippet.text().startsWith(beginning))
			.toList(), "a " + language + " block that begins with " + beginning);
	}

	private Snippet only(List<Snippet> found, String wanted) {
		if (found.size() != 1) {
			throw new AssertionError(this.path + " has " + found.size() + " times: " + wanted);
		}
		return found.get(0);
	}

	/**
	 * The lines, with those of fenced blocks emptied.
	 */
	List<String> prose() {
		List<String> prose = new ArrayList<>();
		boolean fenced = false;
		for (String line : this.lines) {
			boolean fence = FENCE.matcher(line).matches();
			prose.add((fenced || fence) ? "" : line);
			fenced = fenced != fence;
		}
		return prose;
	}

	/**
	 * What stands between single backticks.
	 */
	List<String> codeSpans() {
		return prose().stream()
			.flatMap((line) -> CODE_SPAN.matcher(line).results().map((result) -> result.group(1)))
			.toList();
	}

	/**
	 * The lines of the section whose heading has this number, counted from 0.
	 */
	Document section(int number) {
		List<Integer> starts = new ArrayList<>();
		List<String> prose = prose();
		for (int line = 0; line < prose.size(); line++) {
			if (HEADING.matcher(prose.get(line)).matches()) {
				starts.add(line);
			}
		}
		int end = (number + 1 < starts.size()) ? starts.get(number + 1) : this.lines.size();
		return new Document(this.path, this.lines.subList(starts.get(number), end));
	}

	List<Heading> headings() {
		return prose().stream()
			.map(HEADING::matcher)
			.filter(Matcher::matches)
			.map((heading) -> new Heading(heading.group(1).length(), heading.group(2)))
			.toList();
	}

	/**
	 * A heading.
	 *
	 * @param level 1 to 6
	 * @param text its text, as it is written
	 */
	record Heading(int level, String text) {

		/**
		 * The anchor as GitHub makes it, without a number for repetitions.
		 */
		String anchor() {
			return this.text.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
				.replace(' ', '-');
		}

	}

}
