package io.github.qqoauth2.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.SameSiteAttribute;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A visitor with a browser. Checks each page for its language, its width, the requests
 * that it sends and errors of the browser.
 */
final class BrowserVisitor implements AutoCloseable {

	private static final String AVATAR = """
			<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" \
			fill="#8fb9d9"/><circle cx="50" cy="40" r="19" fill="#fff4e2"/><path d="M14 100c3-30 69-30 72 0z" \
			fill="#35617f"/></svg>""";

	private static final String VISIBLE_TEXTS = """
			() => {
			  const texts = [document.title];
			  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
			  while (walker.nextNode()) {
			    const node = walker.currentNode;
			    const visible = node.parentElement.checkVisibility({ visibilityProperty: true, opacityProperty: true });
			    if (visible && node.data.trim()) {
			      texts.push(node.data.trim().replace(/\\s+/g, ' '));
			    }
			  }
			  for (const element of document.querySelectorAll('[placeholder], [title], [alt], [aria-label]')) {
			    for (const name of ['placeholder', 'title', 'alt', 'aria-label']) {
			      if (element.getAttribute(name)) {
			        texts.push(element.getAttribute(name));
			      }
			    }
			  }
			  return texts;
			}""";

	private static final Pattern CHINESE = Pattern.compile("[\\p{IsHan}\\u3000-\\u303f\\uff00-\\uffef]");

	private static final Pattern ENGLISH_WORD = Pattern.compile("[A-Za-z]{2,}");

	/** Names that are the same in every language. */
	private static final Pattern NAMES = Pattern
		.compile("小明|^小$|[a-z]+@onepage\\.example|qq_[0-9a-f]{20}|Onepage|QQ|Cookie|"
				+ "alice|bob|Bob|xiaoming|panda|nobody|127\\.0\\.0\\.1:[0-9]+|\\b[0-9a-f]{8,}\\b");

	/** A signed or encrypted token: JSON encoded in Base64, followed by a dot. */
	static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.");

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private final List<String> problems = new ArrayList<>();

	private final List<String> visited = new ArrayList<>();

	private final Screen screen;

	private final BrowserContext context;

	private final Page page;

	private int status;

	BrowserVisitor(Chromium chromium, Screen screen) {
		this(chromium, screen, screen.options());
	}

	private BrowserVisitor(Chromium chromium, Screen screen, Browser.NewContextOptions options) {
		this.screen = screen;
		this.context = chromium.browser().newContext(options);
		this.context.setDefaultTimeout(Chromium.TIMEOUT);
		this.context.route((url) -> !isLoopback(url), BrowserVisitor::fulfillAvatars);
		this.context.onRequest(this::onRequest);
		this.context.onResponse(this::onResponse);
		this.context.onConsoleMessage(this::onConsoleMessage);
		this.context.onWebError((error) -> this.problems.add("Script error: " + error.error()));
		this.page = this.context.newPage();
		this.page.onDialog(this::onDialog);
	}

	/**
	 * Creates a visitor whose browser bypasses the content security policy, so that tests
	 * depend on escaping only.
	 */
	static BrowserVisitor withoutContentSecurityPolicy(Chromium chromium, Screen screen) {
		return new BrowserVisitor(chromium, screen, screen.options().setBypassCSP(true).setDeviceScaleFactor(1));
	}

	private static boolean isLoopback(String url) {
		String host = URI.create(url).getHost();
		return host == null || host.equals("127.0.0.1") || host.equals("localhost");
	}

	private static void fulfillAvatars(Route route) {
		String host = URI.create(route.request().url()).getHost();
		if (host.endsWith(".qlogo.cn")) {
			route.fulfill(new Route.FulfillOptions().setContentType("image/svg+xml").setBody(AVATAR));
		}
		else {
			route.abort();
		}
	}

	private void onRequest(Request request) {
		URI url = URI.create(request.url());
		boolean avatar = "image".equals(request.resourceType()) && String.valueOf(url.getHost()).endsWith(".qlogo.cn");
		if (!isLoopback(request.url()) && !avatar) {
			this.problems.add("Request to " + url.getHost());
		}
		if (TOKEN.matcher(request.url()).find()) {
			this.problems.add("Token in a URL: " + url.getPath());
		}
		if (request.isNavigationRequest()) {
			this.visited.add(url.getPath());
		}
	}

	private void onResponse(Response response) {
		if (response.request().isNavigationRequest()) {
			this.status = response.status();
		}
		else if (response.status() >= 400 && !isProblem(response)) {
			this.problems.add(response.status() + " for " + response.url());
		}
	}

	/**
	 * Error responses of the JSON API are expected; the page displays them.
	 */
	private static boolean isProblem(Response response) {
		return String.valueOf(response.headers().get("content-type")).startsWith("application/problem+json");
	}

	/**
	 * Ignores messages about error statuses, which {@link #checkPage} checks.
	 */
	private void onConsoleMessage(ConsoleMessage message) {
		boolean errorStatus = message.text().startsWith("Failed to load resource");
		if (message.type().equals("error") && !errorStatus) {
			this.problems.add("Console: " + message.text());
		}
	}

	private void onDialog(Dialog dialog) {
		this.problems.add("Dialog: " + dialog.message());
		dialog.dismiss();
	}

	Screen screen() {
		return this.screen;
	}

	Page page() {
		return this.page;
	}

	void open(String url) {
		this.page.navigate(url);
	}

	String path() {
		return URI.create(this.page.url()).getPath();
	}

	void clickLink(String chinese, String english) {
		click(AriaRole.LINK, chinese, english);
	}

	void clickButton(String chinese, String english) {
		click(AriaRole.BUTTON, chinese, english);
	}

