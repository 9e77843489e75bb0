package io.github.qqoauth2.demo;

import java.util.Locale;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A visitor of the single-page app. Pages are checked as by {@link BrowserVisitor}, after
 * the expected texts have appeared.
 */
final class SpaVisitor implements AutoCloseable {

	private final BrowserVisitor browser;

	private final DemoSite site;

	private final LoginMode mode;

	SpaVisitor(Chromium chromium, Screen screen, DemoSite site, LoginMode mode) {
		this.browser = new BrowserVisitor(chromium, screen);
		this.site = site;
		this.mode = mode;
		open("");
		this.browser.page().locator(".switch label", new Page.LocatorOptions().setHasText(mode.label(screen))).click();
		open("");
	}

	BrowserVisitor browser() {
		return this.browser;
	}

	SpaVisitor open(String path) {
		this.browser.open(this.site.url() + "/app/" + path);
		this.browser.page().locator("main").waitFor();
		return this;
	}

	SpaVisitor clickLink(String chinese, String english) {
		this.browser.find(AriaRole.LINK, chinese, english).click();
		return this;
	}

	SpaVisitor clickButton(String chinese, String english) {
		this.browser.find(AriaRole.BUTTON, chinese, english).click();
		return this;
	}

	SpaVisitor openTab(String chinese, String english) {
		this.browser.page().locator("[role=tab]", new Page.LocatorOptions().setHasText(text(chinese, english))).click();
		return this;
	}

	SpaVisitor fill(String field, String value) {
		this.browser.page().locator("[name=" + field + "]:not([hidden])").fill(value);
		return this;
	}

	SpaVisitor checkRememberMe() {
		this.browser.page().locator("[name=remember-me]").check();
		return this;
	}

	/**
	 * Logs in by QQ, starting at the login page.
	 */
	SpaVisitor loginWithQq(String person) {
		open("login").clickButton("QQ 登录", "Sign in with QQ");
		return approveAs(person);
	}

	SpaVisitor approveAs(String person) {
		this.browser.approveAs(person);
		return this;
	}

	SpaVisitor submitBindForm(String username, String password) {
		return fill("username", username).fill("password", password).clickButton("登录并绑定", "Sign in and link");
	}

	SpaVisitor signIn(String username, String password) {
		open("login").fill("username", username).fill("password", password);
		return clickButton("登录", "Sign in").waitForText(text("欢迎回来", "Welcome back"));
	}

	SpaVisitor signOut() {
		open("me").clickButton("退出登录", "Sign out");
		return waitForText(text("你已退出登录。", "You have signed out."));
	}

	SpaVisitor waitForText(String text) {
		this.browser.page()
			.locator("main")
			.getByText(text, new Locator.GetByTextOptions().setExact(false))
			.first()
			.waitFor();
		return this;
	}

	SpaVisitor checkPage(String name, String... texts) {
		for (String text : texts) {
			waitForText(text);
		}
		this.browser.checkPage("spa-" + this.mode.name().toLowerCase(Locale.ROOT) + "-" + name, 200, texts);
		return this;
	}

	String text(String chinese, String english) {
		return this.browser.screen().text(chinese, english);
	}

	/**
	 * Returns path and query of the current URL.
	 */
	String address() {
		return this.browser.page().url().substring(this.site.url().length());
	}

	/**
	 * Asserts where the login is stored.
	 */
	void assertLoginStored(boolean remembered) {
		boolean token = this.mode == LoginMode.TOKEN;
		assertThat(hasItem("sessionStorage", "onepage.token")).as("token in session storage")
			.isEqualTo(token && !remembered);
		assertThat(hasItem("localStorage", "onepage.token")).as("token in local storage")
			.isEqualTo(token && remembered);
		assertThat(this.browser.hasCookie("JSESSIONID")).as("session").isEqualTo(!token);
		assertThat(this.browser.hasCookie("remember-me")).as("remembered").isEqualTo(!token && remembered);
	}

	/**
	 * Asserts where the pending binding is stored.
	 */
	void assertPendingBindingStored() {
		boolean token = this.mode == LoginMode.TOKEN;
		assertThat(this.browser.hasCookie("qq-pending")).as("ticket").isEqualTo(token);
		assertThat(this.browser.hasCookie("JSESSIONID")).as("session").isEqualTo(!token);
	}

	private boolean hasItem(String storage, String key) {
		return (boolean) this.browser.page().evaluate("(key) => " + storage + ".getItem(key) !== null", key);
	}

	@Override
	public void close() {
		this.browser.close();
	}

}
