package io.github.qqoauth2.demo;

import java.util.List;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.WaitForSelectorState;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * QQ's login component in one tab of a visitor's browser.
 */
final class ComponentVisitor {

	static final String OPENER = "[data-qq-login]";

	private static final String FRAME = ".qq-login-mount iframe";

	private final Page page;

	private final Screen screen;

	ComponentVisitor(Page page, Screen screen) {
		this.page = page;
		this.screen = screen;
	}

	Page page() {
		return this.page;
	}

	/**
	 * Opens the component and waits until QQ has drawn it.
	 */
	ComponentVisitor open() {
		this.page.locator(OPENER).click();
		frame().locator(".scan").waitFor();
		return this;
	}

	FrameLocator frame() {
		return this.page.frameLocator(FRAME);
	}

	/**
	 * Returns a parameter with which QQ's component was opened.
	 */
	String parameter(String name) {
		return String.valueOf(this.page.evaluate(
				"([frame, name]) => " + "new URL(document.querySelector(frame).src).searchParams.get(name)",
				List.of(FRAME, name)));
	}

	/**
	 * Clicks a person of the quick login and waits until the page has gone on.
	 */
	void quickLogin(String person) {
		leaving(() -> frame().locator("button[value=" + person + "]").click());
	}

	void passwordLogin(String person) {
		frame().locator("summary").first().click();
		frame().locator("[name=person]:not(button)").fill(person);
		frame().locator("[name=password]").fill("any");
		leaving(() -> frame().locator(".main").click());
	}

	/**
	 * Clicks a button for developers.
	 */
	void developer(String action) {
		frame().locator("summary").last().click();
		frame().locator("button[value=" + action + "]").click();
	}

	/**
	 * Opens the page that a phone shows after the scan.
	 */
	Page scan() {
		return this.page.waitForPopup(() -> frame().locator("a[target]").click());
	}

	void scanAndConfirm(String person) {
		Page phone = scan();
		phone.locator("input[name=person][value=" + person + "]").check();
		waitForText("已扫码，请在手机上确认。", "Scanned. Confirm on your phone.");
		leaving(() -> phone.locator("button[value=agree]").click());
		phone.close();
	}

	void scanAndCancel() {
		Page phone = scan();
		phone.locator("button[value=cancel]").click();
		waitForText("你在手机上取消了登录。", "You cancelled on your phone.");
		phone.close();
	}

	void waitForText(String chinese, String english) {
		frame().getByText(this.screen.text(chinese, english)).first().waitFor();
	}

	void newCode() {
		frame()
			.getByRole(AriaRole.BUTTON,
					new FrameLocator.GetByRoleOptions().setName(this.screen.text("刷新二维码", "New code")))
			.click();
		waitForText("用手机 QQ 扫码登录", "Scan with QQ on your phone");
	}

	void leaving(Runnable action) {
		this.page.evaluate("() => { window.beforeNavigation = true; }");
		action.run();
		this.page
			.waitForFunction("() => !window.beforeNavigation && document.readyState === 'complete' && document.body");
	}

	void assertClosed() {
		this.page.locator(".qq-login-box")
			.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
		assertThat(this.page.locator(OPENER).getAttribute("aria-expanded")).isEqualTo("false");
	}

}
