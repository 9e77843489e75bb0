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
 * Somebody with a browser. Looks at each page in the same way: its language, its width,
 * what it loads, what it complains of; and keeps a picture of it, by day and by night.
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

	/** What people and machines are called, which is the same in every language. */
	private static final Pattern NAMES = Pattern
		.compile("小明|^小$|[a-z]+@onepage\\.example|qq_[0-9a-f]{20}|Onepage|QQ|Cookie|"
				+ "alice|bob|Bob|xiaoming|panda|nobody|127\\.0\\.0\\.1:[0-9]+|\\b[0-9a-f]{8,}\\b");

	/** A signed or encrypted token: what begins like JSON in Base64, and has dots. */
	static final Pattern TOKEN = Pattern.compile("eyJ[A-Za-z0-9_-]{8,}\\.");

	private static final Path SCREENSHOTS = Path.of("target", "screenshots");

	private final List<String> complaints = new ArrayList<>();

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
		this.context.route((url) -> !isLoopback(url), BrowserVisitor::answerForQqOnly);
		this.context.onRequest(this::onRequest);
		this.context.onResponse(this::onResponse);
		this.context.onConsoleMessage(this::onConsoleMessage);
		this.context.onWebError((error) -> this.complaints.add("Script error: " + error.error()));
		this.page = this.context.newPage();
		this.page.onDialog(this::onDialog);
		this.page.setDefaultTimeout(15_000);
	}

	/**
	 * Somebody whose browser obeys no content security policy, so that escaping stands
	 * alone.
	 */
	static BrowserVisitor withoutContentSecurityPolicy(Chromium chromium, Screen screen) {
		return new BrowserVisitor(chromium, screen, screen.options().setBypassCSP(true).setDeviceScaleFactor(1));
	}

	private static boolean isLoopback(String url) {
		String host = URI.create(url).getHost();
		return host == null || host.equals("127.0.0.1") || host.equals("localhost");
	}

	private static void answerForQqOnly(Route route) {
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
			this.complaints.add("Request to " + url.getHost());
		}
		if (TOKEN.matcher(request.url()).find()) {
			this.complaints.add("Token in an address: " + url.getPath());
		}
		if (request.isNavigationRequest()) {
			this.visited.add(url.getPath());
		}
	}

	private void onResponse(Response response) {
		if (response.request().isNavigationRequest()) {
			this.status = response.status();
		}
		else if (response.status() >= 400 && !isAnswer(response)) {
			this.complaints.add(response.status() + " for " + response.url());
		}
	}

	/**
	 * What the JSON API refuses, the page shows.
	 */
	private static boolean isAnswer(Response response) {
		return String.valueOf(response.headers().get("content-type")).startsWith("application/problem+json");
	}

	/**
	 * The browser also says here that a page came with an error's status, which
	 * {@link #looksAt} asks about.
	 */
	private void onConsoleMessage(ConsoleMessage message) {
		boolean known = message.text().startsWith("Failed to load resource");
		if (message.type().equals("error") && !known) {
			this.complaints.add("Console: " + message.text());
		}
	}

	private void onDialog(Dialog dialog) {
		this.complaints.add("Dialog: " + dialog.message());
		dialog.dismiss();
	}

	Screen screen() {
		return this.screen;
	}

	Page page() {
		return this.page;
	}

	void opens(String url) {
		this.page.navigate(url);
	}

	String path() {
		return URI.create(this.page.url()).getPath();
	}

	void clicksLink(String chinese, String english) {
		click(AriaRole.LINK, chinese, english);
	}

	void clicksButton(String chinese, String english) {
		click(AriaRole.BUTTON, chinese, english);
	}

	private void click(AriaRole role, String chinese, String english) {
		this.page
			.getByRole(role, new Page.GetByRoleOptions().setName(this.screen.says(chinese, english)).setExact(true))
			.first()
			.click();
		this.page.waitForLoadState();
	}

	void fills(String field, String value) {
		this.page.locator("[name=" + field + "]").fill(value);
	}

	void signsIn(String username, String password) {
		fills("username", username);
		fills("password", password);
		clicksButton("登录", "Sign in");
	}

	void binds(String username, String password) {
		fills("username", username);
		fills("password", password);
		clicksButton("登录并绑定", "Sign in and link");
	}

	/**
	 * Asks for a code by SMS, and waits for the answer, which comes without a new page.
	 */
	void asksForCode() {
		clicksButton("获取验证码", "Send code");
		this.page.waitForFunction("() => /[0-9]/.test(document.querySelector('button[data-code]').textContent)");
	}

	/**
	 * On QQ's page.
	 */
	void agreesAs(String person) {
		this.page.locator("input[name=person][value=" + person + "]").check();
		clicksButton("同意并登录", "Agree and sign in");
	}

	/**
	 * On QQ's page: on a phone QQ comes back, on a computer it only closes its window, so
	 * there the button for developers stands in.
	 */
	void cancelsAtQq() {
		if (this.screen.isPhone()) {
			clicksButton("取消", "Cancel");
			return;
		}
		this.page.locator("summary").click();
		clicksButton("像旧手机版那样取消（usercancel=1）", "Cancel as the old mobile page did (usercancel=1)");
	}

	/**
	 * Checks the page that is open and keeps a picture of it.
	 */
	void looksAt(String name, int expectedStatus, String... sentences) {
		this.page.waitForLoadState();
		List<String> texts = texts();
		assertThat(this.status).as("status of %s", this.page.url()).isEqualTo(expectedStatus);
		assertThat(this.page.locator("html").getAttribute("lang")).as("language of %s", name)
			.isEqualTo(this.screen.language());
		assertThat(texts).as("texts of %s", name).allSatisfy(this::isInTheLanguage);
		assertThat(String.join("\n", texts)).as("texts of %s", name).contains(sentences);
		isWithinTheScreen(name);
		keepPicture(name, "", ColorScheme.LIGHT);
		keepPicture(name, "-dark", ColorScheme.DARK);
		this.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
		isWithoutComplaint(name);
	}

	/**
	 * Checks that the page that is open and shows the text of a stranger is in order. Not
	 * its language, since the text may be in any.
	 */
	void looksAtTextOfAStranger(String name) {
		assertThat(this.status).as("status of %s", this.page.url()).isEqualTo(200);
		isWithinTheScreen(name);
		isWithoutComplaint(name);
	}

	private void isWithinTheScreen(String name) {
		assertThat((int) this.page.evaluate("document.documentElement.scrollWidth")).as("width of %s", name)
			.isLessThanOrEqualTo(this.screen.width());
	}

	private void isWithoutComplaint(String name) {
		assertThat(this.complaints).as("complaints of the browser about %s", name).isEmpty();
	}

	private List<String> texts() {
		return ((List<?>) this.page.evaluate(VISIBLE_TEXTS)).stream().map(String::valueOf).toList();
	}

	private void isInTheLanguage(String text) {
		String rest = NAMES.matcher(text).replaceAll("");
		assertThat(rest).doesNotContainPattern(this.screen.isChinese() ? ENGLISH_WORD : CHINESE);
	}

	private void keepPicture(String name, String suffix, ColorScheme colors) {
		this.page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(colors));
		this.page.screenshot(new Page.ScreenshotOptions().setFullPage(true)
			.setPath(SCREENSHOTS.resolve(this.screen.toString()).resolve(name + suffix + ".png")));
	}

	/**
	 * The picture from QQ is there, not merely its element.
	 */
	void seesAvatar(String area) {
		Locator avatar = this.page.locator(area + " img");
		assertThat(avatar.getAttribute("src")).startsWith("https://").contains(".qlogo.cn/");
		this.page.waitForFunction("(area) => document.querySelector(area + ' img').naturalWidth > 0", area);
	}

	void seesInitial(String area, String initial) {
		assertThat(this.page.locator(area + " img").count()).isZero();
		assertThat(this.page.locator(area).innerText()).isEqualToIgnoringCase(initial);
	}

	/**
	 * Lets the browser forget who it is.
	 */
	void clearsCookies() {
		this.context.clearCookies();
	}

	boolean hasCookie(String name) {
		return this.context.cookies().stream().anyMatch((cookie) -> cookie.name.equals(name));
	}

	/**
	 * When the browser sends a cookie that it has from the site.
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
	 * The paths opened since the last call, redirects included.
	 */
	List<String> visited() {
		List<String> copy = List.copyOf(this.visited);
		this.visited.clear();
		return copy;
	}

	@Override
	public void close() {
		this.context.close();
	}

}
