package io.github.qqoauth2.conversation.binding;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Callbacks in the session of a signed-in user, and the account page.
 */
class SignedInIT extends AbstractConversation {

	private Map<String, String> logIn(String account) {
		this.visit.login(account, account + "-password");
		return this.visit.browser().cookies();
	}

	private void assertSessionUnchanged(Map<String, String> cookies, String account) {
		assertThat(this.visit.browser().cookies()).isEqualTo(cookies);
		assertThat(this.visit.browser().get("").body()).startsWith(account + " UsernamePasswordAuthenticationToken");
	}

	@Test
	void callbackWhenBoundToCurrentAccountThenRedirectsToNext() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		Map<String, String> cookies = logIn("alice");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
		assertThat(this.visit.browser().get(callback).location()).isEqualTo("/orders/3");
		assertSessionUnchanged(cookies, "alice");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	void callbackWhenUnboundAndLoginIsOldThenConfirmationBindsWithPassword() {
		Map<String, String> cookies = logIn("alice");
		application.ageLogins();
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
		assertThat(this.visit.browser().get(callback).location()).isEqualTo("/account/qq");
		assertSessionUnchanged(cookies, "alice");
		assertThat(application.bindings()).isEmpty();

		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.status()).isEqualTo(200);
		assertThat(confirmation.body()).contains("Link QQ 小明 to your account alice?", "name=\"password\"", "Not now");
		Browser.Page without = this.visit.browser().submit(confirmation, "account/qq", Map.of());
		assertThat(without.status()).isEqualTo(403);
		assertThat(without.body()).contains("Please confirm first that it is you.");
		Browser.Page refused = this.visit.browser().submit(confirmation, "account/qq", Map.of("password", "wrong"));
		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.body()).contains("The password is not correct.");
		assertThat(application.bindings()).isEmpty();
		Browser.Page bound = this.visit.browser()
			.submit(confirmation, "account/qq", Map.of("password", "alice-password"));
		assertThat(bound.status()).isEqualTo(302);
		assertThat(bound.location()).isEqualTo("/orders/3");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
		assertSessionUnchanged(cookies, "alice");
		assertThat(this.visit.browser().get("account/qq").body()).contains("小明", "Linked on ", "last used today");
	}

	@Test
	void callbackWhenBoundToOtherAccountThenConflictAndSessionUnchanged() {
		givenBinding(QqPerson.XIAO_MING, "bob");
		Map<String, String> cookies = logIn("alice");
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		Browser.Page error = this.visit.browser().get("login/qq/error");
		assertThat(error.status()).isEqualTo(409);
		assertThat(error.body()).contains("This QQ is linked to another account.");
		assertSessionUnchanged(cookies, "alice");
	}

	@Test
	void callbackWhenQqFailsThenErrorPageAndSessionUnchanged() {
		Map<String, String> cookies = logIn("alice");
		qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("login/qq/error").status()).isEqualTo(503);
		assertSessionUnchanged(cookies, "alice");
	}

	@Test
	void callbackWhenQqFailsThenKeepsRememberMeCookie() {
		Browser.Page login = this.visit.browser().get("login");
		this.visit.browser()
			.submit(login, "login", Map.of("username", "alice", "password", "alice-password", "remember-me", "true"));
		Map<String, String> cookies = this.visit.browser().cookies();
		assertThat(cookies).containsKey("remember-me");
		qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		assertSessionUnchanged(cookies, "alice");
	}

	@Test
	void confirmationWhenDismissedThenNotBoundAndNotPending() {
		logIn("alice");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(this.visit.browser().submit(confirmation, "account/qq", Map.of("dismiss", "true")).location())
			.isEqualTo("/");
		assertThat(application.bindings()).isEmpty();
		assertThat(this.visit.browser().get("account/qq").body()).contains("No QQ linked");
	}

	@Test
	void confirmationWhenNoCsrfTokenOrOtherBindingThenRefused() {
		logIn("alice");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		String binding = confirmation.hiddenFields().getOrDefault("binding", "");
		assertThat(this.visit.browser()
			.post("account/qq", Map.of("binding", binding, "password", "alice-password"))
			.status()).isEqualTo(403);
		assertThat(this.visit.browser()
			.submit(confirmation, "account/qq", Map.of("binding", "other", "password", "alice-password"))
			.status()).isEqualTo(409);
		assertThat(application.bindings()).isEmpty();
	}

	@Test
	void confirmationWhenAccountHasOtherIdentityThenConflict() {
		givenBinding(QqPerson.PANDA, "alice");
		logIn("alice");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		Browser.Page answer = this.visit.browser()
			.submit(confirmation, "account/qq", Map.of("password", "alice-password"));
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.body()).contains("This account already has a QQ. Unlink it first.");
	}

	@Test
	void accountPageWhenMethodIsUnsupportedThenAllowHeader() {
		logIn("alice");
		Browser.Page answer = this.visit.browser().send("OPTIONS", "account/qq");
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST");
	}

	@Test
	void accountPageWhenNotSignedInThenRedirectsToLogin() {
		assertThat(this.visit.browser().get("account/qq").location()).isEqualTo("/login");
	}

	@Test
	void confirmationWhenLoggedInAfterQqThenNoPasswordRequired() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.login("alice", "alice-password");
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).contains("to your account alice?").doesNotContain("name=\"password\"");
		assertThat(this.visit.browser().submit(confirmation, "account/qq", Map.of()).location()).isEqualTo("/");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

}
