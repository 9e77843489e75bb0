package io.github.qqoauth2.demo;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the shop on a real server: registration with QQ, logout, login, and a restart that
 * keeps all data.
 */
abstract class AbstractProfileIT {

	private static final String MOBILE = "13912345678";

	@TempDir
	Path folder;

	abstract String[] arguments();

	DemoSite open() {
		return DemoSite.open(this.folder, arguments());
	}

	@Test
	void restartWhenDataWrittenThenKeepsAccountBindingAndNotes() {
		try (DemoSite site = open()) {
			ShopVisitor visitor = new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING).open("/bind?tab=register");
			visitor.post("/bind/code", "mobile", MOBILE).followRedirects();
			visitor.post("/login/qq/register", "nickname", "朵拉🌙", "mobile", MOBILE, "code", site.lastCode(),
					"password", "dora-password", "consent", "true");
			assertThat(visitor.location()).isEqualTo("/");
			visitor.open("/books/1").post("/books/1/notes", "text", "第一回 🐼");
			visitor.open("/books/1").post("/books/1/list");
			visitor.open("/me").post("/logout");
			assertThat(visitor.open("/me").location()).isEqualTo("/login");
			assertThat(visitor.loginWithQq(QqPerson.XIAO_MING).location()).isEqualTo("/me?continue");
			assertThat(visitor.open("/me").body()).contains("朵拉🌙", "Signed up with QQ", "Signed in with QQ");
			assertThat(registerWithTakenNickname(site)).contains("This nickname is taken.");
		}
		try (DemoSite site = open()) {
			ShopVisitor visitor = new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING);
			assertThat(visitor.location()).isEqualTo("/");
			assertThat(visitor.open("/shelf").body()).contains("第一回 🐼", "Dream of the Red Chamber");
			assertThat(new ShopVisitor(site).signIn(MOBILE, "dora-password").location()).isEqualTo("/");
			assertThat(site.queryForList("select title_en from book")).hasSize(8);
			assertThat(site.queryForList("select username from account")).hasSize(4);
		}
	}

	private static String registerWithTakenNickname(DemoSite site) {
		ShopVisitor visitor = new ShopVisitor(site).loginWithQq(QqPerson.PANDA).open("/bind?tab=register");
		visitor.post("/login/qq/register", "nickname", "朵拉🌙", "mobile", "13912345679", "code", "123456", "password",
				"panda-password", "consent", "true");
		return visitor.followRedirects().body();
	}

	@Test
	void resetWhenQqBoundThenUnlinksAndEndsSessions() {
		try (DemoSite site = open()) {
			ShopVisitor visitor = new ShopVisitor(site).loginWithQq(QqPerson.PANDA).open("/bind");
			visitor.post("/login/qq/bind", "username", "bob", "password", "reads-on-trains", "remember-me", "true");
			assertThat(visitor.open("/me").status()).isEqualTo(200);
			ShopVisitor owner = new ShopVisitor(site).open("/password/forgotten");
			owner.post("/password/forgotten/code", "mobile", "13800000002").followRedirects();
			owner.post("/password/forgotten/sms", "mobile", "13800000002", "code", site.lastCode()).followRedirects();
			owner.post("/password/new", "password", "reads-on-planes");
			assertThat(owner.location()).isEqualTo("/login?reset");
			assertThat(site.queryForList("select account from qq_account_binding where account = 'bob'")).isEmpty();
			assertThat(visitor.open("/me").location()).startsWith("/login");
			assertThat(visitor.open("/me").location()).isEqualTo("/login");
			assertThat(owner.signIn("bob", "reads-on-planes").location()).isEqualTo("/");
			assertThat(site.queryForList("select kind from account_activity where account = 'bob' order by id"))
				.isEqualTo(List.of("BOUND", "UNBOUND"));
		}
	}

	/**
	 * The foreign key removes and renames the binding with the account.
	 */
	@Test
	@Tag("T-53")
	void findWhenNameOfDeletedOrRenamedAccountGivenToAnotherThenUnbound() {
		try (DemoSite site = open()) {
			QqIdentity identity = new QqIdentity(site.property("qq.oauth2.app-id"), "0123456789ABCDEF", null);
			QqAccountBindings bindings = site.bean(QqAccountBindings.class);
			createAccount(site, "erna");
			bindings.bind(identity, null, "erna");
			site.jdbc().sql("update account set username = 'ernestine' where username = 'erna'").update();
			createAccount(site, "erna");
			assertThat(bindings.find("erna")).isNull();
			assertThat(bindings.find(identity)).isNotNull()
				.extracting(QqAccountBinding::account)
				.isEqualTo("ernestine");
			site.jdbc().sql("delete from account where username = 'ernestine'").update();
			createAccount(site, "ernestine");
			assertThat(bindings.find(identity)).isNull();
			site.jdbc().sql("delete from account where username in ('erna', 'ernestine')").update();
		}
	}

	private static void createAccount(DemoSite site, String username) {
		site.jdbc()
			.sql("insert into account (username, password, locked, created_at, password_chosen) "
					+ "values (?, '{noop}pw', false, current_timestamp, true)")
			.param(username)
			.update();
	}

}
