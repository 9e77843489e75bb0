package io.github.qqoauth2.demo;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.security.crypto.password.PasswordEncoder;

import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A forgotten password, in a browser.
 */
class BrowserForgottenWalkIT {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of();

	@AfterEach
	void forget() {
		site.jdbc()
			.sql("update account set password = ? where username = 'alice'")
			.param(site.bean(PasswordEncoder.class).encode("reads-at-night"))
			.update();
	}

	private static BrowserVisitor atForgotten(Screen screen) {
		new ShopVisitor(site).comesByQq(QqPerson.XIAO_MING)
			.opens("/bind")
			.posts("/login/qq/bind", "username", "alice", "password", "reads-at-night");
		BrowserVisitor visitor = new BrowserVisitor(chromium, screen);
		visitor.opens(site.url() + "/login");
		visitor.clicksLink("忘记密码？", "Forgotten your password?");
		return visitor;
	}

	@ParameterizedTest
	@EnumSource
	void resetWhenBySmsThenUnlinksAndSignsInAnew(Screen screen) {
		try (BrowserVisitor visitor = atForgotten(screen)) {
			visitor.looksAt("80-forgotten-sms", 200, screen.says("找回密码", "Forgotten password"));
			visitor.fills("mobile", "13800000001");
			visitor.asksForCode();
			visitor.fills("code", site.lastCode().equals("000000") ? "111111" : "000000");
			visitor.clicksButton("下一步", "Continue");
			visitor.looksAt("81-forgotten-wrong-code", 200, screen.says("验证码不正确。", "The code is not correct."));
			visitor.fills("code", site.lastCode());
			visitor.clicksButton("下一步", "Continue");
			visitor.looksAt("82-new-password", 200, screen.says("设置新密码", "Choose a new password"),
					screen.says("QQ「小明」自", "QQ 小明 has been linked since"));
			assertThat(visitor.page().locator("[name=qq][value=unlink]").isChecked()).isTrue();
			visitor.fills("password", "short");
			visitor.clicksButton("保存密码", "Save password");
			visitor.looksAt("83-new-password-short", 422, screen.says("密码至少 8 个字符。", "Use at least 8 characters."));
			visitor.fills("password", "remembers-now");
			visitor.clicksButton("保存密码", "Save password");
			visitor.looksAt("84-login-reset", 200,
					screen.says("密码已保存，请用新密码登录。", "Your password is saved. Sign in with it."));
			visitor.signsIn("alice", "remembers-now");
			visitor.opens(site.url() + "/me");
			visitor.looksAt("85-me-after-reset", 200, screen.says("尚未绑定", "Not linked"),
					screen.says("解除了 QQ 绑定", "Unlinked the QQ"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void resetWhenByMailThenLinkWorksOnce(Screen screen) {
		try (BrowserVisitor visitor = atForgotten(screen)) {
			visitor.clicksLink("邮件链接", "Mail");
			visitor.looksAt("86-forgotten-mail", 200, screen.says("我们从不在邮件里发密码", "We never mail passwords"));
			visitor.fills("email", "alice@onepage.example");
			visitor.clicksButton("发送链接", "Send the link");
			visitor.looksAt("87-forgotten-mailed", 200,
					screen.says("如果这个邮箱有账号", "If there is an account with this address"));
			visitor.opens(site.url() + "/outbox");
			visitor.looksAt("88-outbox-mail", 200, "alice@onepage.example");
			visitor.clicksLink("打开邮件里的链接", "Open the link in this mail");
			String link = visitor.page().url();
			visitor.page().locator("[name=qq][value=keep]").check();
			visitor.fills("password", "remembers-now");
			visitor.clicksButton("保存密码", "Save password");
			assertThat(visitor.path()).isEqualTo("/login");
			visitor.opens(link);
			visitor.looksAt("89-link-used", 410, screen.says("链接已失效", "This link is no longer valid"));
			assertThat(site.list("select account from qq_account_binding")).containsExactly("alice");
		}
	}

}
