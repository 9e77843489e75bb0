package io.github.qqoauth2.demo;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The single page in a browser, with its login in a cookie and in a token.
 */
class BrowserSpaWalkIT {

	private static final String ALICE = "reads-at-night";

	private static final String BOB = "reads-on-trains";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of().with(TestClock.Source.class);

	@RegisterExtension
	static final DemoSite registering = DemoSite.of("--spring.profiles.active=auto-register");

	static Stream<Arguments> everyScreenInBothModes() {
		return Arrays.stream(Screen.values())
			.flatMap((screen) -> Arrays.stream(LoginMode.values()).map((mode) -> Arguments.of(screen, mode)));
	}

	/**
	 * Each language and each width in each mode.
	 */
	static Stream<Arguments> everyScreenInOneMode() {
		return Stream.of(Arguments.of(Screen.DESKTOP_CHINESE, LoginMode.COOKIE),
				Arguments.of(Screen.DESKTOP_ENGLISH, LoginMode.TOKEN),
				Arguments.of(Screen.PHONE_CHINESE, LoginMode.TOKEN),
				Arguments.of(Screen.PHONE_ENGLISH, LoginMode.COOKIE));
	}

	@ParameterizedTest
	@MethodSource("everyScreenInBothModes")
	void loginWhenFirstTimeThenBindsAndNextTimeQqAloneIsEnough(Screen screen, LoginMode mode) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, site, mode)) {
			visitor.looksAt("01-books", screen.says("一次读一页", "One page at a time"),
					screen.says("红楼梦", "Dream of the Red Chamber"));
			visitor.browser().page().locator("a[href='/app/books/4']").click();
			visitor.looksAt("02-book", screen.says("浮生六记", "Six Records of a Floating Life"));
			visitor.link("登录后加入书单", "Sign in to add it to your list");
			visitor.looksAt("03-login", screen.says("登录后继续访问“这本书”。", "Sign in to continue to “the book”."),
					screen.says("QQ 登录", "Sign in with QQ"),
					screen.says("模拟 QQ，不会连接真正的 QQ。", "Simulated QQ: the real QQ is never contacted."));
			visitor.button("QQ 登录", "Sign in with QQ").agreesAs("xiaoming");
			visitor.looksAt("04-bind", screen.says("小明，你好！", "Hello, 小明!"),
					screen.says("这个 QQ 还没有绑定账号", "This QQ is not linked to an account yet"));
			assertThat(visitor.address()).isEqualTo("/app/bind");
			visitor.keepsWhatWaits();
			visitor.browser().seesAvatar("main .avatar");
			visitor.binds("alice", "wrong");
			visitor.looksAt("05-bind-wrong-password",
					screen.says("用户名或密码不正确。", "The username or password is not correct."));
			visitor.browser().page().reload();
			visitor.binds("alice", ALICE);
			visitor.looksAt("06-welcome", screen.says("小明，欢迎回来", "Welcome back, 小明"),
					screen.says("QQ 已绑定，下次可直接用 QQ 登录。", "Your QQ is linked. Next time, QQ alone signs you in."));
			visitor.keepsLogin(false);
			visitor.button("返回", "Back").waitsFor(screen.says("浮生六记", "Six Records of a Floating Life"));
			assertThat(visitor.address()).isEqualTo("/app/books/4");
			visitor.button("加入书单", "Add to my reading list").waitsFor(screen.says("已在你的书单里", "On your reading list"));
			visitor.signsOut();
			visitor.looksAt("07-signed-out", screen.says("你已退出登录。", "You have signed out."));
			visitor.wantsToStay().button("QQ 登录", "Sign in with QQ").agreesAs("xiaoming");
			visitor.waitsFor(screen.says("小明，欢迎回来", "Welcome back, 小明"));
			visitor.keepsLogin(true);
			visitor.link("我的主页", "My page");
			visitor.looksAt("08-me", "alice", screen.says("绑定于", "Linked on"), screen.says("解除绑定", "Unlink"));
			visitor.browser().page().reload();
			visitor.waitsFor(screen.says("绑定于", "Linked on"));
		}
	}

	@ParameterizedTest
	@MethodSource("everyScreenInOneMode")
	void registerWhenFieldsWereWrongOnceThenSaidBesideThemAndSignedIn(Screen screen, LoginMode mode) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, site, mode)) {
			visitor.comesByQq("xiaoming").tab("注册新账号", "I am new");
			visitor.looksAt("10-register", screen.says("短信验证码", "Code by text message"));
			visitor.keepsWhatWaits();
			assertThat(visitor.browser().page().locator("[name=nickname]").inputValue()).isEqualTo("小明");
			visitor.fills("mobile", "123").button("获取验证码", "Send code");
			visitor.looksAt("11-register-no-mobile",
					screen.says("请填写 11 位手机号。", "Please enter a mobile number of 11 digits."));
			visitor.fills("mobile", "13912345678").button("获取验证码", "Send code");
			visitor.looksAt("12-register-code-sent",
					screen.says("验证码已发送，5 分钟内有效。", "The code is on its way and good for 5 minutes."),
					screen.says("秒后可重发", "Again in"));
			visitor.fills("nickname", "Bob").fills("code", site.lastCode()).fills("password", "short");
			visitor.button("注册并绑定", "Sign up and link");
			visitor.looksAt("13-register-short-password", screen.says("密码至少 8 个字符。", "Use at least 8 characters."));
			visitor.fills("password", "long-enough-now").button("注册并绑定", "Sign up and link");
			visitor.looksAt("14-register-nickname-taken", screen.says("这个昵称已被使用。", "This nickname is taken."));
			visitor.fills("nickname", "小明").button("注册并绑定", "Sign up and link");
			visitor.looksAt("15-registered", screen.says("小明，欢迎回来", "Welcome back, 小明"));
			visitor.keepsLogin(false);
			visitor.opens("me").looksAt("16-me-registered", "139****5678", screen.says("绑定于", "Linked on"));
		}
	}

	@ParameterizedTest
	@MethodSource("everyScreenInOneMode")
	void profileWhenSignedInByPasswordThenLinksAndUnlinks(Screen screen, LoginMode mode) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, site, mode)) {
			visitor.opens("me");
			visitor.looksAt("20-login-wanted", screen.says("登录后继续访问“我的账号”。", "Sign in to continue to “My account”."));
			visitor.fills("username", "bob").fills("password", "wrong").button("登录", "Sign in");
			visitor.looksAt("21-login-wrong-password",
					screen.says("用户名或密码不正确。", "The username or password is not correct."));
			visitor.fills("password", BOB).button("登录", "Sign in").link("我的主页", "My page");
			visitor.looksAt("22-me-not-linked", screen.says("尚未绑定 QQ", "No QQ linked"));
			visitor.keepsLogin(false);
			visitor.button("绑定 QQ", "Link QQ").agreesAs("xiaoming");
			visitor.looksAt("23-confirm", screen.says("将 QQ「小明」绑定到账号 bob？", "Link QQ 小明 to your account bob?"));
			visitor.fills("password", "wrong").button("绑定", "Link");
			visitor.looksAt("24-confirm-wrong-password", screen.says("密码不正确。", "The password is not correct."));
			visitor.fills("password", BOB).button("绑定", "Link");
			visitor.looksAt("25-me-linked", screen.says("绑定于", "Linked on"),
					screen.says("QQ 已绑定", "Your QQ is linked."));
			visitor.button("解除绑定", "Unlink");
			visitor.looksAt("26-unlink", screen.says("为确认是你本人，请输入密码", "Enter your password to confirm it is you"));
			visitor.fills("password", BOB).button("解除绑定", "Unlink");
			visitor.looksAt("27-unlinked", screen.says("已解除绑定。", "Your QQ is unlinked."),
					screen.says("尚未绑定 QQ", "No QQ linked"));
			assertThat(site.list("select account from qq_account_binding")).isEmpty();
		}
	}

	@ParameterizedTest
	@MethodSource("everyScreenInOneMode")
	void moveWhenQqSignsInToAMadeUpAccountThenAskedAndMoved(Screen screen, LoginMode mode) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, registering, mode)) {
			visitor.comesByQq("xiaoming").waitsFor(screen.says("小明，欢迎回来", "Welcome back, 小明"));
			String madeUp = registering.list("select account from qq_account_binding").get(0);
			visitor.signsOut().signsIn("alice", ALICE).link("我的主页", "My page");
			visitor.button("绑定 QQ", "Link QQ").agreesAs("xiaoming");
			visitor.looksAt("30-move", madeUp, screen.says("绑定后将改为登录 alice。", "After this it will sign in to alice."));
			visitor.button("暂不绑定", "Not now").waitsFor(screen.says("尚未绑定 QQ", "No QQ linked"));
			visitor.button("绑定 QQ", "Link QQ").agreesAs("xiaoming");
			visitor.fills("password", ALICE).button("绑定", "Link");
			visitor.looksAt("31-moved", screen.says("绑定于", "Linked on"), "alice");
			assertThat(registering.list("select account from qq_account_binding")).containsExactly("alice");
		}
	}

	@ParameterizedTest
	@MethodSource("everyScreenInOneMode")
	void pagesWhenSomethingIsWrongThenSayWhatAndGoOn(Screen screen, LoginMode mode) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, site, mode)) {
			visitor.opens("login").button("QQ 登录", "Sign in with QQ");
			visitor.browser().cancelsAtQq();
			visitor.looksAt("40-cancelled", screen.says("你取消了 QQ 登录。", "You cancelled the QQ sign-in."));
			site.bean(QqSimulator.class).enqueue(QqEndpoint.TOKEN, QqReply.status(500));
			visitor.button("重新登录", "Try again").agreesAs("xiaoming");
			visitor.looksAt("41-qq-down", screen.says("QQ 暂时没有响应，请稍后再试，或使用其他方式登录。",
					"QQ is not answering. Try again later or sign in another way."));
			assertThat(visitor.address()).isEqualTo("/app/callback");
			visitor.button("重试", "Try again").agreesAs("xiaoming");
			visitor.waitsFor(screen.says("小明，你好！", "Hello, 小明!"));
			site.bean(TestClock.class).advance(Duration.ofMinutes(6));
			visitor.binds("alice", ALICE);
			visitor.looksAt("42-binding-expired",
					screen.says("绑定已超时，请重新用 QQ 登录。", "The time to link has run out. Sign in with QQ again."));
			visitor.opens("bind").looksAt("43-nothing-waits", screen.says("绑定已超时", "The time to link has run out."));
			visitor.opens("callback?code=used&state=long-ago");
			visitor.looksAt("44-expired",
					screen.says("这次登录已失效，请重新开始。", "This sign-in is no longer valid. Please start again."));
			visitor.link("其他登录方式", "Other ways to sign in").waitsFor(screen.says("密码", "Password"));
			assertThat(visitor.address()).isEqualTo("/app/login");
			visitor.comesByQq("nobody").looksAt("45-bind-nameless", screen.says("你好！", "Hello!"));
			visitor.browser().seesInitial("main .avatar", "Q");
		}
	}

	/**
	 * QQ stops between the visitor's consent and the site's question.
	 */
	@Test
	void callbackWhenQqCannotBeReachedThenSaysSoAndOffersTheWaysOn(@TempDir Path folder) {
		Screen screen = Screen.PHONE_CHINESE;
		try (DemoSite site = DemoSite.open(folder);
				SpaVisitor visitor = new SpaVisitor(chromium, screen, site, LoginMode.COOKIE)) {
			visitor.opens("login").button("QQ 登录", "Sign in with QQ");
			Page page = visitor.browser().page();
			page.waitForURL("**/oauth2.0/authorize?*");
			QqSimulator qq = site.bean(QqSimulator.class);
			URI callback = qq.approve(URI.create(page.url()), QqPerson.XIAO_MING);
			qq.close();
			page.navigate(callback.toString());
			visitor.looksAt("46-qq-unreachable", screen.says("QQ 暂时没有响应，请稍后再试，或使用其他方式登录。",
					"QQ is not answering. Try again later or sign in another way."));
			visitor.link("其他登录方式", "Other ways to sign in").signsIn("alice", ALICE);
			visitor.waitsFor(screen.says("欢迎回来", "Welcome back"));
			assertThat(site.list("select account from qq_account_binding")).isEmpty();
		}
	}

}
