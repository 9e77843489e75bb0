package io.github.qqoauth2.demo;

import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Registration on the bind page, in a browser.
 */
@Tag("browser")
class BrowserRegisterWalkIT {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of();

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void registerWhenFieldsCorrectedThenSignsIn(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/login");
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.approveAs("xiaoming");
			visitor.clickLink("注册新账号", "I am new");
			visitor.checkPage("50-register", 200, screen.text("小明，你好！", "Hello, 小明!"),
					screen.text("短信验证码", "Code by text message"));
			assertThat(visitor.page().locator("[name=nickname]").inputValue()).isEqualTo("小明");
			visitor.fill("mobile", "123");
			visitor.find(AriaRole.BUTTON, "获取验证码", "Send code").click();
			visitor.page().waitForSelector("#code-status.field-error");
			visitor.checkPage("51-register-no-mobile", 200,
					screen.text("请填写 11 位手机号。", "Please enter a mobile number of 11 digits."));
			visitor.fill("mobile", "13912345678");
			visitor.requestCode();
			visitor.checkPage("52-register-code-sent", 200,
					screen.text("验证码已发送，5 分钟内有效。", "The code is on its way and good for 5 minutes."),
					screen.text("秒后可重发", "Again in"));
			visitor.fill("code", site.lastCode().equals("000000") ? "111111" : "000000");
			visitor.fill("password", "short");
			visitor.find(AriaRole.BUTTON, "注册并绑定", "Sign up and link").click();
			assertThat(visitor.page().locator("[name=consent]:invalid").count()).as("refused by the browser").isOne();
			visitor.page().locator("[name=consent]").check();
			visitor.clickButton("注册并绑定", "Sign up and link");
			visitor.checkPage("53-register-short-password", 200,
					screen.text("密码至少 8 个字符。", "Use at least 8 characters."));
			visitor.fill("nickname", "Bob");
			visitor.fill("password", "long-enough-now");
			visitor.page().locator("[name=consent]").check();
			visitor.clickButton("注册并绑定", "Sign up and link");
			visitor.checkPage("54-register-nickname-taken", 200, screen.text("这个昵称已被使用。", "This nickname is taken."));
			visitor.fill("nickname", "小明");
			visitor.fill("password", "long-enough-now");
			visitor.page().locator("[name=consent]").check();
			visitor.clickButton("注册并绑定", "Sign up and link");
			visitor.checkPage("55-register-wrong-code", 200, screen.text("验证码不正确。", "The code is not correct."));
			visitor.fill("code", site.lastCode());
			visitor.fill("password", "long-enough-now");
			visitor.page().locator("[name=consent]").check();
			visitor.clickButton("注册并绑定", "Sign up and link");
			assertThat(visitor.path()).isEqualTo("/");
			visitor.navigateBy(visitor.page().locator(".who"));
			visitor.checkPage("56-me-registered", 200, "小明", "139****5678",
					screen.text("用 QQ 注册了账号", "Signed up with QQ"));
			visitor.open(site.url() + "/outbox");
			visitor.checkPage("57-outbox", 200, "13912345678", site.lastCode(),
					screen.text("仅供演示", "For the demo only"));
		}
	}

}
