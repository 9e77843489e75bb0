package io.github.qqoauth2.readme;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown document of the repository.
 *
 * @param path its path, relative to the top of the repository
 * @param lines its lines
 */
record Document(Path path, List<String> lines) {

	static final Path TOP = Path.of("..", "..").toAbsolutePath().normalize();

	static final Document README = read(Path.of("README.md"));

	static final Document TESTING = read(Path.of("docs", "testing.md"));

	static final Document PAGES = read(Path.of("docs", "pages.md"));

	private static final Set<String> IGNORED = Set.of("target", "node_modules");

	private static final Pattern MARKER = Pattern.compile("<!-- (app[a-z-]*): (.+?) -->");

	private static final Pattern FENCE = Pattern.compile("\\s*```(\\S*)\\s*");

	private static final Pattern HEADING = Pattern.compile("(#{1,6}) (.+)");

	private static final Pattern CODE_SPAN = Pattern.compile("`([^`]+)`");

	static Document read(Path path) {
		return read(TOP, path);
	}

	static Document read(Path top, Path path) {
		try {
			return new Document(path, Files.readAllLines(top.resolve(path)));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns all documents of the repository.
	 */
	static List<Document> all() {
		return all(TOP);
	}

	static List<Document> all(Path top) {
		Set<Path> paths = new TreeSet<>();
		try {
			Files.walkFileTree(top, new SimpleFileVisitor<>() {

				@Override
				public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
					String name = directory.getFileName().toString();
					boolean skipped = !directory.equals(top) && (name.startsWith(".") || IGNORED.contains(name));
					return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
				}

				@Override
				public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
					if (file.toString().endsWith(".md")) {
						paths.add(top.relativize(file));
					}
					return FileVisitResult.CONTINUE;
				}

			});
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return paths.stream().map((path) -> read(top, path)).toList();
	}

	/**
	 * Returns the English documents that have a Chinese translation.
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
	 * Returns the fenced blocks, with the marker above them if there is one.
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
	 * Returns the only block of a kind for a file.
	 */
	Snippet snippet(String kind, String target) {
		return single(snippets(kind).stream().filter((snippet) -> snippet.target().equals(target)).toList(),
				kind + ": " + target);
	}

	/**
	 * Returns the only block without a marker that has a language and a beginning.
	 */
	Snippet unmarked(String language, String beginning) {
		return single(snippets("").stream()
			.filter((snippet) -> snippet.language().equals(language) && snippet.text().startsWith(beginning))
			.toList(), "a " + language + " block that begins with " + beginning);
	}

	private Snippet single(List<Snippet> found, String description) {
		if (found.size() != 1) {
			throw new AssertionError(this.path + " has " + found.size() + " instead of 1: " + description);
		}
		return found.get(0);
	}

	/**
	 * Returns the lines, with empty lines in place of fenced blocks.
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
	 * Returns the texts between single backticks.
	 */
	List<String> codeSpans() {
		return prose().stream()
			.flatMap((line) -> CODE_SPAN.matcher(line).results().map((result) -> result.group(1)))
			.toList();
	}

	/**
	 * Returns the section that contains a snippet, without its subsections.
	 */
	Document section(Snippet snippet) {
		List<String> prose = prose();
		int start = snippet.line() - 1;
		while (start > 0 && !HEADING.matcher(prose.get(start)).matches()) {
			start--;
		}
		int end = snippet.line();
		while (end < prose.size() && !HEADING.matcher(prose.get(end)).matches()) {
			end++;
		}
		return new Document(this.path, this.lines.subList(start, end));
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
	 * @param text its text in Markdown
	 */
	record Heading(int level, String text) {

		/**
		 * Returns the anchor that GitHub generates, without the number of a repetition.
		 */
		String anchor() {
			return this.text.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{M}\\p{N}\\p{Pc} -]", "")
				.replace(' ', '-');
		}

	}

}