	private void click(AriaRole role, String chinese, String english) {
		navigateBy(find(role, chinese, english));
	}

	/**
	 * Finds a link or a button by its label.
	 */
	Locator find(AriaRole role, String chinese, String english) {
		return this.page
			.getByRole(role, new Page.GetByRoleOptions().setName(this.screen.text(chinese, english)).setExact(true))
			.first();
	}

	/**
	 * Clicks and waits until the browser has left the page and loaded the next one. The
	 * marker is lost with the page. It must not be set before the page with the target is
	 * there: a script may still be leaving the previous one.
	 */
	void navigateBy(Locator target) {
		target.waitFor();
		this.page.evaluate("() => { window.beforeNavigation = true; }");
		target.click();
		this.page
			.waitForFunction("() => !window.beforeNavigation && document.readyState === 'complete' && document.body");
	}

	void fill(String field, String value) {
		this.page.locator("[name=" + field + "]").fill(value);
	}

	void signIn(String username, String password) {
		fill("username", username);
		fill("password", password);
		clickButton("登录", "Sign in");
	}

	void submitBindForm(String username, String password) {
		fill("username", username);
		fill("password", password);
		clickButton("登录并绑定", "Sign in and link");
	}

	/**
	 * Requests a code by SMS and waits until the button counts down. The page is not
	 * left.
	 */
	void requestCode() {
		find(AriaRole.BUTTON, "获取验证码", "Send code").click();
		this.page.waitForFunction("() => /[0-9]/.test(document.querySelector('button[data-code]').textContent)");
	}

	/**
	 * Approves the login on QQ's page.
	 */
	void approveAs(String person) {
		this.page.locator("input[name=person][value=" + person + "]").check();
		clickButton("同意并登录", "Agree and sign in");
	}

	/**
	 * Cancels the login on QQ's page. On a phone QQ redirects back. On a desktop it only
	 * closes its window, so the simulator's button for developers is used.
	 */
	void cancelAtQq() {
		if (this.screen.isPhone()) {
			clickButton("取消", "Cancel");
			return;
		}
		this.page.locator("summary").click();
		clickButton("像旧手机版那样取消（usercancel=1）", "Cancel as the old mobile page did (usercancel=1)");
	}

	/**
	 * Checks the current page. Saves screenshots of it in light and dark mode if all
	 * screens are selected.
	 */
	void checkPage(String name, int expectedStatus, String... expected) {
		this.page.waitForLoadState();
		List<String> texts = texts();
		assertThat(this.status).as("status of %s", this.page.url()).isEqualTo(expectedStatus);
		assertThat(this.page.locator("html").getAttribute("lang")).as("language of %s", name)
			.isEqualTo(this.screen.language());
		assertThat(texts).as("texts of %s", name).allSatisfy(this::assertLanguage);
		assertThat(String.join("\n", texts)).as("texts of %s", name).contains(expected);
		assertFitsScreen(name);
		if (Screen.ALL) {
			saveScreenshot(name, "-dark", ColorScheme.DARK);
			saveScreenshot(name, "", ColorScheme.LIGHT);
		}
		assertNoProblems(name);
	}

	/**
	 * Checks the current page, which contains text of other people. Its language is not
	 * checked, since the text may be in any.
	 */
	void checkPageWithForeignText(String name) {
		assertThat(this.status).as("status of %s", this.page.url()).isEqualTo(200);
		assertFitsScreen(name);
		assertNoProblems(name);
	}

	private void assertFitsScreen(String name) {
		assertThat((int) this.page.evaluate("document.documentElement.scrollWidth")).as("width of %s", name)
			.isLessThanOrEqualTo(this.screen.width());
	}

	private void assertNoProblems(String name) {
		assertThat(this.problems).as("problems of the browser about %s", name).isEmpty();
	}

	private List<String> texts() {
		return ((List<?>) this.page.evaluate(VISIBLE_TEXTS)).stream().map(String::valueOf).toList();
	}

	private void assertLanguage(String text) {
		String rest = NAMES.matcher(text).replaceAll("");
		assertThat(rest).doesNotContainPattern(this.screen.isChinese() ? ENGLISH_WORD : CHINESE);
	}

	private void saveScreenshot(String name, String suffix, ColorScheme colors) {
		this.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colors));
		this.page.screenshot(new Page.ScreenshotOptions().setFullPage(true)
			.setPath(SCREENSHOTS.resolve(this.screen.toString()).resolve(name + suffix + ".png")));
	}

	/**
	 * Asserts that the avatar from QQ has been loaded.
	 */
	void assertAvatar(String area) {
		Locator avatar = this.page.locator(area + " img");
		assertThat(avatar.getAttribute("src")).startsWith("https://").contains(".qlogo.cn/");
		this.page.waitForFunction("(area) => document.querySelector(area + ' img').naturalWidth > 0", area);
	}

	void assertInitial(String area, String initial) {
		assertThat(this.page.locator(area + " img").count()).isZero();
		assertThat(this.page.locator(area).innerText()).isEqualToIgnoringCase(initial);
	}

	/**
	 * Removes all cookies.
	 */
	void clearCookies() {
		this.context.clearCookies();
	}

	boolean hasCookie(String name) {
		return this.context.cookies().stream().anyMatch((cookie) -> cookie.name.equals(name));
	}

	/**
	 * Returns the SameSite attribute of a cookie.
	 */
	SameSiteAttribute sameSiteOf(String cookie) {
		return this.context.cookies()
			.stream()
			.filter((candidate) -> candidate.name.equals(cookie))
			.map((candidate) -> candidate.sameSite)
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Returns the paths requested since the last call, including redirects.
	 */
	List<String> takeVisitedPaths() {
		List<String> copy = List.copyOf(this.visited);
		this.visited.clear();
		return copy;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
