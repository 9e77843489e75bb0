package io.github.qqoauth2.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The installed browser, for the tests of a class. Without one they are skipped with a
 * word; on a build server they fail.
 */
final class Chromium implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

	private static final List<String> PLACES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
			"/usr/bin/google-chrome", "/snap/bin/chromium",
			"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
			"/Applications/Chromium.app/Contents/MacOS/Chromium",
			"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");

	private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu",
			"--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run");

	private static final String MISSING = "No Chromium or Chrome is installed, so the pages were not looked at in a "
			+ "browser: install one (such as the package chromium) at one of " + PLACES;

	private @Nullable Playwright playwright;

	private @Nullable Browser browser;

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		boolean skip = find() == null && !"true".equals(System.getenv("CI"));
		return skip ? ConditionEvaluationResult.disabled(MISSING) : ConditionEvaluationResult.enabled(null);
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		Path executable = find();
		if (executable == null) {
			throw new IllegalStateException(MISSING);
		}
		this.playwright = Playwright
			.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
		this.browser = this.playwright.chromium()
			.launch(new BrowserType.LaunchOptions().setExecutablePath(executable).setArgs(ARGUMENTS));
	}

	private static @Nullable Path find() {
		return PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
	}

	Browser browser() {
		return Objects.requireNonNull(this.browser);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.playwright != null) {
			this.playwright.close();
		}
	}

}
