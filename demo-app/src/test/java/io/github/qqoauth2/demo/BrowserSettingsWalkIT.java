package io.github.qqoauth2.demo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Linking, unlinking and moving a QQ, in a browser.
 */
class BrowserSettingsWalkIT {

	private static final String ALICE = "reads-at-night";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of("--spring.profiles.active=auto-register");

	@ParameterizedTest
	@EnumSource
	void linkWhenConfirmedThenUnlinkedAgain(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.opens(site.url() + "/me");
			visitor.signsIn("alice", ALICE);
			visitor.looksAt("60-me-not-linked", 200, "alice", screen.says("尚未绑定", "Not linked"));
			visitor.clicksLink("绑定 QQ", "Link QQ");
			visitor.clicksButton("绑定 QQ", "Link QQ");
			visitor.agreesAs("xiaoming");
			visitor.looksAt("61-link-confirm", 200,
					screen.says("将 QQ「小明」绑定到账号 alice？", "Link QQ 小明 to your account alice?"));
			visitor.opens(site.url() + "/me");
			visitor.looksAt("62-me-reminder", 200,
					screen.says("QQ「小明」正等着绑定这个账号。", "QQ 小明 is waiting to be linked to this account."));
			visitor.clicksLink("去看看", "Have a look");
			visitor.fills("password", ALICE);
			visitor.clicksButton("绑定", "Link");
			visitor.opens(site.url() + "/me");
			visitor.looksAt("63-me-linked", 200, screen.says("已绑定：小明", "Linked: 小明"),
					screen.says("绑定了 QQ", "Linked a QQ"));
			visitor.clicksLink("管理 QQ 登录", "Manage QQ sign-in");
			visitor.page().locator("summary").click();
			visitor.looksAt("64-linked", 200, "小明", screen.says("解除绑定", "Unlink"));
			visitor.fills("password", ALICE);
			visitor.page().locator("details button").click();
			visitor.looksAt("65-unlinked", 200, screen.says("尚未绑定 QQ", "No QQ linked"));
			visitor.opens(site.url() + "/me");
			visitor.looksAt("66-me-unlinked", 200, screen.says("解除了 QQ 绑定", "Unlinked the QQ"));
			visitor.clicksLink("修改密码", "Change password");
			visitor.looksAt("67-change-password", 200, screen.says("当前密码", "Current password"));
			visitor.fills("current", "wrong");
			visitor.fills("password", "long-enough-now");
			visitor.clicksButton("保存密码", "Save password");
			visitor.looksAt("68-change-password-wrong", 422,
					screen.says("当前密码不正确。", "The current password is not correct."));
		}
	}

	@ParameterizedTest
	@EnumSource
	void moveWhenQqHadMadeAnAccountThenSignsInToTheOther(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.opens(site.url() + "/login?next=/me");
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.agreesAs("xiaoming");
			visitor.looksAt("70-me-made-by-qq", 200, "小明", screen.says("设置密码", "Set a password"));
			visitor.clicksLink("设置密码", "Set a password");
			visitor.looksAt("71-set-password", 200, screen.says("保存密码", "Save password"));
			visitor.fills("password", "short");
			visitor.clicksButton("保存密码", "Save password");
			visitor.looksAt("72-set-password-short", 422, screen.says("密码至少 8 个字符。", "Use at least 8 characters."));
			visitor.opens(site.url() + "/me");
			visitor.clicksButton("退出登录", "Sign out");
			visitor.signsIn("alice", ALICE);
			visitor.opens(site.url() + "/account/qq");
			visitor.clicksButton("绑定 QQ", "Link QQ");
			visitor.agreesAs("xiaoming");
			visitor.looksAt("73-move-confirm", 200,
					screen.says("绑定后将改为登录 alice。", "After this it will sign in to alice."));
			visitor.fills("password", ALICE);
			visitor.clicksButton("绑定", "Link");
			visitor.opens(site.url() + "/me");
			visitor.looksAt("74-me-moved", 200, "alice", screen.says("从另一个账号换绑了 QQ", "Got the QQ of another account"));
		}
	}

}
