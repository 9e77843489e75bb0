package io.github.qqoauth2.conversation.binding;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

class BindPageIT extends AbstractConversation {

	private static final String CREDENTIALS = "The username or password is not correct.";

	@Test
	void pageWhenNoPendingBindingThenGone() {
		Browser.Page page = this.visit.browser().get("login/qq/bind");
		assertThat(page.status()).isEqualTo(410);
		assertThat(page.body()).contains("The time to link has run out.", "Sign in with QQ</a>");
		Browser.Page post = this.visit.browser().post("login/qq/bind", Map.of("username", "alice"));
		assertThat(post.status()).isEqualTo(410);
	}

	@ParameterizedTest
	@ValueSource(strings = { "alice", "unknown-user" })
	void bindWhenCredentialsAreWrongThenSameMessageAndRetry(String username) {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page answer = this.visit.bind(username, "wrong");
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.browser().get("login/qq/bind").body()).contains(CREDENTIALS);
		assertThat(application.bindings()).isEmpty();
		assertThat(this.visit.bind("alice", "alice-password").location()).isEqualTo("/");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	void bindWhenPasswordIsWrongFiveTimesThenPendingBindingEnds() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = this.visit.browser().get("login/qq/bind");
		for (int i = 1; i < 5; i++) {
			assertThat(this.visit.bind("alice", "wrong").location()).isEqualTo("/login/qq/bind");
		}
		assertThat(this.visit.bind("alice", "wrong").location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("login/qq/error").body()).contains("Too many attempts.");
		Browser.Page sixth = this.visit.browser()
			.submit(page, "login/qq/bind", Map.of("username", "alice", "password", "alice-password"));
		assertThat(sixth.status()).isEqualTo(410);
		assertThat(application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-08")
	void bindWhenFormIsOfOtherIdentityThenConflictAndKeepsPendingBinding() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page first = this.visit.browser().get("login/qq/bind");
		this.visit.qqLogin(QqPerson.PANDA);
		Browser.Page answer = this.visit.browser()
			.submit(first, "login/qq/bind", Map.of("username", "alice", "password", "alice-password"));
		assertThat(answer.status()).isEqualTo(409);
		assertThat(application.bindings()).isEmpty();
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
		assertThat(this.visit.bind("alice", "alice-password").location()).isEqualTo("/?continue");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", QqPerson.PANDA.openid(QqSimulator.APP_ID)));
	}

	@Test
	@Tag("T-28")
	void bindWhenBoundMeanwhileThenConflictAndNotLoggedIn() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		givenBinding(QqPerson.XIAO_MING, "bob");
		var rows = application.jdbc().sql("select * from qq_account_binding").query().listOfRows();
		Browser.Page answer = this.visit.bind("alice", "alice-password");
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.body()).contains("This QQ is linked to another account.");
		assertThat(application.jdbc().sql("select * from qq_account_binding").query().listOfRows()).isEqualTo(rows);
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
	}

	@Test
	void bindWhenAccountHasOtherIdentityThenConflictAndNotLoggedIn() {
		givenBinding(QqPerson.PANDA, "alice");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page answer = this.visit.bind("alice", "alice-password");
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.body()).contains("This account already has a QQ. Unlink it first.");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", QqPerson.PANDA.openid(QqSimulator.APP_ID)));
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
	}

	@ParameterizedTest
	@ValueSource(strings = { "locked", "disabled", "expired", "stale" })
	@Tag("T-33")
	void bindWhenAccountIsNotActiveThenMessageAndNotBound(String account) {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(this.visit.bind(account, "pw").location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.browser().get("login/qq/bind").body())
			.contains("This account cannot sign in at the moment.");
		assertThat(application.bindings()).isEmpty();
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
	}

	@Test
	void bindWhenCsrfTokenIsMissingThenForbidden() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = this.visit.browser().get("login/qq/bind");
		Browser.Page answer = this.visit.browser()
			.post("login/qq/bind", Map.of("username", "alice", "password", "alice-password", "binding",
					page.hiddenFields().getOrDefault("binding", "")));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(application.bindings()).isEmpty();
	}

	@Test
	void bindWhenUsernameDiffersInCaseThenStoresLoadedName() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(this.visit.bind(" ALICE ", "alice-password").location()).isEqualTo("/");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	@Tag("T-13")
	void bindWhenFormHasOpenidThenIgnored() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = this.visit.browser().get("login/qq/bind");
		this.visit.browser()
			.submit(page, "login/qq/bind", Map.of("username", "alice", "password", "alice-password", "openid",
					QqPerson.PANDA.openid(QqSimulator.APP_ID), "access_token", "FE04", "unionid", "UID_1"));
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	@Tag("T-11")
	void callbackWhenBindingRequiredThenChangesSessionId() {
		this.visit.browser().get("orders");
		String fixedId = this.visit.browser().cookie("JSESSIONID");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser attacker = application.browser();
		attacker.cookie("JSESSIONID", String.valueOf(fixedId));
		assertThat(attacker.get("login/qq/bind").status()).isEqualTo(410);
		assertThat(this.visit.browser().get("login/qq/bind").status()).isEqualTo(200);
	}

	@Test
	@Tag("T-11")
	void loginWhenBoundThenChangesSessionId() {
		this.visit.browser().get("orders");
		String fixedId = this.visit.browser().cookie("JSESSIONID");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.bind("alice", "alice-password");
		assertThat(this.visit.browser().cookie("JSESSIONID")).isNotEqualTo(fixedId);
		Browser attacker = application.browser();
		attacker.cookie("JSESSIONID", String.valueOf(fixedId));
		assertThat(attacker.get("").location()).isEqualTo("/login");
		assertThat(this.visit.browser().get("login/qq/bind").location()).isEqualTo("/orders?continue");

		Visit again = new Visit(application, qq);
		again.browser().get("orders");
		String secondId = again.browser().cookie("JSESSIONID");
		again.qqLogin(QqPerson.XIAO_MING);
		assertThat(again.browser().cookie("JSESSIONID")).isNotEqualTo(secondId);
	}

}
