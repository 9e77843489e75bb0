package io.github.qqoauth2.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.SameSiteAttribute;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Security properties that only a browser can show: framing, leaks of URLs and cookies
 * sent across sites.
 */
@Tag("browser")
class BrowserSecurityIT {

	private static final String COOKIE = "--server.servlet.session.cookie.same-site=";

	private static final String READ = """
			() => ['location.href', 'document', 'sessionStorage', 'localStorage', 'name'].map((path) => {
			  try {
			    return String(path.split('.').reduce((object, name) => object[name], opened));
			  } catch (ex) {
			    return ex.name;
			  }
			})""";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@TempDir
	Path folder;

	@Test
	@Tag("T-12")
	void pagesWhenFramedByOtherSiteThenNotRendered() {
		try (DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			visitor.open(site.url() + "/login");
			visitor.signIn("alice", "reads-at-night");
			for (String path : List.of("/login/qq/error", "/bind", "/account/qq")) {
				assertThat(framed(visitor.page(), site.url() + path)).as(path).startsWith("chrome-error://");
			}
			assertThat(framed(visitor.page(), "data:text/html,shown")).isEqualTo("data:text/html,shown");
		}
	}

	private static String framed(Page page, String address) {
		page.route("http://attacker.test/",
				(route) -> route.fulfill(new Route.FulfillOptions().setContentType("text/html")
					.setBody("<iframe src=\"" + address + "\" width=\"600\" height=\"600\"></iframe>")));
		page.navigate("http://attacker.test/");
		page.waitForLoadState();
		page.unroute("http://attacker.test/");
		List<Frame> frames = page.frames();
		assertThat(frames).hasSize(2);
		return frames.get(1).url();
	}

	/**
	 * The opener of a login window can read neither its content nor the token, and
	 * receives no message. The final message, sent by the opener to itself, verifies its
	 * listener.
	 */
	@Test
	@Tag("T-40")
	void loginWhenWindowOpenedByOtherSiteThenOpenerReceivesAndReadsNothing() {
		try (DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			List<String> addresses = new CopyOnWriteArrayList<>();
			visitor.page().context().onRequest((request) -> addresses.add(request.url()));
			Page attacker = visitor.page();
			Page opened = opened(attacker, site.url() + "/app/login");
			opened.onFrameNavigated((frame) -> addresses.add(frame.url()));
			opened.locator(".switch label", new Page.LocatorOptions().setHasText("Token")).click();
			opened.locator("button", new Page.LocatorOptions().setHasText("Sign in with QQ")).click();
			assertReadsNothing(attacker);
			opened.locator("input[name=person][value=xiaoming]").check();
			opened.locator("button", new Page.LocatorOptions().setHasText("Agree and sign in")).click();
			opened.locator("[name=username]").fill("alice");
			assertReadsNothing(attacker);
			opened.locator("[name=password]:not([hidden])").fill("reads-at-night");
			opened.locator("button", new Page.LocatorOptions().setHasText("Sign in and link")).click();
			opened.getByText("Welcome back, 小明").first().waitFor();
			assertThat(String.valueOf(opened.evaluate("sessionStorage.getItem('onepage.token')"))).contains("eyJ");
			assertReadsNothing(attacker);
			attacker.evaluate("postMessage('its own')");
			attacker.waitForFunction("received.includes('its own')");
			assertThat(attacker.evaluate("received")).isEqualTo(List.of("its own"));
			assertThat(addresses).anyMatch((address) -> address.contains("/app/callback?"))
				.noneMatch((address) -> BrowserVisitor.TOKEN.matcher(address).find());
		}
	}

	/**
	 * The starter's pages are isolated from their opener by the header
	 * {@code Cross-Origin-Opener-Policy}.
	 */
	@Test
	@Tag("T-40")
	void pagesWhenOpenedByOtherSiteThenOpenerIsSevered() {
		try (DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			assertSevered(visitor.page(), site.url() + "/login/qq/error");
			visitor.open(site.url() + "/login");
			visitor.signIn("alice", "reads-at-night");
			assertSevered(visitor.page(), site.url() + "/account/qq");
			Page other = opened(visitor.page(), "about:blank");
			assertThat(other.evaluate("opener !== null")).isEqualTo(true);
			assertThat(visitor.page().evaluate("opened.closed")).isEqualTo(false);
		}
	}

