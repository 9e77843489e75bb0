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
 * What only a browser can show: pages that refuse a frame, where addresses go, and which
 * cookies come along.
 */
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
	void pagesWhenFramedByAnotherSiteThenStayBlank() {
		try (DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			visitor.opens(site.url() + "/login");
			visitor.signsIn("alice", "reads-at-night");
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
	 * Who opened the window in which somebody logs in sees neither it nor the token, and
	 * is told nothing. The last message is the page's own: it does listen.
	 */
	@Test
	@Tag("T-40")
	void loginWhenItsWindowWasOpenedByAnotherSiteThenThatHearsAndReadsNothing() {
		try (DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			List<String> addresses = new CopyOnWriteArrayList<>();
			visitor.page().context().onRequest((request) -> addresses.add(request.url()));
			Page attacker = visitor.page();
			Page opened = opened(attacker, site.url() + "/app/login");
			opened.onFrameNavigated((frame) -> addresses.add(frame.url()));
			opened.locator(".switch label", new Page.LocatorOptions().setHasText("Token")).click();
			opened.locator("button", new Page.LocatorOptions().setHasText("Sign in with QQ")).click();
			readsNothing(attacker);
			opened.locator("input[name=person][value=xiaoming]").check();
			opened.locator("button", new Page.LocatorOptions().setHasText("Agree and sign in")).click();
			opened.locator("[name=username]").fill("alice");
			readsNothing(attacker);
			opened.locator("[name=password]:not([hidden])").fill("reads-at-night");
			opened.locator("button", new Page.LocatorOptions().setHasText("Sign in and link")).click();
			opened.getByText("Welcome back, 小明").first().waitFor();
			assertThat(String.valueOf(opened.evaluate("sessionStorage.getItem('onepage.token')"))).contains("eyJ");
			readsNothing(attacker);
			attacker.evaluate("postMessage('its own')");
			attacker.waitForFunction("heard.includes('its own')");
			assertThat(attacker.evaluate("heard")).isEqualTo(List.of("its own"));
			assertThat(addresses).anyMatch((address) -> address.contains("/app/callback?"))
				.noneMatch((address) -> BrowserVisitor.TOKEN.matcher(address).find());
		}
	}

	/**
	 * The starter's own pages leave the group of windows altogether.
	 */
	@Test
	@Tag("T-40")
	void pagesWhenOpenedByAnotherSiteThenAreCutOff() {
		try (DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			isCutOff(visitor.page(), site.url() + "/login/qq/error");
			visitor.opens(site.url() + "/login");
			visitor.signsIn("alice", "reads-at-night");
			isCutOff(visitor.page(), site.url() + "/account/qq");
			Page other = opened(visitor.page(), "about:blank");
			assertThat(other.evaluate("opener !== null")).isEqualTo(true);
			assertThat(visitor.page().evaluate("opened.closed")).isEqualTo(false);
		}
	}

	private static void isCutOff(Page opener, String address) {
		Page opened = opened(opener, address);
		assertThat(opened.url()).isEqualTo(address);
		assertThat(opened.evaluate("opener")).as(address).isNull();
		assertThat(opener.evaluate("opened.closed")).as(address).isEqualTo(true);
	}

	private static Page opened(Page page, String address) {
		page.route("http://attacker.test/",
				(route) -> route.fulfill(new Route.FulfillOptions().setContentType("text/html")
					.setBody("<script>var heard = [];"
							+ "addEventListener('message', (message) => heard.push(message.data));</script>")));
		page.navigate("http://attacker.test/");
		Page opened = page.waitForPopup(() -> page.evaluate("(url) => { window.opened = open(url); }", address));
		opened.waitForLoadState();
		return opened;
	}

	private static void readsNothing(Page attacker) {
		assertThat(attacker.evaluate(READ)).asInstanceOf(InstanceOfAssertFactories.LIST)
			.hasSize(5)
			.containsOnly("SecurityError");
	}

	@Test
	@Tag("T-21")
	void callbackWhenAnsweredThenItsAddressGoesNowhereAndIsNotCalledAgain() {
		try (DemoSite site = DemoSite.open(this.folder);
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			List<Request> requests = new CopyOnWriteArrayList<>();
			visitor.page().onRequest(requests::add);
			visitor.opens(site.url() + "/login");
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.agreesAs("xiaoming");
			assertThat(visitor.page().url()).isEqualTo(site.url() + "/bind");
			visitor.seesAvatar(".avatar");
			assertThat(requests.stream().filter((request) -> host(request).endsWith(".qlogo.cn"))).isNotEmpty()
				.allSatisfy((request) -> {
					assertThat(request.url()).doesNotContain("code=", "state=", "token");
					assertThat(request.allHeaders()).doesNotContainKey("referer");
				});
			visitor.binds("alice", "reads-at-night");
			requests.clear();
			visitor.page().goBack();
			visitor.page().waitForLoadState();
			assertThat(requests).noneMatch((request) -> request.url().contains("/login/oauth2/code/qq"));
			visitor.opens(site.url() + "/me");
			assertThat(visitor.path()).isEqualTo("/me");
		}
	}

	/**
	 * The shop is called {@code localhost} here, so that the simulated QQ at 127.0.0.1 is
	 * another site, as QQ is.
	 */
	@Test
	@Tag("T-48")
	void loginWhenSessionCookieIsLaxThenBrowserBringsItBackFromQq() {
		try (DemoSite site = DemoSite.open(this.folder, COOKIE + "lax");
				BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			visitor.opens(localhost(site) + "/login");
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.agreesAs("xiaoming");
			assertThat(visitor.page().url()).isEqualTo(localhost(site) + "/bind");
			visitor.binds("alice", "reads-at-night");
			visitor.opens(localhost(site) + "/me");
			visitor.looksAt("41-me-on-another-site", 200, "小明");
			assertThat(visitor.sameSiteOf("JSESSIONID")).isEqualTo(SameSiteAttribute.LAX);
		}
	}

	@Test
	@Tag("T-48")
	void loginWhenSessionCookieIsStrictThenPageNamesTheCause() {
		try (DemoSite site = DemoSite.open(this.folder, COOKIE + "strict")) {
			for (Screen screen : List.of(Screen.PHONE_CHINESE, Screen.DESKTOP_ENGLISH)) {
				try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
					isToldAboutCookies(visitor, site);
				}
			}
		}
	}

	private static void isToldAboutCookies(BrowserVisitor visitor, DemoSite site) {
		Screen screen = visitor.screen();
		visitor.opens(localhost(site) + "/login");
		visitor.clicksButton("QQ 登录", "Sign in with QQ");
		assertThat(visitor.sameSiteOf("JSESSIONID")).isEqualTo(SameSiteAttribute.STRICT);
		visitor.agreesAs("xiaoming");
		assertThat(visitor.page().url()).isEqualTo(localhost(site) + "/login/qq/error");
		visitor.looksAt("42-no-session", 200,
				screen.says("浏览器没有带上本站的 Cookie", "Your browser did not send this site's cookie"));
		visitor.clicksLink("重新登录", "Start again");
		assertThat(visitor.path()).isEqualTo("/oauth2.0/authorize");
		visitor.opens(localhost(site) + "/me");
		assertThat(visitor.path()).isEqualTo("/login");
	}

	private static String localhost(DemoSite site) {
		return site.url().replace("127.0.0.1", "localhost");
	}

	private static String host(Request request) {
		return String.valueOf(URI.create(request.url()).getHost());
	}

}
