package io.github.qqoauth2.demo;

import java.util.Locale;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Somebody on the single page. Looks at it as {@link BrowserVisitor} does, once what is
 * expected is there.
 */
final class SpaVisitor implements AutoCloseable {

	private final BrowserVisitor browser;

	private final DemoSite site;

	private final LoginMode mode;

	SpaVisitor(Chromium chromium, Screen screen, DemoSite site, LoginMode mode) {
		this.browser = new BrowserVisitor(chromium, screen);
		this.site = site;
		this.mode = mode;
		opens("");
		this.browser.page().locator(".switch label", new Page.LocatorOptions().setHasText(mode.label(screen))).click();
		opens("");
	}

	BrowserVisitor browser() {
		return this.browser;
	}

	SpaVisitor opens(String path) {
		this.browser.opens(this.site.url() + "/app/" + path);
		this.browser.page().locator("main").waitFor();
		return this;
	}

	SpaVisitor link(String chinese, String english) {
		this.browser.clicksLink(chinese, english);
		return this;
	}

	SpaVisitor button(String chinese, String english) {
		this.browser.clicksButton(chinese, english);
		return this;
	}

	SpaVisitor tab(String chinese, String english) {
		this.browser.page().locator("[role=tab]", new Page.LocatorOptions().setHasText(says(chinese, english))).click();
		return this;
	}

	SpaVisitor fills(String field, String value) {
		this.browser.page().locator("[name=" + field + "]:not([hidden])").fill(value);
		return this;
	}

	SpaVisitor wantsToStay() {
		this.browser.page().locator("[name=remember-me]").check();
		return this;
	}

	/**
	 * From the login page to QQ and back.
	 */
	SpaVisitor comesByQq(String person) {
		opens("login").button("QQ 登录", "Sign in with QQ");
		return agreesAs(person);
	}

	SpaVisitor agreesAs(String person) {
		this.browser.agreesAs(person);
		return this;
	}

	SpaVisitor binds(String username, String password) {
		return fills("username", username).fills("password", password).button("登录并绑定", "Sign in and link");
	}

	SpaVisitor signsIn(String username, String password) {
		opens("login").fills("username", username).fills("password", password);
		return button("登录", "Sign in").waitsFor(says("欢迎回来", "Welcome back"));
	}

	SpaVisitor signsOut() {
		opens("me").button("退出登录", "Sign out");
		return waitsFor(says("你已退出登录。", "You have signed out."));
	}

	SpaVisitor waitsFor(String sentence) {
		this.browser.page()
			.locator("main")
			.getByText(sentence, new Locator.GetByTextOptions().setExact(false))
			.first()
			.waitFor();
		return this;
	}

	SpaVisitor looksAt(String name, String... sentences) {
		for (String sentence : sentences) {
			waitsFor(sentence);
		}
		this.browser.looksAt("spa-" + this.mode.name().toLowerCase(Locale.ROOT) + "-" + name, 200, sentences);
		return this;
	}

	String says(String chinese, String english) {
		return this.browser.screen().says(chinese, english);
	}

	/**
	 * The path and the query of the address.
	 */
	String address() {
		return this.browser.page().url().substring(this.site.url().length());
	}

	/**
	 * Where the login is kept, and where not.
	 */
	void keepsLogin(boolean stays) {
		boolean token = this.mode == LoginMode.TOKEN;
		assertThat(has("sessionStorage", "onepage.token")).as("token for this tab").isEqualTo(token && !stays);
		assertThat(has("localStorage", "onepage.token")).as("token for later").isEqualTo(token && stays);
		assertThat(this.browser.hasCookie("JSESSIONID")).as("session").isEqualTo(!token);
		assertThat(this.browser.hasCookie("remember-me")).as("remembered").isEqualTo(!token && stays);
	}

	/**
	 * Where the login is kept that waits for an account.
	 */
	void keepsWhatWaits() {
		boolean token = this.mode == LoginMode.TOKEN;
		assertThat(this.browser.hasCookie("qq-pending")).as("ticket").isEqualTo(token);
		assertThat(this.browser.hasCookie("JSESSIONID")).as("session").isEqualTo(!token);
	}

	private boolean has(String storage, String key) {
		return (boolean) this.browser.page().evaluate("(key) => " + storage + ".getItem(key) !== null", key);
	}

	@Override
	public void close() {
		this.browser.close();
	}

}
