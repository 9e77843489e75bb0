package io.github.qqoauth2.demo;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Password and QQ settings of a signed-in user, in a shop with automatic registration,
 * without JavaScript.
 */
class SettingsIT {

	@RegisterExtension
	static final DemoSite site = DemoSite.of("--spring.profiles.active=auto-register").with(TestClock.Source.class);

	private static ShopVisitor registerByQq() {
		ShopVisitor visitor = new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING);
		assertThat(visitor.location()).isEqualTo("/");
		return visitor;
	}

	private static String generatedUsername() {
		return site.queryForList("select account from qq_account_binding").get(0);
	}

	@Test
	void loginWhenQqUnboundThenRegistersAutomatically() {
		ShopVisitor visitor = registerByQq();
		assertThat(visitor.open("/me").body())
			.contains("小明", "Set a password", "Signed up with QQ", "Signed in with QQ")
			.doesNotContain("qq_");
		assertThat(generatedUsername()).matches("qq_[0-9a-f]{20}");
		assertThat(site.queryForList("select kind from account_activity order by id")).containsExactly("REGISTERED",
				"LOGGED_IN");
	}

	@Test
	void passwordWhenNoneChosenThenRequiresRecentQqLogin() {
		ShopVisitor visitor = registerByQq();
		assertThat(visitor.open("/password").body()).contains("Set a password").doesNotContain("name=\"current\"");
		assertThat(visitor.post("/password", "password", "short").status()).isEqualTo(422);
		site.bean(TestClock.class).advance(Duration.ofMinutes(10));
		assertThat(visitor.post("/password", "password", "long-enough-now").status()).isEqualTo(422);
		assertThat(visitor.body()).contains("sign out, sign in with QQ again").doesNotContain("name=\"password\"");
		visitor = registerByQq();
		visitor.open("/password").post("/password", "password", "long-enough-now");
		assertThat(visitor.location()).isEqualTo("/me?password");
		assertThat(visitor.followRedirects().body()).contains("Your password is saved", "Change password");
		assertThat(new ShopVisitor(site).signIn(generatedUsername(), "long-enough-now").location()).isEqualTo("/");
	}

	@Test
	void passwordWhenChosenThenRequiresCurrentPassword() {
		ShopVisitor elsewhere = new ShopVisitor(site).signIn("bob", "reads-on-trains");
		ShopVisitor visitor = new ShopVisitor(site).signIn("bob", "reads-on-trains").open("/password");
		assertThat(visitor.post("/password", "current", "wrong", "password", "reads-on-planes").status())
			.isEqualTo(422);
		assertThat(visitor.body()).contains("The current password is not correct.");
		assertThat(visitor.post("/password", "password", "reads-on-planes").status()).isEqualTo(422);
		visitor.post("/password", "current", "reads-on-trains", "password", "reads-on-planes");
		assertThat(visitor.location()).isEqualTo("/me?password");
		assertThat(visitor.open("/me").status()).isEqualTo(200);
		assertThat(elsewhere.open("/me").location()).isEqualTo("/login?ended");
		visitor.open("/password").post("/password", "current", "reads-on-planes", "password", "reads-on-trains");
	}

	@Test
	void unlinkWhenConfirmedByPasswordThenEndsOtherSessionsAndRememberMe() {
		registerByQq();
		String generatedUsername = generatedUsername();
		ShopVisitor visitor = new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING);
		assertThat(visitor.open("/account/qq").body()).contains("set one first under “My account”");
		visitor.post("/account/qq/unlink", "password", "never-set-one");
		assertThat(visitor.body()).contains("The password is not correct.");
		assertThat(site.queryForList("select account from qq_account_binding")).containsExactly(generatedUsername);
		visitor.open("/password").post("/password", "password", "long-enough-now");
		ShopVisitor elsewhere = new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING,
				"/oauth2/authorization/qq?remember-me=true");
		assertThat(elsewhere.cookie("remember-me")).isNotEmpty();
		visitor.open("/account/qq").post("/account/qq/unlink", "password", "long-enough-now");
		assertThat(visitor.location()).isEqualTo("/account/qq");
		assertThat(site.queryForList("select account from qq_account_binding")).isEmpty();
		assertThat(site.queryForList("select username from persistent_logins")).isEmpty();
		assertThat(elsewhere.open("/me").location()).isEqualTo("/login?ended");
		assertThat(elsewhere.open("/me").location()).isEqualTo("/login");
		assertThat(visitor.open("/me").body()).contains("Unlinked the QQ");
		assertThat(new ShopVisitor(site).signIn(generatedUsername, "long-enough-now").location()).isEqualTo("/");
	}

	@Test
	void moveWhenConfirmedThenUnbindsGeneratedAccount() {
		registerByQq();
		String generatedUsername = generatedUsername();
		ShopVisitor visitor = new ShopVisitor(site).signIn("alice", "reads-at-night");
		visitor.open("/account/qq").post("/account/qq/link");
		visitor.loginWithQq(QqPerson.XIAO_MING, visitor.location());
		assertThat(visitor.location()).isEqualTo("/account/qq");
		assertThat(visitor.open("/").body()).contains("QQ 小明 is waiting to be linked to this account.");
		assertThat(visitor.open("/account/qq").body()).contains(generatedUsername);
		visitor.post("/account/qq", "password", "reads-at-night");
		assertThat(site.queryForList("select account from qq_account_binding")).containsExactly("alice");
		assertThat(visitor.open("/me").body()).contains("Got the QQ of another account")
			.doesNotContain("is waiting to be linked");
		assertThat(new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING).open("/me").body()).contains("alice");
	}

}
