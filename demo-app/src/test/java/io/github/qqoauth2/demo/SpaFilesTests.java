package io.github.qqoauth2.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Static checks of the modules of the single-page app, which no build step processes.
 */
class SpaFilesTests {

	private static final Path FOLDER = Path.of("src", "main", "resources", "static", "app");

	private static final Pattern IMPORT = Pattern.compile("from \"([^\"]+)\"");

	private static final Pattern KEY = Pattern.compile("\"((?:[a-z]+\\.)+[a-z.-]+)\"");

	private static final Pattern BUILT_KEY = Pattern.compile("\\bt\\(`([^`]+)`");

	private static final Pattern TEXT = Pattern.compile(".+\\.(java|js|html|css|properties)");

	/** Does not match {@code rel="noopener"}, which isolates a window. */
	private static final Pattern OTHER_WINDOW = Pattern.compile("postMessage|window\\.open|(?<!no)opener");

	private static List<Path> files() throws IOException {
		try (Stream<Path> files = Files.list(FOLDER)) {
			return files.filter((file) -> file.toString().endsWith(".js")).toList();
		}
	}

	@Test
	void importsWhenResolvedThenFilesExist() throws IOException {
		for (Path file : files()) {
			Matcher imports = IMPORT.matcher(Files.readString(file));
			while (imports.find()) {
				String name = imports.group(1);
				if (name.startsWith("../webjars/")) {
					assertThat(getClass().getResource("/META-INF/resources" + name.substring(2))).as(name).isNotNull();
				}
				else {
					assertThat(FOLDER.resolve(name)).as("import in %s", file).exists();
				}
			}
		}
	}

	/**
	 * Code that the content security policy blocks or that should not depend on it.
	 */
	@Test
	void modulesWhenScannedThenEvaluateNoText() throws IOException {
		for (Path file : files()) {
			assertThat(Files.readString(file)).as("%s", file)
				.doesNotContain("eval(", "Function(", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write",
						"style:", "setAttribute(\"style", "http://", "https://");
		}
	}

	/**
	 * A login uses a single window, and its token is sent in a response body only, so no
	 * script opens or messages another window.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "src/main", "../qq-oauth2-spring-boot-starter/src/main" })
	@Tag("T-40")
	void filesWhenScannedThenOpenOrMessageNoWindow(String folder) throws IOException {
		List<Path> all;
		try (Stream<Path> files = Files.walk(Path.of(folder))) {
			all = files.filter((file) -> TEXT.matcher(file.toString()).matches()).toList();
		}
		assertThat(all).hasSizeGreaterThan(30);
		for (Path file : all) {
			assertThat(Files.readString(file)).as("%s", file).doesNotContainPattern(OTHER_WINDOW);
		}
	}

	@Test
	void messageKeysWhenReferencedThenExist() throws IOException {
		Properties messages = new Properties();
		messages.load(getClass().getResourceAsStream("/messages.properties"));
		Set<String> keys = new TreeSet<>(
				Set.of("app.mode.cookie", "app.mode.token", "app.mode.cookie.hint", "app.mode.token.hint"));
		for (Path file : files()) {
			String text = Files.readString(file);
			KEY.matcher(text).results().map((match) -> match.group(1)).filter(SpaFilesTests::isKey).forEach(keys::add);
			BUILT_KEY.matcher(text).results().forEach((match) -> assertThat(match.group(1)).startsWith("app.mode.${"));
		}
		assertThat(keys).hasSizeGreaterThan(60);
		assertThat(messages.stringPropertyNames()).containsAll(keys);
	}

	private static boolean isKey(String text) {
		return !text.endsWith(".js") && !text.startsWith("onepage.") && !text.contains("icon");
	}

}
