package io.github.qqoauth2;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares {@code docs/threats.md} and {@code docs/faults.md} with the test classes of
 * all modules and their tags.
 */
class ThreatsTests {

	private static final Path TOP = Path.of("..");

	private static final Path TEST_SOURCES = Path.of("src", "test", "java");

	private static final int THREATS = 64;

	private static final String NOT_PROVEN = "## Not proven yet";

	private static final Pattern ROW = Pattern.compile("\\| ([TF]-\\d+) \\|.*\\| ([^|]+) \\|");

	private static final Pattern TEST_CLASS = Pattern.compile("`([A-Z]\\w*)`");

	private static final Pattern TAG = Pattern.compile("(?m)^\\s*@Tag\\(\"(T-\\d+)\"\\)");

	@Test
	void threatsWhenReadThenMatchTaggedTests() throws IOException {
		assertThat(threatProblems(read("threats.md"), tests(), THREATS)).isEmpty();
	}

	@Test
	void faultsWhenReadThenNameTestClasses() throws IOException {
		assertThat(faultProblems(read("faults.md"), tests())).isEmpty();
	}

	@Test
	void threatProblemsWhenDocumentMatchesThenNone() {
		Map<String, Set<String>> tests = Map.of("OneTests", Set.of("T-01", "T-02"), "TwoIT", Set.of("T-01", "T-04"),
				"ThreeIT", Set.of());
		assertThat(threatProblems(
				List.of("# Threats", "| id | attack | defence | tests |", "|---|---|---|---|",
						"| T-01 | a | `Three` | `OneTests`, `TwoIT` |", "| T-02 | a | d | `OneTests` |", NOT_PROVEN,
						"| T-03 | a | Open | all, like `ThreeIT` |", "| T-04 | a | Partly: d | more than `TwoIT` |"),
				tests, 4))
			.isEmpty();
	}

	@Test
	void threatProblemsWhenProvenRowIsWrongThenNamed() {
		Map<String, Set<String>> tests = Map.of("OneTests", Set.of("T-01", "T-05"), "TwoIT", Set.of("T-02"));
		assertThat(threatProblems(List.of("| T-01 | a | d | `OneTests`, `TwoIT` |", "| T-02 | a | `TwoIT` | none |",
				"| T-03 | a | d | `NoneTests` |", "| T-04 | a | d |"), tests, 4))
			.containsExactlyInAnyOrder("T-01 names TwoIT, which has no tag T-01", "T-02 names no test class",
					"T-03 names NoneTests, which does not exist", "T-04 names no test class",
					"T-05 is a tag of OneTests and has no row");
	}

	@Test
	void threatProblemsWhenNotProvenRowHasTaggedTestThenMustSayPartly() {
		List<String> lines = List.of(NOT_PROVEN, "| T-01 | a | Open | `NoneIT` |", "| T-02 | a | Partly: d | more |");
		assertThat(threatProblems(lines, Map.of("OneTests", Set.of("T-01")), 2)).containsExactlyInAnyOrder(
				"T-01 names NoneIT, which does not exist", "T-01 is a tag of OneTests, and its row does not say partly",
				"T-02 says partly and has no tagged test");
	}

	@Test
	void threatProblemsWhenIdsHaveGapOrAreOutOfOrderThenNamed() {
		Map<String, Set<String>> tests = Map.of("OneTests", Set.of("T-01", "T-02", "T-03"));
		assertThat(threatProblems(List.of("| T-03 | a | d | `OneTests` |", "| T-01 | a | d | `OneTests` |",
				"| T-02 | a | d | `OneTests` |", "| T-02 | a | d | `OneTests` |", NOT_PROVEN, "| T-05 | a | d | m |"),
				tests, 6))
			.containsExactlyInAnyOrder("T-01 is out of order", "T-02 is out of order", "T-04 has no row",
					"T-06 has no row");
	}

	@Test
	void faultProblemsWhenRowIsWrongThenNamed() {
		Map<String, Set<String>> tests = Map.of("OneTests", Set.of());
		assertThat(
				faultProblems(
						List.of("| F-01 | f | v | h | l | `OneTests`; open: more |",
								"| F-02 | f | v | h | l | open: all |", "| F-03 | f | v | h | `QQ_IO` | none |",
								"| F-05 | f | v | h | l | `NoneIT` |", "| F-06 | f | v | h | l | open: `NoneIT` |"),
						tests))
			.containsExactlyInAnyOrder("F-03 names no test class", "F-04 has no row",
					"F-05 names NoneIT, which does not exist", "F-06 names NoneIT, which does not exist");
		assertThat(faultProblems(List.of(), tests)).containsExactly("F-01 has no row");
	}

	@Test
	void tagsWhenOnClassOrMethodThenFound() {
		assertThat(tags("""
				/**
				 * #Tag("T-01")
				 */
				#Tag("T-02")
				class Planted {

					// #Tag("T-03")
					#Test
					#Tag("T-04")
					void test() {
						String text = "#Tag(\\"T-05\\")";
					}

				}
				""".replace("#", "@"))).containsExactlyInAnyOrder("T-02", "T-04");
	}

