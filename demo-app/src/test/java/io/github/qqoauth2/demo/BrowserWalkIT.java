package io.github.qqoauth2.demo;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pages of the shop in a browser, with a desktop and a phone viewport, in both
 * languages. Every page is checked by {@link BrowserVisitor#checkPage}.
 */
@Tag("browser")
class BrowserWalkIT {

	private static final String ALICE = "reads-at-night";

	private static final String BOB = "reads-on-trains";

	private static final String CAROL = "lost-her-key";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of();

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void loginWhenFirstTimeThenBindsAndNextTimeSignsIn(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/");
			visitor.checkPage("01-home", 200, screen.text("一次读一页", "One page at a time"),
					screen.text("红楼梦", "Dream of the Red Chamber"));
			visitor.clickLink("登录", "Sign in");
			visitor.checkPage("02-login", 200, screen.text("用户名", "Username"), screen.text("QQ 登录", "Sign in with QQ"),
					screen.text("模拟 QQ，不会连接真正的 QQ。", "Simulated QQ: the real QQ is never contacted."));
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.checkPage("03-qq-consent", 200, "小明");
			visitor.approveAs("xiaoming");
			visitor.checkPage("04-bind", 200, screen.text("小明，你好！", "Hello, 小明!"),
					screen.text("这个 QQ 还没有绑定账号", "This QQ is not linked to an account yet"));
			visitor.assertAvatar(".avatar");
			visitor.submitBindForm("alice", "wrong");
			visitor.checkPage("05-bind-wrong-password", 200,
					screen.text("用户名或密码不正确。", "The username or password is not correct."));
			visitor.submitBindForm("alice", ALICE);
			assertThat(visitor.path()).isEqualTo("/");
			visitor.checkPage("06-home-signed-in", 200, screen.text("小明，欢迎回来", "Welcome back, 小明"));
			visitor.assertAvatar(".who .avatar");
			visitor.navigateBy(visitor.page().locator(".who"));
			visitor.checkPage("07-me", 200, "小明", "alice", screen.text("已绑定：小明", "Linked: 小明"));
			visitor.assertAvatar("main .avatar");
			visitor.clickLink("管理 QQ 登录", "Manage QQ sign-in");
			visitor.checkPage("08-account-qq", 200, "小明", screen.text("绑定于", "Linked on"));
			visitor.assertAvatar(".avatar");
			visitor.open(site.url() + "/me");
			visitor.clickButton("退出登录", "Sign out");
			visitor.checkPage("09-signed-out", 200, screen.text("你已退出登录。", "You have signed out."));
			visitor.takeVisitedPaths();
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.approveAs("xiaoming");
			visitor.checkPage("10-home-by-qq-alone", 200, screen.text("小明，欢迎回来", "Welcome back, 小明"));
			assertThat(visitor.takeVisitedPaths()).doesNotContain("/bind").endsWith("/login/oauth2/code/qq", "/");
		}
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void bindWhenRequestSavedThenRedirectsToIt(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/shelf");
			visitor.checkPage("11-login-wanted", 200,
					screen.text("登录后继续访问“我的书架”。", "Sign in to continue to “My shelf”."));
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.approveAs("xiaoming");
			visitor.submitBindForm("alice", ALICE);
			assertThat(visitor.path()).isEqualTo("/shelf");
			visitor.checkPage("12-shelf-empty", 200, screen.text("书单还是空的。", "Nothing on your list yet."),
					screen.text("还没有写过笔记。", "You have not written a note yet."));
			visitor.clickLink("去挑一本书", "Find a book");
			visitor.navigateBy(visitor.page().locator("a[href='/books/4']"));
			visitor.checkPage("13-book", 200, screen.text("浮生六记", "Six Records of a Floating Life"),
					screen.text("这本书还没有笔记。", "No notes on this book yet."));
			visitor.clickButton("加入书单", "Add to my reading list");
			visitor.fill("text", "  ");
			visitor.clickButton("保存笔记", "Save note");
			visitor.checkPage("14-note-blank", 422, screen.text("还没有写内容。", "Write something first."));
			String note = screen.text("“余忆童稚时，能张目对日，明察秋毫。”\n从这一句开始读。",
					"Chapter two, the garden in a tray.\nRead it twice.");
			visitor.fill("text", note);
			visitor.clickButton("保存笔记", "Save note");
			visitor.checkPage("15-book-with-note", 200, note.substring(0, note.indexOf('\n')),
					screen.text("已在你的书单里", "On your reading list"));
			visitor.clickLink("我的书架", "My shelf");
			visitor.checkPage("16-shelf", 200, note.substring(0, note.indexOf('\n')),
					screen.text("浮生六记", "Six Records of a Floating Life"));
		}
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void bindWhenLoginStartedFromBookThenReturnsToBook(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/books/7");
			visitor.checkPage("17-book-visitor", 200, screen.text("白鲸", "Moby-Dick"),
					screen.text("笔记只有你自己能看到，请先登录。", "Notes are yours alone, so sign in first."));
			visitor.clickLink("登录后加入书单", "Sign in to add it to your list");
			assertThat(visitor.path()).isEqualTo("/login");
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.approveAs("xiaoming");
			visitor.submitBindForm("alice", ALICE);
			assertThat(visitor.path()).isEqualTo("/books/7");
			visitor.clickButton("加入书单", "Add to my reading list");
			visitor.open(site.url() + "/me");
			visitor.clickButton("退出登录", "Sign out");
			visitor.open(site.url() + "/books/7");
			visitor.clickLink("登录后记笔记", "Sign in to take notes");
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.approveAs("xiaoming");
			assertThat(visitor.page().url()).isEqualTo(site.url() + "/books/7#notes");
		}
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void loginWhenCancelledAtQqThenShowsMessageAndOtherWays(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/login?next=/me");
			visitor.clickButton("QQ 登录", "Sign in with QQ");
			visitor.cancelAtQq();
			visitor.checkPage("18-qq-cancelled", 200, screen.text("你取消了 QQ 登录。", "You cancelled the QQ sign-in."));
			visitor.clickLink("其他登录方式", "Other ways to sign in");
			assertThat(visitor.path()).isEqualTo("/login");
			visitor.page().goBack();
			visitor.clickLink("重新登录", "Try again");
			visitor.approveAs("nobody");
			visitor.checkPage("19-bind-nameless", 200, screen.text("你好！", "Hello!"));
			visitor.assertInitial(".avatar", "Q");
			visitor.submitBindForm("carol", CAROL);
			visitor.checkPage("20-bind-locked", 200, screen.text("该账号暂时无法登录，请联系网站管理员。",
					"This account cannot sign in at the moment. Please contact the site."));
			for (int attempt = 1; attempt <= 5; attempt++) {
				visitor.submitBindForm("alice", "wrong");
			}
			visitor.checkPage("21-too-many-attempts", 200,
					screen.text("尝试次数过多，请重新用 QQ 登录。", "Too many attempts. Sign in with QQ again."));
			visitor.open(site.url() + "/bind");
			visitor.checkPage("22-nothing-pending", 410,
					screen.text("绑定已超时，请重新用 QQ 登录。", "The time to link has run out. Sign in with QQ again."));
		}
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void accountPageWhenSignedInByPasswordThenLinksAndRejectsQqOfOtherAccount(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/account/qq");
			visitor.signIn("bob", BOB);
			visitor.checkPage("23-account-qq-none", 200, screen.text("尚未绑定 QQ", "No QQ linked"));
			visitor.clickButton("绑定 QQ", "Link QQ");
			visitor.approveAs("xiaoming");
			visitor.checkPage("24-account-qq-confirm", 200,
					screen.text("将 QQ「小明」绑定到账号 bob？", "Link QQ 小明 to your account bob?"));
			visitor.clickButton("绑定", "Link");
			visitor.checkPage("26-account-qq-bound", 200, "小明", screen.text("绑定于", "Linked on"));
			visitor.open(site.url() + "/me");
			visitor.clickButton("退出登录", "Sign out");
			visitor.signIn("alice", ALICE);
			visitor.navigateBy(visitor.page().locator(".who"));
			visitor.checkPage("27-me-not-linked", 200, "alice", screen.text("尚未绑定", "Not linked"));
			visitor.assertInitial("main .avatar", "A");
			visitor.clickLink("绑定 QQ", "Link QQ");
			visitor.clickButton("绑定 QQ", "Link QQ");
			visitor.approveAs("xiaoming");
			visitor.checkPage("28-qq-of-another-account", 409,
					screen.text("这个 QQ 已绑定其他账号。", "This QQ is linked to another account."));
		}
	}

	@ParameterizedTest
	@MethodSource("io.github.qqoauth2.demo.Screen#selected")
	void pagesWhenErrorsOccurThenShowMessage(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.open(site.url() + "/login?next=/me");
			visitor.signIn("alice", "wrong");
			visitor.checkPage("29-login-wrong-password", 200,
					screen.text("用户名或密码不正确。", "The username or password is not correct."),
					screen.text("登录后继续访问“我的账号”。", "Sign in to continue to “My account”."));
			visitor.signIn("carol", CAROL);
			visitor.checkPage("30-login-locked", 200, screen.text("该账号暂时无法登录，请联系网站管理员。",
					"This account cannot sign in at the moment. Please contact the site."));
			visitor.signIn("alice", ALICE);
			assertThat(visitor.path()).isEqualTo("/me");
			visitor.page().evaluate("document.querySelectorAll('[name=_csrf]').forEach((field) => field.remove())");
			visitor.clickButton("退出登录", "Sign out");
			visitor.checkPage("31-error-403", 403, screen.text("这次操作没有完成", "That did not go through"));
			visitor.open(site.url() + "/books/99");
			visitor.checkPage("32-error-404", 404, screen.text("没有这个页面", "There is no such page"));
			visitor.open(site.url() + "/books/broken");
			visitor.checkPage("33-error-500", 500, screen.text("网站出了点问题", "Something went wrong here"));
			visitor.clickLink("回到书目", "Back to the books");
			assertThat(visitor.path()).isEqualTo("/");
		}
	}

}
