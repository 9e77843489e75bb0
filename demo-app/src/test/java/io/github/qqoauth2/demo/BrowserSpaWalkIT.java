package io.github.qqoauth2.demo;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqNetwork;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The single-page app in a browser, in cookie mode and in token mode.
 */
@Tag("browser")
class BrowserSpaWalkIT {

	private static final String ALICE = "reads-at-night";

	private static final String BOB = "reads-on-trains";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of().with(TestClock.Source.class);

	@RegisterExtension
	static final DemoSite registering = DemoSite.of("--spring.profiles.active=auto-register");

	static Stream<Arguments> screensInBothModes() {
		return Screen.selected()
			.flatMap((screen) -> Arrays.stream(LoginMode.values()).map((mode) -> Arguments.of(screen, mode)));
	}

	static Stream<Arguments> screensInOneMode() {
		return Screen.selected()
			.map((screen) -> Arguments.of(screen, screen.isPhone() ? LoginMode.COOKIE : LoginMode.TOKEN));
	}

	@ParameterizedTest
	@MethodSource("screensInBothModes")
	void loginWhenFirstTimeThenBindsAndNextTimeSignsIn(Screen screen, LoginMode mode) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, site, mode)) {
			visitor.checkPage("01-books", screen.text("一次读一页", "One page at a time"),
					screen.text("红楼梦", "Dream of the Red Chamber"));
			visitor.browser().page().locator("a[href='/app/books/4']").click();
			visitor.checkPage("02-book", screen.text("浮生六记", "Six Records of a Floating Life"));
			visitor.clickLink("登录后加入书单", "Sign in to add it to your list");
			visitor.checkPage("03-login", screen.text("登录后继续访问“这本书”。", "Sign in to continue to “the book”."),
					screen.text("QQ 登录", "Sign in with QQ"),
					screen.text("模拟 QQ，不会连接真正的 QQ。", "Simulated QQ: the real QQ is never contacted."));
			visitor.clickButton("QQ 登录", "Sign in with QQ").approveAs("xiaoming");
			visitor.checkPage("04-bind", screen.text("小明，你好！", "Hello, 小明!"),
					screen.text("这个 QQ 还没有绑定账号", "This QQ is not linked to an account yet"));
			assertThat(visitor.address()).isEqualTo("/app/bind");
			visitor.assertPendingBindingStored();
			visitor.browser().assertAvatar("main .avatar");
			visitor.submitBindForm("alice", "wrong");
			visitor.checkPage("05-bind-wrong-password",
					screen.text("用户名或密码不正确。", "The username or password is not correct."));
			visitor.browser().page().reload();
			visitor.submitBindForm("alice", ALICE);
			visitor.checkPage("06-welcome", screen.text("小明，欢迎回来", "Welcome back, 小明"),
					screen.text("QQ 已绑定，下次可直接用 QQ 登录。", "Your QQ is linked. Next time, QQ alone signs you in."));
			visitor.assertLoginStored(false);
			visitor.clickButton("返回", "Back").waitForText(screen.text("浮生六记", "Six Records of a Floating Life"));
			assertThat(visitor.address()).isEqualTo("/app/books/4");
			visitor.clickButton("加入书单", "Add to my reading list")
				.waitForText(screen.text("已在你的书单里", "On your reading list"));
			visitor.signOut();
			visitor.checkPage("07-signed-out", screen.text("你已退出登录。", "You have signed out."));
			visitor.checkRememberMe().clickButton("QQ 登录", "Sign in with QQ").approveAs("xiaoming");
			visitor.waitForText(screen.text("小明，欢迎回来", "Welcome back, 小明"));
			visitor.assertLoginStored(true);
			visitor.clickLink("我的主页", "My page");
			visitor.checkPage("08-me", "alice", screen.text("绑定于", "Linked on"), screen.text("解除绑定", "Unlink"));
			visitor.browser().page().reload();
			visitor.waitForText(screen.text("绑定于", "Linked on"));
		}
	}

	@ParameterizedTest
	@MethodSource("screensInOneMode")
	void registerWhenFieldsCorrectedThenSignsIn(Screen screen, LoginMode mode) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, site, mode)) {
			visitor.loginWithQq("xiaoming").openTab("注册新账号", "I am new");
			visitor.checkPage("10-register", screen.text("短信验证码", "Code by text message"));
			visitor.assertPendingBindingStored();
			assertThat(visitor.browser().page().locator("[name=nickname]").inputValue()).isEqualTo("小明");
			visitor.fill("mobile", "123").clickButton("获取验证码", "Send code");
			visitor.checkPage("11-register-no-mobile",
					screen.text("请填写 11 位手机号。", "Please enter a mobile number of 11 digits."));
			visitor.fill("mobile", "13912345678").clickButton("获取验证码", "Send code");
			visitor.checkPage("12-register-code-sent",
					screen.text("验证码已发送，5 分钟内有效。", "The code is on its way and good for 5 minutes."),
					screen.text("秒后可重发", "Again in"));
			visitor.fill("nickname", "Bob").fill("code", site.lastCode()).fill("password", "short");
			visitor.clickButton("注册并绑定", "Sign up and link")
				.waitForText(screen.text("请先阅读，并勾选同意。", "Please read these and agree first."));
			visitor.browser().page().locator("[name=consent]").check();
			visitor.clickButton("注册并绑定", "Sign up and link");
			visitor.checkPage("13-register-short-password", screen.text("密码至少 8 个字符。", "Use at least 8 characters."));
			visitor.fill("password", "long-enough-now").clickButton("注册并绑定", "Sign up and link");
			visitor.checkPage("14-register-nickname-taken", screen.text("这个昵称已被使用。", "This nickname is taken."));
			visitor.fill("nickname", "小明").clickButton("注册并绑定", "Sign up and link");
			visitor.checkPage("15-registered", screen.text("小明，欢迎回来", "Welcome back, 小明"));
			visitor.assertLoginStored(false);
			visitor.open("me").checkPage("16-me-registered", "139****5678", screen.text("绑定于", "Linked on"));
		}
	}

	@ParameterizedTest
	@MethodSource("screensInOneMode")
	void profileWhenSignedInByPasswordThenLinksAndUnlinks(Screen screen, LoginMode mode) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, site, mode)) {
			visitor.open("me");
			visitor.checkPage("20-login-wanted", screen.text("登录后继续访问“我的账号”。", "Sign in to continue to “My account”."));
			visitor.fill("username", "bob").fill("password", "wrong").clickButton("登录", "Sign in");
			visitor.checkPage("21-login-wrong-password",
					screen.text("用户名或密码不正确。", "The username or password is not correct."));
			visitor.fill("password", BOB).clickButton("登录", "Sign in").clickLink("我的主页", "My page");
			visitor.checkPage("22-me-not-linked", screen.text("尚未绑定 QQ", "No QQ linked"));
			visitor.assertLoginStored(false);
			site.bean(TestClock.class).advance(Duration.ofMinutes(6));
			visitor.clickButton("绑定 QQ", "Link QQ").approveAs("xiaoming");
			visitor.checkPage("23-confirm", screen.text("将 QQ「小明」绑定到账号 bob？", "Link QQ 小明 to your account bob?"));
			visitor.fill("password", "wrong").clickButton("绑定", "Link");
			visitor.checkPage("24-confirm-wrong-password", screen.text("密码不正确。", "The password is not correct."));
			visitor.fill("password", BOB).clickButton("绑定", "Link");
			visitor.checkPage("25-me-linked", screen.text("绑定于", "Linked on"),
					screen.text("QQ 已绑定", "Your QQ is linked."));
			visitor.clickButton("解除绑定", "Unlink");
			visitor.checkPage("26-unlink", screen.text("为确认是你本人，请输入密码", "Enter your password to confirm it is you"));
			visitor.fill("password", BOB).clickButton("解除绑定", "Unlink");
			visitor.checkPage("27-unlinked", screen.text("已解除绑定。", "Your QQ is unlinked."),
					screen.text("尚未绑定 QQ", "No QQ linked"));
			assertThat(site.queryForList("select account from qq_account_binding")).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("screensInOneMode")
	void moveWhenQqBoundToGeneratedAccountThenMovesAfterConfirmation(Screen screen, LoginMode mode) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, registering, mode)) {
			visitor.loginWithQq("xiaoming").waitForText(screen.text("小明，欢迎回来", "Welcome back, 小明"));
			String generated = registering.queryForList("select account from qq_account_binding").get(0);
			visitor.signOut().signIn("alice", ALICE).clickLink("我的主页", "My page");
			visitor.clickButton("绑定 QQ", "Link QQ").approveAs("xiaoming");
			visitor.checkPage("30-move", generated,
					screen.text("绑定后将改为登录 alice。", "After this it will sign in to alice."));
			visitor.clickButton("暂不绑定", "Not now").waitForText(screen.text("尚未绑定 QQ", "No QQ linked"));
			visitor.clickButton("绑定 QQ", "Link QQ").approveAs("xiaoming");
			visitor.clickButton("绑定", "Link");
			visitor.checkPage("31-moved", screen.text("绑定于", "Linked on"), "alice");
			assertThat(registering.queryForList("select account from qq_account_binding")).containsExactly("alice");
		}
	}

	@ParameterizedTest
	@MethodSource("screensInOneMode")
	void pagesWhenErrorsOccurThenShowMessageAndNextStep(Screen screen, LoginMode mode) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, site, mode)) {
			visitor.open("login").clickButton("QQ 登录", "Sign in with QQ");
			visitor.browser().cancelAtQq();
			visitor.checkPage("40-cancelled", screen.text("你取消了 QQ 登录。", "You cancelled the QQ sign-in."));
			site.bean(QqSimulator.class).enqueue(QqEndpoint.TOKEN, QqReply.status(500));
			visitor.clickButton("重新登录", "Try again").approveAs("xiaoming");
			visitor.checkPage("41-qq-down", screen.text("QQ 暂时没有响应，请稍后再试，或使用其他方式登录。",
					"QQ is not answering. Try again later or sign in another way."));
			assertThat(visitor.address()).isEqualTo("/app/callback");
			visitor.clickButton("重试", "Try again").approveAs("xiaoming");
			visitor.waitForText(screen.text("小明，你好！", "Hello, 小明!"));
			site.bean(TestClock.class).advance(Duration.ofMinutes(6));
			visitor.submitBindForm("alice", ALICE);
			visitor.checkPage("42-binding-expired",
					screen.text("绑定已超时，请重新用 QQ 登录。", "The time to link has run out. Sign in with QQ again."));
			visitor.open("bind")
				.checkPage("43-no-pending-binding", screen.text("绑定已超时", "The time to link has run out."));
			visitor.open("callback?code=used&state=long-ago");
			visitor.checkPage("44-expired",
					screen.text("这次登录已失效，请重新开始。", "This sign-in is no longer valid. Please start again."));
			visitor.clickLink("其他登录方式", "Other ways to sign in").waitForText(screen.text("密码", "Password"));
			assertThat(visitor.address()).isEqualTo("/app/login");
			visitor.loginWithQq("nobody").checkPage("45-bind-nameless", screen.text("你好！", "Hello!"));
			visitor.browser().assertInitial("main .avatar", "Q");
		}
	}

	/**
	 * QQ is unreachable after the visitor's approval and before the site's token request.
	 * All sites of this process have the same simulator, so it is not closed.
	 */
	@Test
	void callbackWhenQqUnreachableThenShowsMessageAndOtherWays(@TempDir Path folder) {
		Screen screen = Screen.PHONE_CHINESE;
		try (DemoSite site = DemoSite.open(folder);
				SpaVisitor visitor = new SpaVisitor(chromium, screen, site, LoginMode.COOKIE)) {
			visitor.open("login").clickButton("QQ 登录", "Sign in with QQ");
			Page page = visitor.browser().page();
			page.waitForURL("**/oauth2.0/authorize?*");
			QqSimulator qq = site.bean(QqSimulator.class);
			URI callback = qq.approve(URI.create(page.url()), QqPerson.XIAO_MING);
			qq.network(QqNetwork.REFUSED);
			page.navigate(callback.toString());
			visitor.checkPage("46-qq-unreachable", screen.text("QQ 暂时没有响应，请稍后再试，或使用其他方式登录。",
					"QQ is not answering. Try again later or sign in another way."));
			visitor.clickLink("其他登录方式", "Other ways to sign in").signIn("alice", ALICE);
			visitor.waitForText(screen.text("欢迎回来", "Welcome back"));
			assertThat(site.queryForList("select account from qq_account_binding")).isEmpty();
			qq.network(QqNetwork.UP);
		}
	}

}
