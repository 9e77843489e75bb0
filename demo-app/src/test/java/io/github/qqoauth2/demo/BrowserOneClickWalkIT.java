package io.github.qqoauth2.demo;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.qqoauth2.demo.outbox.Outbox;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Registration by one click, in a browser: on the pages of the shop, on the starter's own
 * bind page, and in the single-page app.
 */
@Tag("browser")
class BrowserOneClickWalkIT {

	private static final String BINDINGS = "select account from qq_account_binding where registered";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of("--spring.profiles.active=one-click");

	@RegisterExtension
	static final DemoSite starterPage = DemoSite.of("--spring.profiles.active=one-click",
			"--qq.oauth2.bind-page=/login/qq/bind");

	/**
	 * From QQ to being signed in it takes two clicks, the box and the button.
	 */
	@ParameterizedTest
	@EnumSource(Screen.class)
	void pagesWhenBoxAndButtonAreClickedThenSignedIn(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/login");
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.approveAs("xiaoming");
			visitor.checkPage("70-one-click", 200, screen.text("首次用 QQ 登录本站", "First time here with QQ"),
					screen.text("已有账号？绑定已有账号", "I have an account already"));
			assertRefusedWithoutConsent(visitor);
			assertOpensNewTab(visitor, "用户协议", "Terms of use");
			visitor.page().locator("summary").click();
			visitor.checkPage("71-one-click-existing", 200, screen.text("登录并绑定", "Sign in and link"));
			visitor.submitBindForm("alice", "wrong");
			visitor.checkPage("72-one-click-wrong-password", 200,
					screen.text("用户名或密码不正确。", "The username or password is not correct."));
			visitor.page().locator("[name=consent]").check();
			visitor.clickButton("以「小明」的身份进入（新建账号）", "Continue as 小明 (new account)");
			visitor.checkPage("73-one-click-done", 200, screen.text("小明，欢迎回来", "Welcome back, 小明"));
			assertThat(site.queryForList(BINDINGS)).hasSize(1);
			for (String page : new String[] { "terms", "privacy" }) {
				visitor.open(site.url() + "/" + page);
				visitor.checkPage("74-" + page, 200, screen.text("这是演示用的文本。", "This text is for the demo."));
			}
		}
		site.deleteVisitorData();
	}

	@ParameterizedTest
	@EnumSource(Screen.class)
	void starterPageWhenBoxAndButtonAreClickedThenSignedIn(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(starterPage.url() + "/login");
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.approveAs("xiaoming");
			visitor.checkPage("75-starter-one-click", 200, screen.text("首次用 QQ 登录本站", "First time here with QQ"));
			assertRefusedWithoutConsent(visitor);
			visitor.page().locator("summary").click();
			visitor.checkPage("76-starter-one-click-existing", 200, screen.text("登录并绑定", "Sign in and link"));
			visitor.submitBindForm("alice", "wrong");
			visitor.checkPage("77-starter-one-click-wrong-password", 200,
					screen.text("用户名或密码不正确。", "The username or password is not correct."));
			visitor.page().locator("[name=consent]").check();
			visitor.page().locator("[name=consent]").evaluate("(box) => { box.value = 'no'; }");
			visitor.clickButton("以「小明」的身份进入（新建账号）", "Continue as 小明 (new account)");
			visitor.checkPage("78-starter-no-consent", 200,
					screen.text("请先阅读，并勾选同意。", "Please read these and agree first."));
			visitor.page().locator("[name=consent]").check();
			visitor.clickButton("以「小明」的身份进入（新建账号）", "Continue as 小明 (new account)");
			assertThat(visitor.path()).isEqualTo("/");
			assertThat(starterPage.queryForList(BINDINGS)).hasSize(1);
		}
		starterPage.deleteVisitorData();
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.BrowserSpaWalkIT#screensInBothModes")
	void singlePageWhenBoxAndButtonAreClickedThenSignedIn(Screen screen, LoginMode mode) {
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, site, mode)) {
			visitor.loginWithQq("xiaoming");
			visitor.checkPage("60-one-click", screen.text("首次用 QQ 登录本站", "First time here with QQ"));
			visitor.clickButton("以「小明」的身份进入（新建账号）", "Continue as 小明 (new account)");
			visitor.checkPage("61-one-click-no-consent",
					screen.text("请先阅读，并勾选同意。", "Please read these and agree first."));
			assertThat(site.queryForList(BINDINGS)).isEmpty();
			visitor.browser().page().locator("[name=consent]").check();
			visitor.clickButton("以「小明」的身份进入（新建账号）", "Continue as 小明 (new account)");
			visitor.checkPage("62-one-click-done", screen.text("小明，欢迎回来", "Welcome back, 小明"));
			visitor.assertLoginStored(false);
			assertThat(site.queryForList(BINDINGS)).hasSize(1);
		}
		site.deleteVisitorData();
	}

	/**
	 * Bob links the QQ identity, and then moves it to alice, an account of the same
	 * person.
	 */
	@ParameterizedTest
	@EnumSource(Screen.class)
	void pagesWhenOwnerOfBothAccountsMovesThenBoundToOther(Screen screen) {
		new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING)
			.open("/bind")
			.post("/login/qq/bind", "username", "bob", "password", "reads-on-trains");
		site.bean(Outbox.class).clear();
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/login");
			visitor.signIn("alice", "reads-at-night");
			visitor.open(site.url() + "/account/qq");
			visitor.clickButton("绑定 QQ", "Link QQ");
			visitor.approveAs("xiaoming");
			visitor.checkPage("80-other-account", 409,
					screen.text("这个 QQ 已绑定其他账号。", "This QQ is linked to another account."));
			visitor.clickButton("重新用 QQ 登录并改绑", "Sign in with QQ again and move it here");
			visitor.approveAs("xiaoming");
			visitor.checkPage("81-move-own", 200, "bob", screen.text("原账号里的内容不会移过来", "What is in bob stays there"));
			visitor.clickButton("绑定", "Link");
			visitor.checkPage("82-moved", 200, "小明");
			assertThat(site.queryForList("select account from qq_account_binding")).containsExactly("alice");
			visitor.open(site.url() + "/outbox");
			visitor.checkPage("83-outbox-notices", 200, "13800000001", "13800000002",
					screen.text("已改绑到你的账号", "was moved to yours"),
					screen.text("已改绑到另一个账号", "was moved to another account"));
		}
		site.deleteVisitorData();
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.BrowserSpaWalkIT#screensInOneMode")
	void singlePageWhenOwnerOfBothAccountsMovesThenBoundToOther(Screen screen, LoginMode mode) {
		new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING)
			.open("/bind")
			.post("/login/qq/bind", "username", "bob", "password", "reads-on-trains");
		try (SpaVisitor visitor = new SpaVisitor(chromium, screen, site, mode)) {
			visitor.signIn("alice", "reads-at-night").clickLink("我的主页", "My page");
			visitor.clickButton("绑定 QQ", "Link QQ").approveAs("xiaoming");
			visitor.checkPage("70-other-account",
					screen.text("这个 QQ 已绑定其他账号。", "This QQ is linked to another account."));
			visitor.clickButton("重新用 QQ 登录并改绑", "Sign in with QQ again and move it here").approveAs("xiaoming");
			visitor.checkPage("71-move-own", "bob",
					screen.text("绑定后将改为登录 alice。", "After this it will sign in to alice."));
			assertThat(site.queryForList("select account from qq_account_binding")).containsExactly("bob");
		}
		site.deleteVisitorData();
	}

	private static void assertRefusedWithoutConsent(BrowserVisitor visitor) {
		visitor.find(AriaRole.BUTTON, "以「小明」的身份进入（新建账号）", "Continue as 小明 (new account)").click();
		assertThat(visitor.page().locator("[name=consent]:invalid").count()).as("refused by the browser").isOne();
		assertThat(site.queryForList(BINDINGS)).isEmpty();
		assertThat(starterPage.queryForList(BINDINGS)).isEmpty();
	}

	private static void assertOpensNewTab(BrowserVisitor visitor, String chinese, String english) {
		Page opened = visitor.page()
			.context()
			.waitForPage(() -> visitor.page().locator("[name=consent] + span a").first().click());
		opened.waitForLoadState();
		assertThat(opened.title()).startsWith(visitor.screen().text(chinese, english));
		assertThat(opened.evaluate("window.opener")).isNull();
		opened.close();
	}

}
