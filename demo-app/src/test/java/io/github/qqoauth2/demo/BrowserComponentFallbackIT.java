package io.github.qqoauth2.demo;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.KeyboardModifier;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where QQ's component is not available, its element does what it does without the
 * script.
 */
@Tag("browser")
@Tag("T-60")
class BrowserComponentFallbackIT {

	private static final String SCRIPT = "**/jssdk/index.js";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of();

	static Stream<Named<Consumer<Page>>> withoutScript() {
		return Stream.of(Named.of("blocked by the policy", policy("script-src 'self'")),
				Named.of("not reachable", (page) -> page.route(SCRIPT, Route::abort)),
				Named.of("not found",
						(page) -> page.route(SCRIPT,
								(route) -> route.fulfill(new Route.FulfillOptions().setStatus(404)))),
				Named.of("too slow", (page) -> page.route(SCRIPT, (route) -> {
				})));
	}

	static Stream<Named<Consumer<Page>>> withScript() {
		return Stream.of(Named.of("frame blocked by the policy", policy("frame-src 'none'")),
				Named.of("script defines nothing", script("")),
				Named.of("script refuses", script("window.QQLogin = { init() { throw new Error('refused'); } };")),
				Named.of("script draws nothing",
						script("window.QQLogin = { init() { return { show() {}, destroy() {} }; } };")),
				Named.of("start fails", (page) -> page.route("**/oauth2/authorization/qq*", (route) -> {
					if (isScripted(route.request())) {
						route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("{\"code\":\"internal\"}"));
					}
					else {
						route.resume();
					}
				})));
	}

	private static Consumer<Page> script(String content) {
		return (page) -> page.route(SCRIPT, (route) -> route
			.fulfill(new Route.FulfillOptions().setContentType("text/javascript").setBody(content)));
	}

	private static Consumer<Page> policy(String policy) {
		return (page) -> page.addInitScript("document.addEventListener('DOMContentLoaded', () => {"
				+ " const meta = document.createElement('meta'); meta.httpEquiv = 'Content-Security-Policy';"
				+ " meta.content = \"" + policy + "\"; document.head.append(meta); });");
	}

	private static boolean isScripted(Request request) {
		return request.url().contains("/oauth2/authorization/qq") && !request.isNavigationRequest();
	}

	@ParameterizedTest
	@MethodSource("withoutScript")
	void openerWhenScriptIsMissingThenPageOfQqAndNoLoginWasStartedInVain(Consumer<Page> obstacle) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			List<Request> started = new CopyOnWriteArrayList<>();
			visitor.page().onRequest((request) -> {
				if (isScripted(request)) {
					started.add(request);
				}
			});
			assertFallsBack(visitor, obstacle);
			assertThat(started).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("withScript")
	void openerWhenComponentDoesNotAppearThenPageOfQq(Consumer<Page> obstacle) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.PHONE_CHINESE)) {
			assertFallsBack(visitor, obstacle);
		}
	}

	private static void assertFallsBack(BrowserVisitor visitor, Consumer<Page> obstacle) {
		obstacle.accept(visitor.page());
		visitor.open(site.url() + "/login?next=/me");
		visitor.navigateBy(visitor.page().locator(ComponentVisitor.OPENER));
		assertThat(visitor.path()).isEqualTo("/oauth2.0/authorize");
		visitor.approveAs("xiaoming");
		visitor.submitBindForm("alice", "reads-at-night");
		assertThat(visitor.path()).isEqualTo("/me");
	}

	@Test
	void openerWhenBoxIsTooSmallThenPageOfQq() {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			visitor.open(site.url() + "/login");
			visitor.page().evaluate("document.querySelector('main form').style.width = '279px'");
			visitor.navigateBy(visitor.page().locator(ComponentVisitor.OPENER));
			assertThat(visitor.path()).isEqualTo("/oauth2.0/authorize");
			visitor.open(site.url() + "/login");
			visitor.page().evaluate("document.querySelector('main form').style.width = '280px'");
			new ComponentVisitor(visitor.page(), visitor.screen()).open();
		}
	}

	@Test
	void openerWhenAnotherTabIsWantedThenLeftToTheBrowser() {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			visitor.open(site.url() + "/login");
			Page tab = visitor.page()
				.context()
				.waitForPage(() -> visitor.page()
					.locator(ComponentVisitor.OPENER)
					.click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.CONTROL))));
			tab.waitForURL("**/oauth2.0/authorize?*");
			assertThat(visitor.page().locator(".qq-login-box").count()).isZero();
		}
	}

	@Test
	void openerWhenScriptsAreOffThenPageOfQq() {
		try (BrowserContext context = chromium.browser()
			.newContext(new Browser.NewContextOptions().setJavaScriptEnabled(false))) {
			Page page = context.newPage();
			page.navigate(site.url() + "/login");
			page.locator(ComponentVisitor.OPENER).click();
			page.waitForURL("**/oauth2.0/authorize?*");
		}
	}

	/**
	 * The simulated component refuses what QQ documents as an error.
	 */
	@Test
	void initWhenFieldIsMissingOrSecondThenThrows() {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			visitor.open(site.url() + "/login");
			new ComponentVisitor(visitor.page(), visitor.screen()).open();
			Page page = visitor.page();
			String init = "(changed) => { try { QQLogin.init(Object.assign({ appid: '101000001', element: 'main', "
					+ "redirect_uri: location.origin + '/login/oauth2/code/qq', state: 's', onMessage() {} }, changed))"
					+ ".show(); return 'shown'; } catch (error) { return error.message; } }";
			assertThat(page.evaluate(init, Map.of())).asString().contains("call destroy() first");
			page.evaluate("QQLogin.destroy()");
			for (String field : new String[] { "appid", "redirect_uri", "element", "onMessage" }) {
				assertThat(page.evaluate(init, Map.of(field, ""))).asString().contains(field + " is missing");
			}
			assertThat(page.evaluate(init, Map.of("element", "#none"))).asString().contains("no such element");
			assertThat(page.evaluate(init, Map.of("redirect_type", "self"))).asString().contains("redirect_type");
			assertThat(page.evaluate(init, Map.of("response_type", "token"))).asString().contains("response_type");
			assertThat(page.evaluate(init, Map.of())).isEqualTo("shown");
		}
	}

}
