package io.github.qqoauth2.demo;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.qqoauth2.demo.outbox.Outbox;
import io.github.qqoauth2.demo.outbox.OutboxMessage;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The shop with one click in place of the registration form, without JavaScript, and the
 * notices about linked, unlinked and moved QQ identities.
 */
class OneClickIT {

	private static final String BINDINGS = "select account from qq_account_binding";

	@RegisterExtension
	static final DemoSite site = DemoSite.of("--spring.profiles.active=one-click");

	private static ShopVisitor visitor() {
		return new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING).open("/bind");
	}

	private static ShopVisitor linkAs(String username, String password, String language) {
		ShopVisitor visitor = new ShopVisitor(site).withHeader("Accept-Language", language).signIn(username, password);
		visitor.open("/account/qq").post("/account/qq/link");
		visitor.loginWithQq(QqPerson.XIAO_MING, visitor.location());
		visitor.open("/account/qq").post("/account/qq", "password", password);
		assertThat(site.queryForList(BINDINGS)).containsExactly(username);
		return visitor;
	}

	private static String notices() {
		StringBuilder notices = new StringBuilder();
		for (OutboxMessage message : site.bean(Outbox.class).messages()) {
			notices.insert(0, message.recipient() + " " + message.text() + "\n");
		}
		return notices.toString();
	}

	@Test
	void bindPageWhenOneClickThenButtonIsFirstAndPasswordFormIsCollapsed() {
		assertThat(visitor().body())
			.containsSubsequence("First time here with QQ", "action=\"/login/qq/register\"",
					"Continue as 小明 (new account)", "<a target=_blank rel=noopener href=/terms>terms of use</a>",
					"href=/privacy", "<details class=\"existing\">", "I have an account already",
					"action=\"/login/qq/bind\"")
			.doesNotContain("class=\"tabs\"", "name=\"mobile\"");
	}

	@Test
	void registerWhenConsentIsGivenThenSignsIn() {
		ShopVisitor visitor = visitor();
		visitor.post("/login/qq/register", "consent", "true");
		assertThat(visitor.location()).isEqualTo("/");
		assertThat(visitor.followRedirects().body()).contains("Welcome back, 小明");
		assertThat(site.queryForList("select registered from qq_account_binding")).containsExactly("TRUE");
		assertThat(site.queryForList("select kind from account_activity order by id")).containsExactly("REGISTERED",
				"LOGGED_IN");
		assertThat(site.bean(Outbox.class).messages()).isEmpty();
		assertThat(visitor.open("/password").body()).as("a fresh QQ login").contains("name=\"password\"");
	}

	@Test
	@Tag("T-65")
	void registerWhenConsentIsMissingThenRefused() {
		ShopVisitor visitor = visitor();
		visitor.post("/login/qq/register").followRedirects();
		assertThat(visitor.body()).contains("id=\"consent-error\">Please read these and agree first.",
				"aria-describedby=\"consent-error\"");
		assertThat(site.queryForList(BINDINGS)).isEmpty();
		assertThat(site.queryForList("select username from account where username like 'qq_%'")).isEmpty();
	}

	@Test
	void bindWhenPasswordIsWrongThenFormIsOpen() {
		ShopVisitor visitor = visitor();
		visitor.post("/login/qq/bind", "username", "alice", "password", "wrong").followRedirects();
		assertThat(visitor.body()).containsSubsequence("<details class=\"existing\" open=\"open\">", "role=\"alert\"",
				"value=\"alice\"");
		assertThat(visitor.post("/login/qq/bind", "username", "alice", "password", "reads-at-night").location())
			.isEqualTo("/");
		assertThat(notices()).isEqualTo("13800000001 Onepage: a QQ identity was linked to your account and now signs "
				+ "in to it. If it was not you, set a new password at once under “Forgotten your password?”.\n");
	}

	@ParameterizedTest
	@CsvSource({ "/terms,Terms of use,en", "/privacy,Privacy policy,en", "/terms,用户协议,zh", "/privacy,隐私政策,zh" })
	void rulesWhenOpenedThenPageInLanguage(String path, String title, String language) {
		ShopVisitor visitor = new ShopVisitor(site).withHeader("Accept-Language", language).open(path);
		assertThat(visitor.status()).isEqualTo(200);
		assertThat(visitor.body()).contains("<h1>" + title + "</h1>");
	}

	@Test
	void noticesWhenLinkedAndUnlinkedThenOneEach() {
		ShopVisitor visitor = linkAs("alice", "reads-at-night", "zh-CN");
		assertThat(notices()).startsWith("13800000001 Onepage：有一个 QQ 绑定到了你的账号").containsOnlyOnce("\n");
		assertThat(visitor.open("/outbox").body()).contains("13800000001", "有一个 QQ 绑定到了你的账号");
		site.bean(Outbox.class).clear();
		visitor.open("/account/qq").post("/account/qq/unlink", "password", "reads-at-night");
		assertThat(site.queryForList(BINDINGS)).isEmpty();
		assertThat(notices()).startsWith("13800000001 Onepage：你的账号已解除绑定 QQ").containsOnlyOnce("\n");
	}

	/**
	 * An account made by one click has no address until its owner enters one.
	 */
	@Test
	void noticesWhenMovedThenBothAccounts() {
		visitor().post("/login/qq/register", "consent", "true");
		site.jdbc().sql("update account set email = 'ming@onepage.example' where username like 'qq_%'").update();
		linkAs("bob", "reads-on-trains", "en");
		assertThat(notices().lines()).hasSize(2)
			.anyMatch((line) -> line.startsWith("13800000002 Onepage: a QQ identity that signed in to another account"))
			.anyMatch((line) -> line
				.startsWith("ming@onepage.example Onepage: the QQ identity of your account was moved to another"));
		assertThat(new ShopVisitor(site).open("/outbox").body()).contains("ming@onepage.example", "/account/qq");
	}

}
