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
 * The class paths of the generated applications, as resolved by the build.
 */
final class ClassPaths {

	private static final Pattern TEMPLATES = Pattern.compile(".*(thymeleaf|attoparser|unbescape)[^/\\\\]*\\.jar");

	private static final Pattern TOKENS = Pattern.compile(".*spring-security-oauth2-resource-server[^/\\\\]*\\.jar");

	/** Also matches the folder of its classes, which a build without packages uses. */
	private static final Pattern SIMULATOR = Pattern
		.compile(".*[/\\\\](qq-simulator|jetty-|http2-|bc)[^/\\\\]*([/\\\\]target[/\\\\]classes|\\.jar)");

	private ClassPaths() {
	}

	/**
	 * Returns the dependencies of an application according to the README.
	 */
	static List<Path> runtime() {
		return entries("runtime-class-path.file").toList();
	}

	/**
	 * Returns the same dependencies and Thymeleaf.
	 */
	static List<Path> runtimeWithTemplates() {
		return runtimeWith(TEMPLATES);
	}

	/**
	 * Returns the same dependencies and the resource server.
	 */
	static List<Path> runtimeWithTokens() {
		return runtimeWith(TOKENS);
	}

	/**
	 * Returns the same dependencies and the simulator.
	 */
	static List<Path> runtimeWithSimulator() {
		return runtimeWith(SIMULATOR);
	}

	private static List<Path> runtimeWith(Pattern additional) {
		return Stream
			.concat(entries("runtime-class-path.file"),
					entries("test-class-path.file").filter((entry) -> additional.matcher(entry.toString()).matches()))
			.toList();
	}

	/**
	 * Returns the dependencies of an application's tests according to the README.
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