	private static void assertSevered(Page opener, String address) {
		Page opened = opened(opener, address);
		assertThat(opened.url()).isEqualTo(address);
		assertThat(opened.evaluate("opener")).as(address).isNull();
		opener.waitForFunction("opened.closed");
	}

	private static Page opened(Page page, String address) {
		page.route("http://attacker.test/",
				(route) -> route.fulfill(new Route.FulfillOptions().setContentType("text/html")
					.setBody("<script>var received = [];"
							+ "addEventListener('message', (message) => received.push(message.data));</script>")));
		page.navigate("http://attacker.test/");
		Page opened = page.waitForPopup(() -> page.evaluate("(url) => { window.opened = open(url); }", address));
		opened.waitForURL(address);
		return opened;
	}

	private static void assertReadsNothing(Page attacker) {
		assertThat(attacker.evaluate(READ)).asInstanceOf(InstanceOfAssertFactories.LIST)
			.hasSize(5)
			.containsOnly("SecurityError");
	}

	@Test
	@Tag("T-21")
	void callbackWhenHandledThenUrlNotLeakedAndNotRequestedAgain() {
		try (DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			List<Request> requests = new CopyOnWriteArrayList<>();
			visitor.page().onRequest(requests::add);
			visitor.open(site.url() + "/login");
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.approveAs("xiaoming");
			assertThat(visitor.page().url()).isEqualTo(site.url() + "/bind");
			visitor.assertAvatar(".avatar");
			assertThat(requests.stream().filter((request) -> host(request).endsWith(".qlogo.cn"))).isNotEmpty()
				.allSatisfy((request) -> {
					assertThat(request.url()).doesNotContain("code=", "state=", "token");
					assertThat(request.allHeaders()).doesNotContainKey("referer");
				});
			visitor.submitBindForm("alice", "reads-at-night");
			requests.clear();
			visitor.page().goBack();
			assertThat(requests).noneMatch((request) -> request.url().contains("/login/oauth2/code/qq"));
			visitor.open(site.url() + "/me");
			assertThat(visitor.path()).isEqualTo("/me");
		}
	}

	/**
	 * The shop is accessed as {@code localhost}, so that the simulated QQ at 127.0.0.1 is
	 * another site, like the real QQ.
	 */
	@Test
	@Tag("T-48")
	void loginWhenSessionCookieLaxThenBrowserSendsItAfterQq() {
		try (DemoSite site = DemoSite.open(this.folder, COOKIE + "lax");
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			visitor.open(localhost(site) + "/login");
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.approveAs("xiaoming");
			assertThat(visitor.page().url()).isEqualTo(localhost(site) + "/bind");
			visitor.submitBindForm("alice", "reads-at-night");
			visitor.open(localhost(site) + "/me");
			visitor.checkPage("41-me-on-another-site", 200, "小明");
			assertThat(visitor.sameSiteOf("JSESSIONID")).isEqualTo(SameSiteAttribute.LAX);
		}
	}

	@Test
	@Tag("T-48")
	void loginWhenSessionCookieStrictThenErrorPageNamesCause() {
		try (DemoSite site = DemoSite.open(this.folder, COOKIE + "strict")) {
			for (Screen screen : List.of(Screen.PHONE_CHINESE, Screen.DESKTOP_ENGLISH)) {
				try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
					assertCookieProblem(visitor, site);
				}
			}
		}
	}

	private static void assertCookieProblem(BrowserVisitor visitor, DemoSite site) {
		Screen screen = visitor.screen();
		visitor.open(localhost(site) + "/login");
		visitor.clickButton("QQ 登录", "Sign in with QQ");
		assertThat(visitor.sameSiteOf("JSESSIONID")).isEqualTo(SameSiteAttribute.STRICT);
		visitor.approveAs("xiaoming");
		assertThat(visitor.page().url()).isEqualTo(localhost(site) + "/login/qq/error");
		visitor.checkPage("42-no-session", 200,
				screen.text("浏览器没有带上本站的 Cookie", "Your browser did not send this site's cookie"));
		visitor.clickLink("重新登录", "Start again");
		assertThat(visitor.path()).isEqualTo("/oauth2.0/authorize");
		visitor.open(localhost(site) + "/me");
		assertThat(visitor.path()).isEqualTo("/login");
	}

	private static String localhost(DemoSite site) {
		return site.url().replace("127.0.0.1", "localhost");
	}

	private static String host(Request request) {
		return String.valueOf(URI.create(request.url()).getHost());
	}

}
