package io.github.qqoauth2.demo;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A picture to read after failures, and a limit, in a browser.
 */
class BrowserGuardWalkIT {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of("--onepage.guard.captcha-after=3")
		.with(TestClock.Source.class, GuardIT.KnownAnswer.class);

	@RegisterExtension
	static final DemoSite strict = DemoSite.of("--onepage.guard.attempts=1", "--onepage.guard.period=10d");

	@BeforeAll
	static void useUp() {
		new ShopVisitor(strict).signsIn("alice", "wrong");
	}

	@AfterEach
	void waitUntilForgotten() {
		site.bean(TestClock.class).advance(Duration.ofMinutes(15));
	}

	@ParameterizedTest
	@EnumSource
	void formsWhenPasswordsWereWrongThenAskForThePictureOnBothPages(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.opens(site.url() + "/login");
			for (int i = 0; i < 3; i++) {
				visitor.signsIn("alice", "wrong");
			}
			visitor.looksAt("90-login-captcha", 200, screen.says("图片里的字符", "What the picture says"));
			visitor.page().waitForFunction("() => document.querySelector('.captcha').naturalWidth > 0");
			visitor.fills("captcha", "nope");
			visitor.signsIn("alice", "reads-at-night");
			visitor.looksAt("91-login-captcha-wrong", 200,
					screen.says("请输入图片里的字符。", "Please type what the picture says."));
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.agreesAs("xiaoming");
			visitor.looksAt("92-bind-captcha", 200, screen.says("图片里的字符", "What the picture says"));
			visitor.clicksLink("注册新账号", "I am new");
			visitor.looksAt("93-register-captcha", 200, screen.says("图片里的字符", "What the picture says"));
			visitor.clicksLink("已有账号", "I have an account");
			visitor.fills("captcha", "a7km");
			visitor.binds("alice", "reads-at-night");
			assertThat(visitor.path()).isEqualTo("/");
		}
	}

	@ParameterizedTest
	@EnumSource
	void formsWhenSentTooOftenThenAPageSaysSo(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.opens(strict.url() + "/login");
			visitor.signsIn("alice", "wrong");
			visitor.looksAt("94-too-often", 429, screen.says("操作太频繁了", "A little slower, please"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void singlePageWhenPasswordsWereWrongThenAsksForThePicture(Screen screen) {
		LoginMode mode = screen.isPhone() ? LoginMode.TOKEN : LoginMode.COOKIE;
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, site, mode)) {
			visitor.opens("login");
			for (int i = 0; i < 3; i++) {
				visitor.fills("username", "alice").fills("password", "wrong").button("登录", "Sign in");
				visitor.waitsFor(screen.says("用户名或密码不正确。", "The username or password is not correct."));
			}
			visitor.looksAt("90-login-captcha", screen.says("图片里的字符", "What the picture says"));
			visitor.browser().page().waitForFunction("() => document.querySelector('.captcha').naturalWidth > 0");
			visitor.fills("password", "reads-at-night").fills("captcha", "nope").button("登录", "Sign in");
			visitor.looksAt("91-login-captcha-wrong", screen.says("请输入图片里的字符。", "Please type what the picture says."));
			visitor.browser().page().waitForFunction("() => document.querySelector('.captcha').naturalWidth > 0");
			visitor.fills("captcha", "a7km").button("登录", "Sign in");
			visitor.waitsFor(screen.says("欢迎回来", "Welcome back"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void singlePageWhenSentTooOftenThenSaysSo(Screen screen) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, strict, LoginMode.COOKIE)) {
			visitor.opens("login").fills("username", "alice").fills("password", "wrong").button("登录", "Sign in");
			visitor.looksAt("94-too-often", screen.says("请稍等一分钟再试。", "Wait a minute and try again."));
		}
	}

}