	private static List<String> threatProblems(List<String> lines, Map<String, Set<String>> tests, int threats) {
		List<Row> rows = rows(lines);
		List<String> problems = idProblems(rows, "T", threats);
		Set<String> ids = rows.stream().map(Row::id).collect(Collectors.toSet());
		for (Row row : rows) {
			problems.addAll(unknownTests(row, tests));
			problems.addAll(row.notProven() ? notProvenProblems(row, tests) : provenProblems(row, tests));
		}
		tests.forEach((test, tags) -> tags.stream()
			.filter((tag) -> !ids.contains(tag))
			.forEach((tag) -> problems.add(tag + " is a tag of " + test + " and has no row")));
		return problems;
	}

	private static List<String> provenProblems(Row row, Map<String, Set<String>> tests) {
		if (row.tests().isEmpty()) {
			return List.of(row.id() + " names no test class");
		}
		return row.tests()
			.stream()
			.filter((test) -> tests.containsKey(test) && !tests.get(test).contains(row.id()))
			.map((test) -> row.id() + " names " + test + ", which has no tag " + row.id())
			.toList();
	}

	private static List<String> notProvenProblems(Row row, Map<String, Set<String>> tests) {
		boolean partly = row.line().contains("| Partly: ");
		Set<String> tagged = new TreeSet<>();
		tests.forEach((test, tags) -> {
			if (tags.contains(row.id())) {
				tagged.add(test);
			}
		});
		if (partly && tagged.isEmpty()) {
			return List.of(row.id() + " says partly and has no tagged test");
		}
		return (partly || tagged.isEmpty()) ? List.of()
				: List.of(row.id() + " is a tag of " + String.join(", ", tagged) + ", and its row does not say partly");
	}

	private static List<String> faultProblems(List<String> lines, Map<String, Set<String>> tests) {
		List<Row> rows = rows(lines);
		List<String> problems = idProblems(rows, "F", 1);
		for (Row row : rows) {
			problems.addAll(unknownTests(row, tests));
			if (row.tests().isEmpty() && !row.lastCell().startsWith("open: ")) {
				problems.add(row.id() + " names no test class");
			}
		}
		return problems;
	}

	private static List<String> unknownTests(Row row, Map<String, Set<String>> tests) {
		return row.tests()
			.stream()
			.filter((test) -> !tests.containsKey(test))
			.map((test) -> row.id() + " names " + test + ", which does not exist")
			.toList();
	}

	/**
	 * Ids have no gaps from 1 on. They ascend in each of the two tables: proven and not
	 * proven.
	 */
	private static List<String> idProblems(List<Row> rows, String letter, int least) {
		List<String> problems = new ArrayList<>();
		Set<String> ids = new TreeSet<>();
		Row previous = null;
		for (Row row : rows) {
			boolean ascends = previous == null || previous.notProven() != row.notProven()
					|| previous.id().compareTo(row.id()) < 0;
			if (!ids.add(row.id()) || !ascends) {
				problems.add(row.id() + " is out of order");
			}
			previous = row;
		}
		int last = ids.stream().mapToInt((id) -> Integer.parseInt(id.substring(2))).max().orElse(0);
		for (int number = 1; number <= Math.max(last, least); number++) {
			String id = "%s-%02d".formatted(letter, number);
			if (!ids.contains(id)) {
				problems.add(id + " has no row");
			}
		}
		return problems;
	}

	private static List<Row> rows(List<String> lines) {
		List<Row> rows = new ArrayList<>();
		boolean notProven = false;
		for (String line : lines) {
			notProven = line.startsWith("## ") ? line.equals(NOT_PROVEN) : notProven;
			Matcher row = ROW.matcher(line);
			if (row.matches()) {
				rows.add(new Row(row.group(1), line, row.group(2), notProven));
			}
		}
		return rows;
	}

	private static List<String> read(String document) throws IOException {
		return Files.readAllLines(TOP.resolve("docs").resolve(document));
	}

	/**
	 * Returns the tags of each class in the test sources of all modules, by simple name.
	 */
	private static Map<String, Set<String>> tests() throws IOException {
		Map<String, Set<String>> tests = new HashMap<>();
		try (Stream<Path> directories = Files.find(TOP, 5, (path, attributes) -> path.endsWith(TEST_SOURCES))) {
			for (Path directory : directories.toList()) {
				try (Stream<Path> files = Files.walk(directory)) {
					files.filter((file) -> file.toString().endsWith(".java"))
						.forEach((file) -> tests
							.computeIfAbsent(file.getFileName().toString().replace(".java", ""),
									(name) -> new HashSet<>())
							.addAll(tags(source(file))));
				}
			}
		}
		return tests;
	}

	private static String source(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Set<String> tags(String source) {
		return TAG.matcher(source).results().map((tag) -> tag.group(1)).collect(Collectors.toSet());
	}

	/**
	 * A row of a document.
	 *
	 * @param id the id in its first cell
	 * @param line the whole row
	 * @param lastCell its last cell, which names the test classes
	 * @param notProven whether it is in the table of what is not proven
	 */
	private record Row(String id, String line, String lastCell, boolean notProven) {

		List<String> tests() {
			return TEST_CLASS.matcher(this.lastCell).results().map((MatchResult test) -> test.group(1)).toList();
		}

	}

}
