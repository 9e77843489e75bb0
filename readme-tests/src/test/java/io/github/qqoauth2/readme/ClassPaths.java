package io.github.qqoauth2.readme;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The class paths of the generated applications, as the build has resolved them.
 */
final class ClassPaths {

	private static final Pattern TEMPLATES = Pattern.compile(".*(thymeleaf|attoparser|unbescape)[^/\\\\]*\\.jar");

	private ClassPaths() {
	}

	/**
	 * What the README tells an application to have.
	 */
	static List<Path> runtime() {
		return entries("runtime-class-path.file").toList();
	}

	/**
	 * The same with Thymeleaf.
	 */
	static List<Path> runtimeWithTemplates() {
		return Stream
			.concat(entries("runtime-class-path.file"), entries("test-class-path.file").filter(ClassPaths::isTemplates))
			.toList();
	}

	/**
	 * What the README tells an application's tests to have.
	 */
	static List<Path> test() {
		return entries("test-class-path.file").filter((entry) -> !isTemplates(entry)).toList();
	}

	private static boolean isTemplates(Path entry) {
		return TEMPLATES.matcher(entry.toString()).matches();
	}

	private static Stream<Path> entries(String property) {
		try {
			String file = System.getProperty(property, "");
			return Stream.of(Files.readString(Path.of(file)).strip().split(File.pathSeparator)).map(Path::of);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
