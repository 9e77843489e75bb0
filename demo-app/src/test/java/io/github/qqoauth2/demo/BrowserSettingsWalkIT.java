package io.github.qqoauth2.demo;

import java.time.Duration;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Linking, unlinking and moving a QQ identity, in a browser.
 */
@Tag("browser")
class BrowserSettingsWalkIT {

	private static final String ALICE = "reads-at-night";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of("--spring.profiles.active=auto-register");

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void linkWhenConfirmedThenCanBeUnlinked(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/me");
			visitor.signIn("alice", ALICE);
			visitor.checkPage("60-me-not-linked", 200, "alice", screen.text("尚未绑定", "Not linked"));
			site.bean(TestClock.class).advance(Duration.ofMinutes(6));
			visitor.clickLink("绑定 QQ", "Link QQ");
			visitor.clickButton("绑定 QQ", "Link QQ");
			visitor.approveAs("xiaoming");
			visitor.checkPage("61-link-confirm", 200,
					screen.text("将 QQ「小明」绑定到账号 alice？", "Link QQ 小明 to your account alice?"));
			visitor.open(site.url() + "/me");
			visitor.checkPage("62-me-reminder", 200,
					screen.text("QQ「小明」正等着绑定这个账号。", "QQ 小明 is waiting to be linked to this account."));
			visitor.clickLink("去看看", "Have a look");
			visitor.fill("password", ALICE);
			visitor.clickButton("绑定", "Link");
			visitor.open(site.url() + "/me");
			visitor.checkPage("63-me-linked", 200, screen.text("已绑定：小明", "Linked: 小明"),
					screen.text("绑定了 QQ", "Linked a QQ"));
			visitor.clickLink("管理 QQ 登录", "Manage QQ sign-in");
			visitor.page().locator("summary").click();
			visitor.checkPage("64-linked", 200, "小明", screen.text("解除绑定", "Unlink"));
			visitor.fill("password", ALICE);
			visitor.navigateBy(visitor.page().locator("details form[action$=unlink] button"));
			visitor.checkPage("65-unlinked", 200, screen.text("尚未绑定 QQ", "No QQ linked"));
			visitor.open(site.url() + "/me");
			visitor.checkPage("66-me-unlinked", 200, screen.text("解除了 QQ 绑定", "Unlinked the QQ"));
			visitor.clickLink("修改密码", "Change password");
			visitor.checkPage("67-change-password", 200, screen.text("当前密码", "Current password"));
			visitor.fill("current", "wrong");
			visitor.fill("password", "long-enough-now");
			visitor.clickButton("保存密码", "Save password");
			visitor.checkPage("68-change-password-wrong", 422,
					screen.text("当前密码不正确。", "The current password is not correct."));
		}
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void moveWhenQqBoundToGeneratedAccountThenSignsInToOther(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/login?next=/me");
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.approveAs("xiaoming");
			visitor.checkPage("70-me-made-by-qq", 200, "小明", screen.text("设置密码", "Set a password"));
			visitor.clickLink("设置密码", "Set a password");
			visitor.checkPage("71-set-password", 200, screen.text("保存密码", "Save password"));
			visitor.fill("password", "short");
			visitor.clickButton("保存密码", "Save password");
			visitor.checkPage("72-set-password-short", 422, screen.text("密码至少 8 个字符。", "Use at least 8 characters."));
			visitor.open(site.url() + "/me");
			visitor.clickButton("退出登录", "Sign out");
			visitor.signIn("alice", ALICE);
			visitor.open(site.url() + "/account/qq");
			visitor.clickButton("绑定 QQ", "Link QQ");
			visitor.approveAs("xiaoming");
			visitor.checkPage("73-move-confirm", 200,
					screen.text("绑定后将改为登录 alice。", "After this it will sign in to alice."));
			visitor.clickButton("绑定", "Link");
			visitor.open(site.url() + "/me");
			visitor.checkPage("74-me-moved", 200, "alice",
					screen.text("从另一个账号换绑了 QQ", "Got the QQ of another account"));
		}
	}

}
