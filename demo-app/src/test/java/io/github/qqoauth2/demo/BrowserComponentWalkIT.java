package io.github.qqoauth2.demo;

import java.util.Arrays;
import java.util.stream.Stream;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.SameSiteAttribute;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logins in QQ's component on the login page and in the single-page app.
 */
@Tag("browser")
class BrowserComponentWalkIT {

	private static final String ALICE = "reads-at-night";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of();

	static Stream<Arguments> screensInBothModes() {
		return Screen.selected()
			.flatMap((screen) -> Arrays.stream(LoginMode.values()).map((mode) -> Arguments.of(screen, mode)));
	}

	private static ComponentVisitor component(BrowserVisitor visitor) {
		return new ComponentVisitor(visitor.page(), visitor.screen());
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void loginWhenScannedThenBindsAndNextTimeQuickLoginSignsIn(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/login?next=/me");
			assertThat(visitor.page().locator(ComponentVisitor.OPENER).getAttribute("aria-expanded"))
				.isEqualTo("false");
			ComponentVisitor component = component(visitor).open();
			visitor.checkPage("60-component", 200, screen.text("到 QQ 的页面登录", "Sign in on QQ's page"));
			assertThat(visitor.page().locator(ComponentVisitor.OPENER).getAttribute("aria-expanded")).isEqualTo("true");
			assertThat(component.parameter("redirect_uri")).isEqualTo(site.url() + "/login/oauth2/code/qq");
			component.scanAndConfirm("xiaoming");
			assertThat(visitor.path()).isEqualTo("/bind");
			visitor.submitBindForm("alice", ALICE);
			assertThat(visitor.path()).isEqualTo("/me");
			visitor.clickButton("退出登录", "Sign out");
			visitor.checkPage("61-last-qq", 200, screen.text("你上次是用 QQ 登录的。", "Last time you signed in with QQ."));
			component.open().quickLogin("xiaoming");
			visitor.checkPage("62-home-by-component", 200, screen.text("小明，欢迎回来", "Welcome back, 小明"));
		}
	}

