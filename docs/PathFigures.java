import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Prints lines and fan-out of classes: how many other classes of the starter each names,
 * Javadoc and imports apart. Run by {@code java docs/PathFigures.java SOURCES CLASS...}.
 */
final class PathFigures {

	private PathFigures() {
	}

	public static void main(String[] arguments) throws IOException {
		Map<String, String> sources = new TreeMap<>();
		try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
			for (Path file : files.filter((path) -> path.toString().endsWith(".java")).toList()) {
				sources.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
			}
		}
		List<String> classes = List.of(arguments).subList(1, arguments.length);
		List<Integer> fanOuts = new ArrayList<>();
		long lines = 0;
		for (String name : classes) {
			String code = sources.get(name)
				.replaceAll("(?s)/\\*.*?\\*/", "")
				.replaceAll("(?m)^import .*$", "")
				.replaceAll("\"(\\\\.|[^\"\\\\])*\"", "");
			int fanOut = (int) sources.keySet()
				.stream()
				.filter((other) -> !other.equals(name) && Pattern.compile("\\b" + other + "\\b").matcher(code).find())
				.count();
			long length = sources.get(name).lines().count();
			System.out.printf("%-40s %4d lines, names %2d others%n", name, length, fanOut);
			lines += length;
			fanOuts.add(fanOut);
		}
		System.out.printf("%d files, %d lines, fan-out %d in all and %d at most%n", classes.size(), lines,
				fanOuts.stream().mapToInt(Integer::intValue).sum(),
				fanOuts.stream().mapToInt(Integer::intValue).max().orElse(0));
	}

}
