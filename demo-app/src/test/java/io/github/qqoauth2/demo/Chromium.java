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
 * Starts the installed Chromium for the tests of a class. If there is none, the tests are
 * skipped with a message; on a build server they fail.
 */
final class Chromium implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

	private static final List<String> EXECUTABLES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser",
			"/usr/bin/google-chrome", "/snap/bin/chromium",
			"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
			"/Applications/Chromium.app/Contents/MacOS/Chromium",
			"C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");

	private static final List<String> ARGUMENTS = List.of("--no-sandbox", "--disable-gpu",
			"--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run");

	/** Bounds the start of the browser and each of its actions, in milliseconds. */
	static final double TIMEOUT = 180_000;

	private static final String MISSING = "No Chromium or Chrome was found, so the browser tests are skipped. Install one "
			+ "(such as the package chromium) at one of " + EXECUTABLES;

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
			.launch(new BrowserType.LaunchOptions().setExecutablePath(executable)
				.setArgs(ARGUMENTS)
				.setTimeout(TIMEOUT));
	}

	private static @Nullable Path find() {
		return EXECUTABLES.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
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
