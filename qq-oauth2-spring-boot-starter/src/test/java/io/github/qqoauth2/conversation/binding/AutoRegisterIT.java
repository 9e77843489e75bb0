package io.github.qqoauth2.conversation.binding;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.account.QqRegistrationField;
import io.github.qqoauth2.conversation.AbstractRegisteringConversation;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Automatically registered accounts, and moving a QQ identity from one to an account of
 * the user.
 */
class AutoRegisterIT extends AbstractRegisteringConversation {

	private static final Application site = Application.with(qq)
		.source(RegisteringSite.class)
		.property("qq.oauth2.auto-register", "true")
		.start();

	AutoRegisterIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	private String registeredAccount() {
		return this.application.jdbc().sql("select account from qq_account_binding").query(String.class).single();
	}

	@Test
	@Tag("T-34")
	void callbackWhenUnboundThenRegistersAccountWithOpaqueName() {
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		String name = registeredAccount();
		assertThat(name).matches("qq_[0-9a-f]{20}").doesNotContain(OPENID);
		assertThat(this.visit.browser().get("").body())
			.isEqualTo(name + " UsernamePasswordAuthenticationToken [ROLE_USER]");
		assertThat(accounts()).containsExactly("alice", "bob", name);
		assertThat(events().drain()).containsExactly("REGISTERED " + name, "LOGGED_IN " + name);
		QqRegistration registration = this.application.bean(RegisteringSite.Members.class).last();
		assertThat(registration.automatic()).isTrue();
		assertThat(registration.values()).isEmpty();
		assertThat(registration.profile()).isNotNull();
		new Visit(this.application, qq).qqLogin(QqPerson.XIAO_MING);
		assertThat(accounts()).hasSize(3);
		assertThat(events().drain()).containsExactly("LOGGED_IN " + name);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "123456", "null", "小明", "undefined" })
	@Tag("T-34")
	void passwordLoginWhenAutomaticAccountThenFails(String password) {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Visit attacker = new Visit(this.application, qq);
		assertThat(attacker.login(registeredAccount(), password).location()).isEqualTo("/login?error");
		assertThat(attacker.login(registeredAccount(), OPENID).location()).isEqualTo("/login?error");
	}

	@Test
	@Tag("T-34")
	void callbackWhenNicknameEqualsUsernameThenOpaqueName() {
		QqPerson alice = new QqPerson("alias", "alice", "女", null);
		this.visit.qqLogin(alice);
		assertThat(registeredAccount()).startsWith("qq_");
		assertThat(this.visit.browser().get("").body()).doesNotContain("alice");
	}

	@Test
	void rememberMeWhenAutomaticAccountThenWorks() {
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?remember-me=true");
		this.visit.browser().get(callback);
		assertThat(this.visit.browser().cookie("remember-me")).isNotNull();
		this.visit.browser().removeCookie("JSESSIONID");
		assertThat(this.visit.browser().get("").body())
			.startsWith(registeredAccount() + " RememberMeAuthenticationToken");
	}

	@Test
	void callbackWhenRegistrarRefusesThenBindingRequired() {
		this.application.bean(RegisteringSite.Members.class).rejectUsernames(true);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
		assertThat(accounts()).containsExactly("alice", "bob");
		assertThat(this.visit.bind("alice", "alice-password").location()).isEqualTo("/");
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	/**
	 * No visitor has agreed to anything at a callback, so the bind page asks.
	 */
	@Test
	@Tag("T-65")
	void callbackWhenRegistrarDeclaresConsentThenBindPageAndNoAccount() {
		fields(QqRegistrationField.consent("consent", "/terms"));
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
		assertThat(accounts()).containsExactly("alice", "bob");
		Browser.Page page = this.visit.browser().get("login/qq/bind");
		assertThat(this.visit.browser().submit(page, "login/qq/register", Map.of()).location())
			.isEqualTo("/login/qq/bind");
		assertThat(this.application.bindings()).isEmpty();
		assertThat(this.visit.browser().submit(page, "login/qq/register", Map.of("consent", "true")).location())
			.isEqualTo("/");
		assertThat(this.application.bindings()).containsOnlyKeys(registeredAccount());
		assertThat(this.application.bean(RegisteringSite.Members.class).last().automatic()).isTrue();
	}

	@Test
	void callbackWhenListenerThrowsThenErrorPageAndNoAccount() {
		events().veto(QqAccountEvent.Kind.REGISTERED);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("login/qq/error").status()).isEqualTo(503);
		assertThat(accounts()).containsExactly("alice", "bob");
		events().veto(QqAccountEvent.Kind.LOGGED_IN);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
	}

	@Test
	@Tag("T-33")
	void callbackWhenAccountIsRegisteredDisabledThenNotLoggedIn() {
		this.application.bean(RegisteringSite.Members.class).disable(true);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("login/qq/error").body())
			.contains("This account cannot sign in at the moment.");
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
		String name = registeredAccount();
		assertThat(events().drain()).containsExactly("REGISTERED " + name, "REFUSED " + name + " account-status");
	}

	@Test
	void callbackWhenSignedInThenNoRegistration() {
		this.visit.login("alice", "alice-password");
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/account/qq");
		assertThat(accounts()).containsExactly("alice", "bob");
	}

	@Test
	@Tag("T-37")
	void callbackWhenAutoRegisterIsOffThenBindingRequired() {
		try (Application without = Application.with(qq)
			.source(RegisteringSite.class)
			.property("spring.datasource.url", "jdbc:h2:mem:without;DB_CLOSE_DELAY=-1")
			.start()) {
			Visit visitor = new Visit(without, qq);
			assertThat(visitor.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
			assertThat(without.bindings()).isEmpty();
		}
		try (Application without = Application.with(qq).source(Site.WithChain.class).start()) {
			Visit visitor = new Visit(without, qq);
			visitor.qqLogin(QqPerson.XIAO_MING);
			Browser.Page page = visitor.browser().get("login/qq/bind?tab=register");
			assertThat(page.body()).doesNotContain("I am new");
			assertThat(visitor.browser().submit(page, "login/qq/register", RegisteringSite.FORM).location())
				.isEqualTo("/login");
			assertThat(without.bindings()).isEmpty();
		}
	}

	@Test
	void callbackWhenAccountIsDeletedThenRegistersNewAccount() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		String first = registeredAccount();
		this.application.jdbc().sql("delete from users where username = ?").param(first).update();
		new Visit(this.application, qq).qqLogin(QqPerson.XIAO_MING);
		assertThat(registeredAccount()).isNotEqualTo(first);
		assertThat(this.application.bindings()).hasSize(1);
	}

	@Test
	void moveWhenConfirmedByPasswordThenBoundToCurrentAccount() {
		Visit before = new Visit(this.application, qq);
		before.qqLogin(QqPerson.XIAO_MING);
		String automatic = registeredAccount();
		events().drain();
		this.visit.login("alice", "alice-password");
		this.application.ageLogins();
		Map<String, String> cookies = this.visit.browser().cookies();
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/account/qq");
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).contains("Link QQ 小明 to your account alice?",
				"This QQ now signs in to the automatically created account " + automatic
						+ ". After this it will sign in to alice.",
				"name=\"password\"");
		assertThat(submitAccountPage(confirmation, Map.of()).status()).isEqualTo(403);
		assertThat(submitAccountPage(confirmation, Map.of("password", "wrong")).status()).isEqualTo(403);
		assertThat(this.application.bindings()).isEqualTo(Map.of(automatic, OPENID));
		assertThat(submitAccountPage(confirmation, Map.of("password", "alice-password")).location()).isEqualTo("/");
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
		assertThat(
				this.application.jdbc().sql("select registered from qq_account_binding").query(Boolean.class).single())
			.isFalse();
		assertThat(events().drain()).containsExactly("MOVED alice " + automatic, "UNBOUND " + automatic + " alice");
		assertThat(this.visit.browser().cookies()).isEqualTo(cookies);
		assertThat(before.browser().get("").body()).doesNotContain(automatic);
		Visit after = new Visit(this.application, qq);
		after.qqLogin(QqPerson.XIAO_MING);
		assertThat(after.browser().get("").body()).startsWith("alice ");
	}

	@Test
	void eventsWhenLinkedUnlinkedAndMovedThenOnceAfterCommit() {
		this.application.bean(RegisteringSite.Members.class).rejectUsernames(true);
		this.visit.login("alice", "alice-password");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Map<String, String> password = Map.of("password", "alice-password");
		assertThat(committedEvents()).isEmpty();
		submitAccountPage(this.visit.browser().get("account/qq"), password);
		assertThat(committedEvents()).containsExactly("BOUND alice");
		this.visit.browser().submit(this.visit.browser().get("account/qq"), "account/qq/unlink", password);
		assertThat(committedEvents()).containsExactly("UNBOUND alice");
		this.application.bean(RegisteringSite.Members.class).rejectUsernames(false);
		new Visit(this.application, qq).qqLogin(QqPerson.XIAO_MING);
		String automatic = registeredAccount();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		committedEvents();
		submitAccountPage(this.visit.browser().get("account/qq"), password);
		assertThat(committedEvents()).containsExactly("MOVED alice " + automatic, "UNBOUND " + automatic + " alice");
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	/**
	 * Moving follows the same rule as linking, but still names the account that loses the
	 * identity.
	 */
	@Test
	@Tag("T-28")
	void moveWhenLoginIsFreshThenNamesAccountAndRequiresNoPassword() {
		new Visit(this.application, qq).qqLogin(QqPerson.XIAO_MING);
		String automatic = registeredAccount();
		this.visit.login("alice", "alice-password");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).contains(automatic).doesNotContain("name=\"password\"");
		assertThat(submitAccountPage(confirmation, Map.of("from", "bob")).status()).isEqualTo(409);
		assertThat(this.application.bindings()).isEqualTo(Map.of(automatic, OPENID));
		assertThat(submitAccountPage(confirmation, Map.of()).location()).isEqualTo("/");
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	/**
	 * The identity is bound to an account that was not registered automatically while the
	 * confirmation is open. Naming that account in {@code from} does not move it.
	 */
	@Test
	@Tag("T-28")
	void moveWhenBoundMeanwhileToOtherAccountThenConflict() {
		this.application.bean(RegisteringSite.Members.class).rejectUsernames(true);
		this.visit.login("alice", "alice-password");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		givenBinding(QqPerson.XIAO_MING, "bob");
		for (Map<String, String> typed : List.of(Map.of("password", "alice-password"),
				Map.of("password", "alice-password", "from", "bob"))) {
			assertThat(submitAccountPage(confirmation, typed).status()).isEqualTo(409);
			assertThat(this.application.bindings()).isEqualTo(Map.of("bob", OPENID));
		}
		assertThat(this.visit.browser().get("account/qq").body()).doesNotContain("bob");
	}

	@Test
	void moveWhenListenerThrowsOrAccountDiffersThenNotMoved() {
		new Visit(this.application, qq).qqLogin(QqPerson.XIAO_MING);
		String automatic = registeredAccount();
		this.visit.login("alice", "alice-password");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		events().veto(QqAccountEvent.Kind.UNBOUND);
		assertThat(submitAccountPage(confirmation, Map.of("password", "alice-password")).location())
			.isEqualTo("/login/qq/error");
		events().veto(null);
		assertThat(this.visit.browser()
			.submit(confirmation, "account/qq", Map.of("password", "alice-password", "from", "bob"))
			.status()).isEqualTo(409);
		assertThat(this.application.bindings()).isEqualTo(Map.of(automatic, OPENID));
	}

	@Test
	void moveWhenAccountHasOtherIdentityThenConflict() {
		new Visit(this.application, qq).qqLogin(QqPerson.XIAO_MING);
		this.visit.login("alice", "alice-password");
		this.visit.qqLogin(QqPerson.PANDA);
		submitAccountPage(this.visit.browser().get("account/qq"), Map.of("password", "alice-password"));
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page refused = submitAccountPage(this.visit.browser().get("account/qq"),
				Map.of("password", "alice-password"));
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.body()).contains("This account already has a QQ. Unlink it first.");
		assertThat(this.application.bindings()).hasSize(2);
	}

	@Test
	void moveWhenAccountIsNotAutomaticThenRefused() {
		this.application.bean(RegisteringSite.Members.class).rejectUsernames(true);
		givenBinding(QqPerson.XIAO_MING, "bob");
		this.visit.login("alice", "alice-password");
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("login/qq/error").body()).contains("This QQ is linked to another account.");
		assertThat(this.visit.browser().get("account/qq").body()).contains("No QQ linked");
		assertThat(events().drain()).containsExactly("REFUSED alice other-account");
	}

	@Test
	@Tag("T-30")
	void unlinkWhenAutomaticAccountThenRequiresAnotherWayThanQq() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		String automatic = registeredAccount();
		Browser.Page page = this.visit.browser().get("account/qq");
		assertThat(page.body()).contains("If it has no other way to sign in yet, set one up first");
		assertThat(this.visit.browser().submit(page, "account/qq/unlink", Map.of()).status()).isEqualTo(403);
		Browser.Page refused = this.visit.browser().submit(page, "account/qq/unlink", Map.of("password", "guess"));
		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.body()).contains("The password is not correct.");
		assertThat(this.application.bindings()).containsOnlyKeys(automatic);
		this.application.jdbc()
			.sql("update users set password = ? where username = ?")
			.params(this.application.bean(RegisteringSite.CountingEncoder.class).encode("my-password"), automatic)
			.update();
		assertThat(this.visit.browser().submit(page, "account/qq/unlink", Map.of("password", "my-password")).location())
			.isEqualTo("/account/qq");
		assertThat(this.application.bindings()).isEqualTo(Map.of());
		assertThat(accounts()).isEqualTo(List.of("alice", "bob", automatic));
	}

}
