package io.github.qqoauth2.demo;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.crypto.password.PasswordEncoder;

import io.github.qqoauth2.demo.outbox.Outbox;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reset of a forgotten password, in a browser.
 */
@Tag("browser")
class BrowserForgottenWalkIT {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of();

	@AfterEach
	void restorePassword() {
		site.jdbc()
			.sql("update account set password = ? where username = 'alice'")
			.param(site.bean(PasswordEncoder.class).encode("reads-at-night"))
			.update();
	}

	private static BrowserVisitor openForgottenPage(Screen screen) {
		new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING)
			.open("/bind")
			.post("/login/qq/bind", "username", "alice", "password", "reads-at-night");
		// the notice of the binding, which is in the language of that visitor
		site.bean(Outbox.class).clear();
		BrowserVisitor visitor = new BrowserVisitor(chromium, screen);
		visitor.open(site.url() + "/login");
		visitor.clickLink("忘记密码？", "Forgotten your password?");
		return visitor;
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void resetWhenBySmsThenUnlinksAndNewPasswordSignsIn(Screen screen) {
		try (BrowserVisitor visitor = openForgottenPage(screen)) {
			visitor.checkPage("80-forgotten-sms", 200, screen.text("找回密码", "Forgotten password"));
			visitor.fill("mobile", "13800000001");
			visitor.requestCode();
			visitor.fill("code", site.lastCode().equals("000000") ? "111111" : "000000");
			visitor.clickButton("下一步", "Continue");
			visitor.checkPage("81-forgotten-wrong-code", 200, screen.text("验证码不正确。", "The code is not correct."));
			visitor.fill("code", site.lastCode());
			visitor.clickButton("下一步", "Continue");
			visitor.checkPage("82-new-password", 200, screen.text("设置新密码", "Choose a new password"),
					screen.text("QQ「小明」自", "QQ 小明 has been linked since"));
			assertThat(visitor.page().locator("[name=qq][value=unlink]").isChecked()).isTrue();
			visitor.fill("password", "short");
			visitor.clickButton("保存密码", "Save password");
			visitor.checkPage("83-new-password-short", 422, screen.text("密码至少 8 个字符。", "Use at least 8 characters."));
			visitor.fill("password", "remembers-now");
			visitor.clickButton("保存密码", "Save password");
			visitor.checkPage("84-login-reset", 200,
					screen.text("密码已保存，请用新密码登录。", "Your password is saved. Sign in with it."));
			visitor.signIn("alice", "remembers-now");
			visitor.open(site.url() + "/me");
			visitor.checkPage("85-me-after-reset", 200, screen.text("尚未绑定", "Not linked"),
					screen.text("解除了 QQ 绑定", "Unlinked the QQ"));
		}
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void resetWhenByMailThenLinkWorksOnce(Screen screen) {
		try (BrowserVisitor visitor = openForgottenPage(screen)) {
			visitor.clickLink("邮件链接", "Mail");
			visitor.checkPage("86-forgotten-mail", 200, screen.text("我们从不在邮件里发密码", "We never mail passwords"));
			visitor.fill("email", "alice@onepage.example");
			visitor.clickButton("发送链接", "Send the link");
			visitor.checkPage("87-forgotten-mailed", 200,
					screen.text("如果这个邮箱有账号", "If there is an account with this address"));
			visitor.open(site.url() + "/outbox");
			visitor.checkPage("88-outbox-mail", 200, "alice@onepage.example");
			visitor.clickLink("打开邮件里的链接", "Open the link in this mail");
			String link = visitor.page().url();
			visitor.page().locator("[name=qq][value=keep]").check();
			visitor.fill("password", "remembers-now");
			visitor.clickButton("保存密码", "Save password");
			assertThat(visitor.path()).isEqualTo("/login");
			visitor.open(link);
			visitor.checkPage("89-link-used", 410, screen.text("链接已失效", "This link is no longer valid"));
			assertThat(site.queryForList("select account from qq_account_binding")).containsExactly("alice");
		}
	}

}
