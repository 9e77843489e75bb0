package io.github.qqoauth2.demo;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Captcha and rate limit, in a browser.
 */
@Tag("browser")
class BrowserGuardWalkIT {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of("--onepage.guard.captcha-after=3")
		.with(TestClock.Source.class, GuardIT.FixedCaptcha.class);

	@RegisterExtension
	static final DemoSite strict = DemoSite.of("--onepage.guard.attempts=1", "--onepage.guard.period=10d");

	@BeforeAll
	static void exhaustAttempts() {
		new ShopVisitor(strict).signIn("alice", "wrong");
	}

	@AfterEach
	void expireFailures() {
		site.bean(TestClock.class).advance(Duration.ofMinutes(15));
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void formsWhenPasswordsWrongThenRequireCaptchaOnBothPages(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/login");
			for (int i = 0; i < 3; i++) {
				visitor.signIn("alice", "wrong");
			}
			visitor.checkPage("90-login-captcha", 200, screen.text("图片里的字符", "What the picture says"));
			visitor.page().waitForFunction("() => document.querySelector('.captcha').naturalWidth > 0");
			visitor.fill("captcha", "nope");
			visitor.signIn("alice", "reads-at-night");
			visitor.checkPage("91-login-captcha-wrong", 200,
					screen.text("请输入图片里的字符。", "Please type what the picture says."));
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.approveAs("xiaoming");
			visitor.checkPage("92-bind-captcha", 200, screen.text("图片里的字符", "What the picture says"));
			visitor.clickLink("注册新账号", "I am new");
			visitor.checkPage("93-register-captcha", 200, screen.text("图片里的字符", "What the picture says"));
			visitor.clickLink("已有账号", "I have an account");
			visitor.fill("captcha", "a7km");
			visitor.submitBindForm("alice", "reads-at-night");
			assertThat(visitor.path()).isEqualTo("/");
		}
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void formsWhenRateLimitExceededThenShowsPage(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(strict.url() + "/login");
			visitor.signIn("alice", "wrong");
			visitor.checkPage("94-too-often", 429, screen.text("操作太频繁了", "A little slower, please"));
		}
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void spaWhenPasswordsWrongThenRequiresCaptcha(Screen screen) {
		LoginMode mode = screen.isPhone() ? LoginMode.TOKEN : LoginMode.COOKIE;
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, site, mode)) {
			visitor.open("login");
			for (int i = 0; i < 3; i++) {
				visitor.fill("username", "alice").fill("password", "wrong").clickButton("登录", "Sign in");
				visitor.waitForText(screen.text("用户名或密码不正确。", "The username or password is not correct."));
			}
			visitor.checkPage("90-login-captcha", screen.text("图片里的字符", "What the picture says"));
			visitor.browser().page().waitForFunction("() => document.querySelector('.captcha').naturalWidth > 0");
			visitor.fill("password", "reads-at-night").fill("captcha", "nope").clickButton("登录", "Sign in");
			visitor.checkPage("91-login-captcha-wrong",
					screen.text("请输入图片里的字符。", "Please type what the picture says."));
			visitor.browser().page().waitForFunction("() => document.querySelector('.captcha').naturalWidth > 0");
			visitor.fill("captcha", "a7km").clickButton("登录", "Sign in");
			visitor.waitForText(screen.text("欢迎回来", "Welcome back"));
		}
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void spaWhenRateLimitExceededThenShowsMessage(Screen screen) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, strict, LoginMode.COOKIE)) {
			visitor.open("login").fill("username", "alice").fill("password", "wrong").clickButton("登录", "Sign in");
			visitor.checkPage("94-too-often", screen.text("请稍等一分钟再试。", "Wait a minute and try again."));
		}
	}

}