	@ParameterizedTest
	@MethodSource("screensInBothModes")
	void appWhenScannedThenBindsAndNextTimeQuickLoginSignsIn(Screen screen, LoginMode mode) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, site, mode)) {
			visitor.open("login?next=/app/books/4");
			ComponentVisitor component = component(visitor.browser()).open();
			visitor.checkPage("60-component", screen.text("收起", "Close"));
			component.scanAndConfirm("xiaoming");
			visitor.waitForText(screen.text("小明，你好！", "Hello, 小明!"));
			visitor.assertPendingBindingStored();
			visitor.submitBindForm("alice", ALICE).waitForText(screen.text("小明，欢迎回来", "Welcome back, 小明")).signOut();
			visitor.open("login?next=/app/books/4");
			visitor.checkPage("61-last-qq", screen.text("你上次是用 QQ 登录的。", "Last time you signed in with QQ."));
			visitor.checkRememberMe();
			component.open().quickLogin("xiaoming");
			visitor.waitForText(screen.text("小明，欢迎回来", "Welcome back, 小明"));
			visitor.assertLoginStored(true);
			visitor.clickButton("返回", "Back").waitForText(screen.text("浮生六记", "Six Records of a Floating Life"));
		}
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void loginWhenCancelledOrExpiredThenGoesOn(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/login");
			ComponentVisitor component = component(visitor).open();
			component.scanAndCancel();
			visitor.checkPage("63-component-cancelled", 200, screen.text("收起", "Close"));
			component.newCode();
			component.developer("expire");
			component.waitForText("二维码已失效。", "This code is no longer valid.");
			visitor.checkPage("64-component-expired", 200, screen.text("收起", "Close"));
			component.newCode();
			component.leaving(() -> component.developer("usercancel"));
			assertThat(visitor.path()).isEqualTo("/login/qq/error");
			visitor.checkPage("65-cancelled", 200, screen.text("你取消了 QQ 登录。", "You cancelled the QQ sign-in."));
			visitor.open(site.url() + "/login");
			component.open().passwordLogin("panda");
			assertThat(visitor.path()).isEqualTo("/bind");
		}
	}

	@Test
	void loginWhenRememberedThenParameterOfTheFormIsSent() {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			visitor.open(site.url() + "/login");
			visitor.page().locator("[name=remember-me]").check();
			component(visitor).open().quickLogin("xiaoming");
			visitor.submitBindForm("alice", ALICE);
			visitor.clearCookies();
			visitor.open(site.url() + "/login");
			visitor.page().locator("[name=remember-me]").check();
			component(visitor).open().quickLogin("xiaoming");
			assertThat(visitor.path()).isEqualTo("/");
			assertThat(visitor.hasCookie("remember-me")).isTrue();
			assertThat(visitor.sameSiteOf("last-login")).isEqualTo(SameSiteAttribute.LAX);
			assertThat(visitor.page().evaluate("document.cookie")).asString().doesNotContain("last-login");
		}
	}

	@Test
	void loginWhenTwoTabsThenBothFinish() {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_CHINESE)) {
			visitor.open(site.url() + "/login");
			component(visitor).open().quickLogin("xiaoming");
			visitor.submitBindForm("alice", ALICE);
			visitor.clearCookies();
			visitor.open(site.url() + "/login?next=/shelf");
			ComponentVisitor first = component(visitor).open();
			Page other = visitor.page().context().newPage();
			other.navigate(site.url() + "/login?next=/me");
			ComponentVisitor second = new ComponentVisitor(other, visitor.screen()).open();
			assertThat(first.parameter("state")).isNotEqualTo(second.parameter("state"));
			Page button = visitor.page().context().newPage();
			button.navigate(site.url() + "/oauth2/authorization/qq?next=/books/4");
			first.quickLogin("xiaoming");
			assertThat(visitor.path()).isEqualTo("/shelf");
			second.scanAndConfirm("xiaoming");
			assertThat(other.url()).isEqualTo(site.url() + "/me");
			button.locator("button[value=agree]").click();
			button.waitForURL(site.url() + "/books/4");
		}
	}

	@Test
	void boxWhenOpenedThenClosesByKeyButtonAndSecondClick() {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.PHONE_ENGLISH)) {
			visitor.open(site.url() + "/login");
			ComponentVisitor component = component(visitor).open();
			Page page = visitor.page();
			assertThat(page.locator(".qq-login-mount").boundingBox().width).isGreaterThanOrEqualTo(280);
			assertThat(page.locator(".qq-login-mount").boundingBox().height).isGreaterThanOrEqualTo(280);
			page.keyboard().press("Escape");
			component.assertClosed();
			component.open();
			page.locator(ComponentVisitor.OPENER).click();
			component.assertClosed();
			page.locator(ComponentVisitor.OPENER).press("Enter");
			component.frame().locator(".scan").waitFor();
			visitor.find(AriaRole.BUTTON, "收起", "Close").press("Enter");
			component.assertClosed();
			assertThat(page.evaluate("document.activeElement.matches('[data-qq-login]')")).isEqualTo(true);
			component.open();
			visitor.clickButton("到 QQ 的页面登录", "Sign in on QQ's page");
			assertThat(visitor.path()).isEqualTo("/oauth2.0/authorize");
		}
	}

	@Test
	void stateWhenNearlyExpiredThenRenewedUpToFiveTimes() {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, Screen.DESKTOP_ENGLISH)) {
			visitor.page().clock().install();
			visitor.open(site.url() + "/login");
			ComponentVisitor component = component(visitor).open();
			String first = component.parameter("state");
			visitor.page().clock().fastForward(269_000);
			assertThat(component.parameter("state")).isEqualTo(first);
			visitor.page().clock().fastForward(2_000);
			visitor.page()
				.waitForFunction("(state) => { const frame = document.querySelector('iframe');"
						+ " return frame && !frame.src.includes(state); }", first);
			for (int i = 0; i < 5; i++) {
				visitor.page().clock().fastForward(271_000);
				visitor.page().waitForTimeout(500);
			}
			component.assertClosed();
			assertThat(visitor.path()).isEqualTo("/login");
		}
	}

}
