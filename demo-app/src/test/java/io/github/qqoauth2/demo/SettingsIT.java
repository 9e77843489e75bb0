package io.github.qqoauth2.demo;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What somebody who is signed in does with password and QQ, in a shop that makes accounts
 * without asking.
 */
class SettingsIT {

	@RegisterExtension
	static final DemoSite site = DemoSite.of("--spring.profiles.active=auto-register").with(TestClock.Source.class);

	private static ShopVisitor newcomer() {
		ShopVisitor visitor = new ShopVisitor(site).comesByQq(QqPerson.XIAO_MING);
		assertThat(visitor.location()).isEqualTo("/");
		return visitor;
	}

	private static String madeUp() {
		return site.list("select account from qq_account_binding").get(0);
	}

	@Test
	void loginWhenQqIsNewThenAccountWithoutBeingAsked() {
		ShopVisitor visitor = newcomer();
		assertThat(visitor.opens("/me").body())
			.contains("小明", "Set a password", "Signed up with QQ", "Signed in with QQ")
			.doesNotContain("qq_");
		assertThat(madeUp()).matches("qq_[0-9a-f]{20}");
		assertThat(site.list("select kind from account_activity order by id")).containsExactly("REGISTERED",
				"LOGGED_IN");
	}

	@Test
	void passwordWhenAccountHasNoneThenSetAfterAFreshQqLoginOnly() {
		ShopVisitor visitor = newcomer();
		assertThat(visitor.opens("/password").body()).contains("Set a password").doesNotContain("name=\"current\"");
		assertThat(visitor.posts("/password", "password", "short").status()).isEqualTo(422);
		site.bean(TestClock.class).advance(Duration.ofMinutes(10));
		assertThat(visitor.posts("/password", "password", "long-enough-now").status()).isEqualTo(422);
		assertThat(visitor.body()).contains("sign out, sign in with QQ again").doesNotContain("name=\"password\"");
		visitor = newcomer();
		visitor.opens("/password").posts("/password", "password", "long-enough-now");
		assertThat(visitor.location()).isEqualTo("/me?password");
		assertThat(visitor.follows().body()).contains("Your password is saved", "Change password");
		assertThat(new ShopVisitor(site).signsIn(madeUp(), "long-enough-now").location()).isEqualTo("/");
	}

	@Test
	void passwordWhenAccountHasOneThenItIsAskedFor() {
		ShopVisitor elsewhere = new ShopVisitor(site).signsIn("bob", "reads-on-trains");
		ShopVisitor visitor = new ShopVisitor(site).signsIn("bob", "reads-on-trains").opens("/password");
		assertThat(visitor.posts("/password", "current", "wrong", "password", "reads-on-planes").status())
			.isEqualTo(422);
		assertThat(visitor.body()).contains("The current password is not correct.");
		assertThat(visitor.posts("/password", "password", "reads-on-planes").status()).isEqualTo(422);
		visitor.posts("/password", "current", "reads-on-trains", "password", "reads-on-planes");
		assertThat(visitor.location()).isEqualTo("/me?password");
		assertThat(visitor.opens("/me").status()).isEqualTo(200);
		assertThat(elsewhere.opens("/me").location()).isEqualTo("/login?ended");
		visitor.opens("/password").posts("/password", "current", "reads-on-planes", "password", "reads-on-trains");
	}

	@Test
	void unlinkWhenConfirmedByPasswordThenOtherSessionsAndRememberedDevicesEnd() {
		newcomer();
		String madeUp = madeUp();
		ShopVisitor visitor = new ShopVisitor(site).comesByQq(QqPerson.XIAO_MING);
		assertThat(visitor.opens("/account/qq").body()).contains("set one first under “My account”");
		visitor.posts("/account/qq/unlink", "password", "never-set-one");
		assertThat(visitor.body()).contains("do so first under “My account”");
		assertThat(site.list("select account from qq_account_binding")).containsExactly(madeUp);
		visitor.opens("/password").posts("/password", "password", "long-enough-now");
		ShopVisitor elsewhere = new ShopVisitor(site).comesByQq(QqPerson.XIAO_MING,
				"/oauth2/authorization/qq?remember-me=true");
		assertThat(elsewhere.cookie("remember-me")).isNotEmpty();
		visitor.opens("/account/qq").posts("/account/qq/unlink", "password", "long-enough-now");
		assertThat(visitor.location()).isEqualTo("/account/qq");
		assertThat(site.list("select account from qq_account_binding")).isEmpty();
		assertThat(site.list("select username from persistent_logins")).isEmpty();
		assertThat(elsewhere.opens("/me").location()).isEqualTo("/login?ended");
		assertThat(elsewhere.opens("/me").location()).isEqualTo("/login");
		assertThat(visitor.opens("/me").body()).contains("Unlinked the QQ");
		assertThat(new ShopVisitor(site).signsIn(madeUp, "long-enough-now").location()).isEqualTo("/");
	}

	@Test
	void moveWhenConfirmedThenTheMadeUpAccountLosesTheQq() {
		newcomer();
		String madeUp = madeUp();
		ShopVisitor visitor = new ShopVisitor(site).signsIn("alice", "reads-at-night");
		visitor.opens("/account/qq").posts("/account/qq/link");
		visitor.comesByQq(QqPerson.XIAO_MING, visitor.location());
		assertThat(visitor.location()).isEqualTo("/account/qq");
		assertThat(visitor.opens("/").body()).contains("QQ 小明 is waiting to be linked to this account.");
		assertThat(visitor.opens("/account/qq").body()).contains(madeUp);
		visitor.posts("/account/qq", "password", "reads-at-night");
		assertThat(site.list("select account from qq_account_binding")).containsExactly("alice");
		assertThat(visitor.opens("/me").body()).contains("Got the QQ of another account")
			.doesNotContain("is waiting to be linked");
		assertThat(new ShopVisitor(site).comesByQq(QqPerson.XIAO_MING).opens("/me").body()).contains("alice");
	}

}
