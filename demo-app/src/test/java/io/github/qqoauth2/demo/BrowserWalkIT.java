package io.github.qqoauth2.demo;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shop in a browser, on a computer and on a narrow phone, in both languages. Every
 * page is checked by {@link BrowserVisitor#looksAt}.
 */
class BrowserWalkIT {

	private static final String ALICE = "reads-at-night";

	private static final String BOB = "reads-on-trains";

	private static final String CAROL = "lost-her-key";

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	@RegisterExtension
	static final DemoSite site = DemoSite.of();

	@ParameterizedTest
	@EnumSource
	void loginWhenFirstTimeThenBindsAndNextTimeQqAloneIsEnough(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.opens(site.url() + "/");
			visitor.looksAt("01-home", 200, screen.says("一次读一页", "One page at a time"),
					screen.says("红楼梦", "Dream of the Red Chamber"));
			visitor.clicksLink("登录", "Sign in");
			visitor.looksAt("02-login", 200, screen.says("用户名", "Username"), screen.says("QQ 登录", "Sign in with QQ"),
					screen.says("模拟 QQ，不会连接真正的 QQ。", "Simulated QQ: the real QQ is never contacted."));
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.looksAt("03-qq-consent", 200, "小明");
			visitor.agreesAs("xiaoming");
			visitor.looksAt("04-bind", 200, screen.says("小明，你好！", "Hello, 小明!"),
					screen.says("这个 QQ 还没有绑定账号", "This QQ is not linked to an account yet"));
			visitor.seesAvatar(".avatar");
			visitor.binds("alice", "wrong");
			visitor.looksAt("05-bind-wrong-password", 200,
					screen.says("用户名或密码不正确。", "The username or password is not correct."));
			visitor.binds("alice", ALICE);
			assertThat(visitor.path()).isEqualTo("/");
			visitor.looksAt("06-home-signed-in", 200, screen.says("小明，欢迎回来", "Welcome back, 小明"));
			visitor.seesAvatar(".who .avatar");
			visitor.page().locator(".who").click();
			visitor.looksAt("07-me", 200, "小明", "alice", screen.says("已绑定：小明", "Linked: 小明"));
			visitor.seesAvatar("main .avatar");
			visitor.clicksLink("管理 QQ 登录", "Manage QQ sign-in");
			visitor.looksAt("08-account-qq", 200, "小明", screen.says("绑定于", "Linked on"));
			visitor.seesAvatar(".avatar");
			visitor.opens(site.url() + "/me");
			visitor.clicksButton("退出登录", "Sign out");
			visitor.looksAt("09-signed-out", 200, screen.says("你已退出登录。", "You have signed out."));
			visitor.visited();
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.agreesAs("xiaoming");
			visitor.looksAt("10-home-by-qq-alone", 200, screen.says("小明，欢迎回来", "Welcome back, 小明"));
			assertThat(visitor.visited()).doesNotContain("/bind").endsWith("/login/oauth2/code/qq", "/");
		}
	}

	@ParameterizedTest
	@EnumSource
	void bindWhenPageWasWantedThenReachesIt(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.opens(site.url() + "/shelf");
			visitor.looksAt("11-login-wanted", 200,
					screen.says("登录后继续访问“我的书架”。", "Sign in to continue to “My shelf”."));
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.agreesAs("xiaoming");
			visitor.binds("alice", ALICE);
			assertThat(visitor.path()).isEqualTo("/shelf");
			visitor.looksAt("12-shelf-empty", 200, screen.says("书单还是空的。", "Nothing on your list yet."),
					screen.says("还没有写过笔记。", "You have not written a note yet."));
			visitor.clicksLink("去挑一本书", "Find a book");
			visitor.page().locator("a[href='/books/4']").click();
			visitor.looksAt("13-book", 200, screen.says("浮生六记", "Six Records of a Floating Life"),
					screen.says("这本书还没有笔记。", "No notes on this book yet."));
			visitor.clicksButton("加入书单", "Add to my reading list");
			visitor.fills("text", "  ");
			visitor.clicksButton("保存笔记", "Save note");
			visitor.looksAt("14-note-blank", 422, screen.says("还没有写内容。", "Write something first."));
			String note = screen.says("“余忆童稚时，能张目对日，明察秋毫。”\n从这一句开始读。",
					"Chapter two, the garden in a tray.\nRead it twice.");
			visitor.fills("text", note);
			visitor.clicksButton("保存笔记", "Save note");
			visitor.looksAt("15-book-with-note", 200, note.substring(0, note.indexOf('\n')),
					screen.says("已在你的书单里", "On your reading list"));
			visitor.clicksLink("我的书架", "My shelf");
			visitor.looksAt("16-shelf", 200, note.substring(0, note.indexOf('\n')),
					screen.says("浮生六记", "Six Records of a Floating Life"));
		}
	}

	@ParameterizedTest
	@EnumSource
	void bindWhenLoginWasAskedForByABookThenComesBackToTheBook(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.opens(site.url() + "/books/7");
			visitor.looksAt("17-book-visitor", 200, screen.says("白鲸", "Moby-Dick"),
					screen.says("笔记只有你自己能看到，请先登录。", "Notes are yours alone, so sign in first."));
			visitor.clicksLink("登录后加入书单", "Sign in to add it to your list");
			assertThat(visitor.path()).isEqualTo("/login");
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.agreesAs("xiaoming");
			visitor.binds("alice", ALICE);
			assertThat(visitor.path()).isEqualTo("/books/7");
			visitor.clicksButton("加入书单", "Add to my reading list");
			visitor.opens(site.url() + "/me");
			visitor.clicksButton("退出登录", "Sign out");
			visitor.opens(site.url() + "/books/7");
			visitor.clicksLink("登录后记笔记", "Sign in to take notes");
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.agreesAs("xiaoming");
			assertThat(visitor.page().url()).isEqualTo(site.url() + "/books/7#notes");
		}
	}

	@ParameterizedTest
	@EnumSource
	void loginWhenCancelledAtQqThenSaysSoAndOffersTheWaysOn(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.opens(site.url() + "/login?next=/me");
			visitor.clicksButton("QQ 登录", "Sign in with QQ");
			visitor.cancelsAtQq();
			visitor.looksAt("18-qq-cancelled", 200, screen.says("你取消了 QQ 登录。", "You cancelled the QQ sign-in."));
			visitor.clicksLink("其他登录方式", "Other ways to sign in");
			assertThat(visitor.path()).isEqualTo("/login");
			visitor.page().goBack();
			visitor.clicksLink("重新登录", "Try again");
			visitor.agreesAs("nobody");
			visitor.looksAt("19-bind-nameless", 200, screen.says("你好！", "Hello!"));
			visitor.seesInitial(".avatar", "Q");
			visitor.binds("carol", CAROL);
			visitor.looksAt("20-bind-locked", 200, screen.says("该账号暂时无法登录，请联系网站管理员。",
					"This account cannot sign in at the moment. Please contact the site."));
			for (int attempt = 1; attempt <= 5; attempt++) {
				visitor.binds("alice", "wrong");
			}
			visitor.looksAt("21-too-many-attempts", 200,
					screen.says("尝试次数过多，请重新用 QQ 登录。", "Too many attempts. Sign in with QQ again."));
			visitor.opens(site.url() + "/bind");
			visitor.looksAt("22-nothing-pending", 410,
					screen.says("绑定已超时，请重新用 QQ 登录。", "The time to link has run out. Sign in with QQ again."));
		}
	}

	@ParameterizedTest
	@EnumSource
	void accountPageWhenSignedInByPasswordThenLinksAndRefusesTheQqOfAnother(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.opens(site.url() + "/account/qq");
			visitor.signsIn("bob", BOB);
			visitor.looksAt("23-account-qq-none", 200, screen.says("尚未绑定 QQ", "No QQ linked"));
			visitor.clicksButton("绑定 QQ", "Link QQ");
			visitor.agreesAs("xiaoming");
			visitor.looksAt("24-account-qq-confirm", 200,
					screen.says("将 QQ「小明」绑定到账号 bob？", "Link QQ 小明 to your account bob?"));
			visitor.fills("password", "wrong");
			visitor.clicksButton("绑定", "Link");
			visitor.looksAt("25-account-qq-wrong-password", 403, screen.says("密码不正确。", "The password is not correct."));
			visitor.fills("password", BOB);
			visitor.clicksButton("绑定", "Link");
			visitor.looksAt("26-account-qq-bound", 200, "小明", screen.says("绑定于", "Linked on"));
			visitor.opens(site.url() + "/me");
			visitor.clicksButton("退出登录", "Sign out");
			visitor.signsIn("alice", ALICE);
			visitor.page().locator(".who").click();
			visitor.looksAt("27-me-not-linked", 200, "alice", screen.says("尚未绑定", "Not linked"));
			visitor.seesInitial("main .avatar", "A");
			visitor.clicksLink("绑定 QQ", "Link QQ");
			visitor.clicksButton("绑定 QQ", "Link QQ");
			visitor.agreesAs("xiaoming");
			visitor.looksAt("28-qq-of-another-account", 409,
					screen.says("这个 QQ 已绑定其他账号。", "This QQ is linked to another account."));
		}
	}

	@ParameterizedTest
	@EnumSource
	void pagesWhenSomethingIsWrongThenSayWhat(Screen screen) {
		try (BrowserVisitor visitor = new BrowserVisitor(chromium, screen)) {
			visitor.opens(site.url() + "/login?next=/me");
			visitor.signsIn("alice", "wrong");
			visitor.looksAt("29-login-wrong-password", 200,
					screen.says("用户名或密码不正确。", "The username or password is not correct."),
					screen.says("登录后继续访问“我的账号”。", "Sign in to continue to “My account”."));
			visitor.signsIn("carol", CAROL);
			visitor.looksAt("30-login-locked", 200, screen.says("该账号暂时无法登录，请联系网站管理员。",
					"This account cannot sign in at the moment. Please contact the site."));
			visitor.signsIn("alice", ALICE);
			assertThat(visitor.path()).isEqualTo("/me");
			visitor.page().evaluate("document.querySelectorAll('[name=_csrf]').forEach((field) => field.remove())");
			visitor.clicksButton("退出登录", "Sign out");
			visitor.looksAt("31-error-403", 403, screen.says("这次操作没有完成", "That did not go through"));
			visitor.opens(site.url() + "/books/99");
			visitor.looksAt("32-error-404", 404, screen.says("没有这个页面", "There is no such page"));
			visitor.opens(site.url() + "/books/broken");
			visitor.looksAt("33-error-500", 500, screen.says("网站出了点问题", "Something went wrong here"));
			visitor.clicksLink("回到书目", "Back to the books");
			assertThat(visitor.path()).isEqualTo("/");
		}
	}

}
