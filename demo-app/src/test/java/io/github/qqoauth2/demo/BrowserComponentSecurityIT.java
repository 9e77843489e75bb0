package io.github.qqoauth2.demo;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Attacks on QQ's component in the page: foreign values, a replaced script, messages of
 * other frames.
 */
@Tag("browser")
@Tag("T-60")
class BrowserComponentSecurityIT {

	private static final String EVIL = "http://attacker.test/";

	private static final String START = "(url) => fetch(url, { headers: { Accept: 'application/json' }, "
			+ "credentials: 'include' }).then((response) => response.json(), (error) => ({ error: error.name }))";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	@BeforeEach
	void reset() {
		site.bean(QqSimulator.class).reset();
	}

	private BrowserVisitor visitor(boolean policy) {
		BrowserVisitor visitor = policy ? new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)
				: BrowserVisitor.withoutContentSecurityPolicy(chromium, Screen.DESKTOP_ENGLISH);
		visitor.page().context().onRequest((request) -> this.requests.add(request.url()));
		visitor.page()
			.context()
			.route(EVIL + "**", (route) -> route
				.fulfill(new Route.FulfillOptions().setContentType("text/html").setBody("<title>attacker</title>")));
		return visitor;
	}

	private void assertNothingHappened(BrowserVisitor visitor) {
		assertThat(this.requests)
			.noneMatch((url) -> url.startsWith(site.url()) && url.contains("/login/oauth2/code/qq"));
		assertThat(site.bean(QqSimulator.class).requests(QqEndpoint.TOKEN)).isEmpty();
		assertThat(site.queryForList("select account from qq_account_binding")).isEmpty();
		assertThat(visitor.page().url()).isEqualTo(site.url() + "/login");
	}

	/**
	 * Attributes are what an attacker can insert where a site lets visitors write HTML
	 * without scripts.
	 */
	@Test
	void componentWhenAttributesAreForeignThenValuesOfTheServer() {
		try (BrowserVisitor visitor = visitor(false)) {
			visitor.open(site.url() + "/login");
			visitor.page().evaluate("""
					(evil) => {
					  const opener = document.querySelector('[data-qq-login]');
					  Object.assign(opener.dataset, { appid: '1', appId: '1', state: 'foreign', redirectUri: evil,
					    script: evil, src: evil, start: evil, element: 'body' });
					  opener.href = evil + 'start?next=/me&state=foreign&appId=1&redirect_uri=' + evil;
					}""", EVIL);
			ComponentVisitor component = new ComponentVisitor(visitor.page(), visitor.screen()).open();
			assertThat(component.parameter("client_id")).isEqualTo(QqSimulator.APP_ID);
			assertThat(component.parameter("redirect_uri")).isEqualTo(site.url() + "/login/oauth2/code/qq");
			assertThat(component.parameter("state")).hasSize(43);
			assertThat(this.requests).noneMatch((url) -> url.startsWith(EVIL));
			assertNothingHappened(visitor);
			component.quickLogin("xiaoming");
			visitor.submitBindForm("alice", "reads-at-night");
			assertThat(visitor.path()).isEqualTo("/me");
		}
	}

	@Test
	void componentWhenForeignMessagesThenNothingHappens() {
		try (BrowserVisitor visitor = visitor(false)) {
			visitor.open(site.url() + "/login");
			ComponentVisitor component = new ComponentVisitor(visitor.page(), visitor.screen()).open();
			String state = component.parameter("state");
			String callback = site.url() + "/login/oauth2/code/qq?code=foreign&state=" + state;
			visitor.page().evaluate("""
					([evil, callback]) => {
					  const frame = document.createElement('iframe');
					  frame.id = 'attacker';
					  frame.src = evil + 'frame';
					  document.body.append(frame);
					  for (const location of [evil, callback]) {
					    for (const name of ['qqSimulator', 'event', 'type', 'action']) {
					      for (const value of ['finished', 'login', 'success', 'redirect']) {
					        postMessage({ [name]: value, location, url: location, code: 'foreign' }, '*');
					      }
					    }
					  }
					}""", List.of(EVIL, callback));
			visitor.page().waitForCondition(() -> visitor.page().frameByUrl(EVIL + "frame") != null);
			visitor.page()
				.frameByUrl(EVIL + "frame")
				.evaluate("(location) => parent.postMessage({ qqSimulator: 'finished', location }, '*')", callback);
			visitor.page().waitForTimeout(1000);
			assertThat(component.parameter("state")).isEqualTo(state);
			assertNothingHappened(visitor);
		}
	}

	/**
	 * The attacker's script takes the visitor to the callback with the attacker's own
	 * code and state.
	 */
	@Test
	void callbackWhenScriptIsReplacedAndStateIsForeignThenRefused() {
		try (BrowserVisitor attacker = visitor(true); BrowserVisitor visitor = visitor(true)) {
			attacker.open(site.url() + "/login");
			Map<?, ?> started = (Map<?, ?>) attacker.page().evaluate(START, site.url() + "/oauth2/authorization/qq");
			URI callback = site.bean(QqSimulator.class)
				.approve(URI.create(String.valueOf(started.get("authorizationUrl"))), QqPerson.PANDA);
			visitor.page()
				.route("**/jssdk/index.js",
						(route) -> route.fulfill(new Route.FulfillOptions().setContentType("text/javascript")
							.setBody("window.QQLogin = { init: () => ({ show() { location.assign('" + callback
									+ "'); }, destroy() {} }) };")));
			visitor.open(site.url() + "/login");
			visitor.page().locator(ComponentVisitor.OPENER).click();
			visitor.page().waitForURL(site.url() + "/login/qq/error");
			visitor.checkPage("66-foreign-state", 200, "This sign-in is no longer valid. Please start again.");
			assertThat(site.bean(QqSimulator.class).requests(QqEndpoint.TOKEN)).isEmpty();
			visitor.open(site.url() + "/bind");
			assertThat(visitor.page().locator("[name=binding]").count()).isZero();
			visitor.open(site.url() + "/me");
			assertThat(visitor.path()).isEqualTo("/login");
			attacker.open(callback.toString());
			assertThat(attacker.path()).isEqualTo("/bind");
		}
	}

	@Test
	void componentWhenScriptIsReplacedThenItGetsNoSecretAndEachStateOnce() {
		try (BrowserVisitor visitor = visitor(true)) {
			visitor.page()
				.route("**/jssdk/index.js",
						(route) -> route.fulfill(new Route.FulfillOptions().setContentType("text/javascript")
							.setBody("window.QQLogin = { init(options) { window.given = options;"
									+ " return { show() { options.element.append('drawn'); }, destroy() {} }; } };")));
			visitor.open(site.url() + "/login");
			visitor.page().locator(ComponentVisitor.OPENER).click();
			visitor.page().waitForFunction("() => window.given");
			assertThat(visitor.page().evaluate("JSON.stringify(Object.keys(given).sort())")).isEqualTo(
					"[\"appid\",\"element\",\"onMessage\",\"redirect_type\",\"redirect_uri\",\"response_type\",\"scope\",\"state\"]");
			assertThat(visitor.page().evaluate("given.onMessage('success', { code: 'x', url: '" + EVIL + "' })"))
				.isNull();
			assertNothingHappened(visitor);
		}
	}

	/**
	 * Another site can neither read a state nor show the component of this site.
	 */
	@Test
	void scriptWhenIncludedByOtherSiteThenItReadsNoState() {
		try (BrowserVisitor visitor = visitor(true)) {
			visitor.open(site.url() + "/login");
			Page page = visitor.page();
			page.route(EVIL + "page",
					(route) -> route.fulfill(new Route.FulfillOptions().setContentType("text/html")
						.setBody("<script src=\"" + site.url() + "/login/qq/component.js\" defer></script>"
								+ "<a data-qq-login href=\"/link\">QQ</a>")));
			page.navigate(EVIL + "page");
			assertThat(page.evaluate(START, site.url() + "/oauth2/authorization/qq")).asString()
				.contains("TypeError")
				.doesNotContain("state");
			page.locator(ComponentVisitor.OPENER).click();
			page.waitForURL(EVIL + "link");
			assertThat(this.requests).noneMatch((url) -> url.contains("/jssdk/login"));
		}
	}

}
