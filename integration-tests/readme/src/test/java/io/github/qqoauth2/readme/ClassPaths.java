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

	private static final Pattern TOKENS = Pattern.compile(".*spring-security-oauth2-resource-server[^/\\\\]*\\.jar");

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
		return runtimeWith(TEMPLATES);
	}

	/**
	 * The same with what reads tokens.
	 */
	static List<Path> runtimeWithTokens() {
		return runtimeWith(TOKENS);
	}

	private static List<Path> runtimeWith(Pattern more) {
		return Stream
			.concat(entries("runtime-class-path.file"),
					entries("test-class-path.file").filter((entry) -> more.matcher(entry.toString()).matches()))
			.toList();
	}

	/**
	 * What the README tells an application's tests to have.
	 */
	static List<Path> test() {
		return entries("test-class-path.file").filter((entry) -> !TEMPLATES.matcher(entry.toString()).matches())
			.toList();
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
