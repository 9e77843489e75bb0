package io.github.qqoauth2.demo;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One visitor's story on a real server: signs up with QQ, leaves, comes back, and finds
 * everything after the shop was closed and opened again.
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
	void shopWhenClosedAndOpenedThenKeepsAccountBindingAndNotes() {
		try (DemoSite site = open()) {
			ShopVisitor visitor = new ShopVisitor(site).comesByQq(QqPerson.XIAO_MING).opens("/bind?tab=register");
			visitor.posts("/bind/code", "mobile", MOBILE).follows();
			visitor.posts("/login/qq/register", "nickname", "朵拉🌙", "mobile", MOBILE, "code", site.lastCode(),
					"password", "dora-password");
			assertThat(visitor.location()).isEqualTo("/");
			visitor.opens("/books/1").posts("/books/1/notes", "text", "第一回 🐼");
			visitor.opens("/books/1").posts("/books/1/list");
			visitor.opens("/me").posts("/logout");
			assertThat(visitor.opens("/me").location()).isEqualTo("/login");
			assertThat(visitor.comesByQq(QqPerson.XIAO_MING).location()).isEqualTo("/me?continue");
			assertThat(visitor.opens("/me").body()).contains("朵拉🌙", "Signed up with QQ", "Signed in with QQ");
			assertThat(takenBySomebodyElse(site)).contains("This nickname is taken.");
		}
		try (DemoSite site = open()) {
			ShopVisitor visitor = new ShopVisitor(site).comesByQq(QqPerson.XIAO_MING);
			assertThat(visitor.location()).isEqualTo("/");
			assertThat(visitor.opens("/shelf").body()).contains("第一回 🐼", "Dream of the Red Chamber");
			assertThat(new ShopVisitor(site).signsIn(MOBILE, "dora-password").location()).isEqualTo("/");
			assertThat(site.list("select title_en from book")).hasSize(8);
			assertThat(site.list("select username from account")).hasSize(4);
		}
	}

	private static String takenBySomebodyElse(DemoSite site) {
		ShopVisitor visitor = new ShopVisitor(site).comesByQq(QqPerson.PANDA).opens("/bind?tab=register");
		visitor.posts("/login/qq/register", "nickname", "朵拉🌙", "mobile", "13912345679", "code", "123456", "password",
				"panda-password");
		return visitor.follows().body();
	}

	@Test
	void passwordWhenResetThenQqIsUnlinkedAndSessionsEnd() {
		try (DemoSite site = open()) {
			ShopVisitor visitor = new ShopVisitor(site).comesByQq(QqPerson.PANDA).opens("/bind");
			visitor.posts("/login/qq/bind", "username", "bob", "password", "reads-on-trains", "remember-me", "true");
			assertThat(visitor.opens("/me").status()).isEqualTo(200);
			ShopVisitor owner = new ShopVisitor(site).opens("/password/forgotten");
			owner.posts("/password/forgotten/code", "mobile", "13800000002").follows();
			owner.posts("/password/forgotten/sms", "mobile", "13800000002", "code", site.lastCode()).follows();
			owner.posts("/password/new", "password", "reads-on-planes");
			assertThat(owner.location()).isEqualTo("/login?reset");
			assertThat(site.list("select account from qq_account_binding where account = 'bob'")).isEmpty();
			assertThat(visitor.opens("/me").location()).startsWith("/login");
			assertThat(visitor.opens("/me").location()).isEqualTo("/login");
			assertThat(owner.signsIn("bob", "reads-on-planes").location()).isEqualTo("/");
			assertThat(site.list("select kind from account_activity where account = 'bob' order by id"))
				.isEqualTo(List.of("BOUND", "UNBOUND"));
		}
	}

}
