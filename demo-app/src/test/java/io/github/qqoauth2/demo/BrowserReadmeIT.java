package io.github.qqoauth2.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The README's calls, pasted into the console of the running demo.
 */
@ExtendWith(Chromium.Required.class)
class BrowserReadmeIT {

	private static final Pattern SCRIPT = Pattern.compile("```js\\n(.*?)```", Pattern.DOTALL);

	@TempDir
	static Path folder;

	static Chromium chromium;

	static DemoSite site;

	@BeforeAll
	static void open() {
		chromium = Chromium.start();
		site = DemoSite.open(folder);
	}

	@AfterAll
	static void close() {
		site.close();
		chromium.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "README.md", "README.zh-CN.md" })
	void callsWhenPastedIntoTheConsoleThenBindAndUnlink(String readme) throws IOException {
		List<String> scripts = SCRIPT.matcher(Files.readString(Path.of("..", readme)))
			.results()
			.map(MatchResult::group)
			.map((block) -> block.substring("```js\n".length(), block.length() - "```".length()))
			.toList();
		assertThat(scripts).hasSize(3);
		List<String> lines = scripts.get(2).lines().toList();
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			visitor.opens(site.url() + "/app/");
			paste(visitor.page(), scripts.get(0) + scripts.get(1));
			visitor.agreesAs("xiaoming");
			visitor.page().waitForURL("**/bind");
			assertThat(paste(visitor.page(), scripts.get(0) + lines.get(0) + "\nreturn nickname")).isEqualTo("小明");
			paste(visitor.page(), scripts.get(0) + lines.get(0) + "\n" + lines.get(1));
			assertThat(paste(visitor.page(), scripts.get(0) + "return " + lines.get(2)))
				.isInstanceOfSatisfying(Map.class, (account) -> assertThat(account.get("username")).isEqualTo("alice"))
				.isInstanceOfSatisfying(Map.class, (account) -> assertThat(account.get("bound")).isEqualTo(true));
			assertThat(paste(visitor.page(), scripts.get(0) + "return " + lines.get(3)))
				.isInstanceOfSatisfying(Map.class, (account) -> assertThat(account.get("bound")).isEqualTo(false));
		}
	}

	private static Object paste(Page page, String script) {
		return page.evaluate("async () => {\n" + script + "\n}");
	}

}
