package io.github.qqoauth2.demo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Signing up on the bind page, in a browser.
 */
class BrowserRegisterWalkIT {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of();

	@ParameterizedTest
	@EnumSource
	void registerWhenFieldsWereWrongOnceThenSaidBesideThemAndSignedIn(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.opens(site.url() + "/login");
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.agreesAs("xiaoming");
			visitor.clicksLink("注册新账号", "I am new");
			visitor.looksAt("50-register", 200, screen.says("小明，你好！", "Hello, 小明!"),
					screen.says("短信验证码", "Code by text message"));
			assertThat(visitor.page().locator("[name=nickname]").inputValue()).isEqualTo("小明");
			visitor.fills("mobile", "123");
			visitor.clicksButton("获取验证码", "Send code");
			visitor.page().waitForSelector("#code-status.field-error");
			visitor.looksAt("51-register-no-mobile", 200,
					screen.says("请填写 11 位手机号。", "Please enter a mobile number of 11 digits."));
			visitor.fills("mobile", "13912345678");
			visitor.asksForCode();
			visitor.looksAt("52-register-code-sent", 200,
					screen.says("验证码已发送，5 分钟内有效。", "The code is on its way and good for 5 minutes."),
					screen.says("秒后可重发", "Again in"));
			visitor.fills("code", site.lastCode().equals("000000") ? "111111" : "000000");
			visitor.fills("password", "short");
			visitor.clicksButton("注册并绑定", "Sign up and link");
			visitor.looksAt("53-register-short-password", 200,
					screen.says("密码至少 8 个字符。", "Use at least 8 characters."));
			visitor.fills("nickname", "Bob");
			visitor.fills("password", "long-enough-now");
			visitor.clicksButton("注册并绑定", "Sign up and link");
			visitor.looksAt("54-register-nickname-taken", 200, screen.says("这个昵称已被使用。", "This nickname is taken."));
			visitor.fills("nickname", "小明");
			visitor.fills("password", "long-enough-now");
			visitor.clicksButton("注册并绑定", "Sign up and link");
			visitor.looksAt("55-register-wrong-code", 200, screen.says("验证码不正确。", "The code is not correct."));
			visitor.fills("code", site.lastCode());
			visitor.fills("password", "long-enough-now");
			visitor.clicksButton("注册并绑定", "Sign up and link");
			assertThat(visitor.path()).isEqualTo("/");
			visitor.page().locator(".who").click();
			visitor.looksAt("56-me-registered", 200, "小明", "139****5678",
					screen.says("用 QQ 注册了账号", "Signed up with QQ"));
			visitor.opens(site.url() + "/outbox");
			visitor.looksAt("57-outbox", 200, "13912345678", site.lastCode(), screen.says("仅供演示", "For the demo only"));
		}
	}

}
