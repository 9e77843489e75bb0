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
 * Callbacks in the session of somebody who is signed in, and the page of their QQ.
 */
class SignedInIT extends AbstractConversation {

	private Map<String, String> signedIn(String account) {
		this.visit.login(account, account + "-password");
		return this.visit.browser().cookies();
	}

	private void sessionIsAsItWas(Map<String, String> cookies, String account) {
		assertThat(this.visit.browser().cookies()).isEqualTo(cookies);
		assertThat(this.visit.browser().get("").body()).startsWith(account + " UsernamePasswordAuthenticationToken");
	}

	@Test
	void callbackWhenQqOfSameAccountThenBackWhereTheyWere() {
		bound(QqPerson.XIAO_MING, "alice");
		Map<String, String> cookies = signedIn("alice");
		String callback = this.visit.agree(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
		assertThat(this.visit.browser().get(callback).location()).isEqualTo("/orders/3");
		sessionIsAsItWas(cookies, "alice");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	void callbackWhenUnboundQqThenAsksAndBindsWithThePassword() {
		Map<String, String> cookies = signedIn("alice");
		String callback = this.visit.agree(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
		assertThat(this.visit.browser().get(callback).location()).isEqualTo("/account/qq");
		sessionIsAsItWas(cookies, "alice");
		assertThat(application.bindings()).isEmpty();

		Browser.Page question = this.visit.browser().get("account/qq");
		assertThat(question.status()).isEqualTo(200);
		assertThat(question.body()).contains("Link QQ 小明 to your account alice?", "name=\"password\"", "Not now");
		Browser.Page without = this.visit.browser().submit(question, "account/qq", Map.of());
		assertThat(without.status()).isEqualTo(403);
		assertThat(without.body()).contains("Enter your password to confirm it is you.");
		Browser.Page refused = this.visit.browser().submit(question, "account/qq", Map.of("password", "wrong"));
		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.body()).contains("The password is not correct.");
		assertThat(application.bindings()).isEmpty();
		Browser.Page bound = this.visit.browser().submit(question, "account/qq", Map.of("password", "alice-password"));
		assertThat(bound.status()).isEqualTo(302);
		assertThat(bound.location()).isEqualTo("/orders/3");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
		sessionIsAsItWas(cookies, "alice");
		assertThat(this.visit.browser().get("account/qq").body()).contains("小明", "Linked on ", "last used today");
	}

	@Test
	void callbackWhenQqOfAnotherAccountThenConflictAndSessionStays() {
		bound(QqPerson.XIAO_MING, "bob");
		Map<String, String> cookies = signedIn("alice");
		assertThat(this.visit.comeBack(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		Browser.Page error = this.visit.browser().get("login/qq/error");
		assertThat(error.status()).isEqualTo(409);
		assertThat(error.body()).contains("This QQ is linked to another account.");
		sessionIsAsItWas(cookies, "alice");
	}

	@Test
	void callbackWhenQqFailsThenErrorPageAndSessionStays() {
		Map<String, String> cookies = signedIn("alice");
		qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
		assertThat(this.visit.comeBack(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("login/qq/error").status()).isEqualTo(503);
		sessionIsAsItWas(cookies, "alice");
	}

	@Test
	void callbackWhenQqFailsAndVisitorIsRememberedThenCookieStays() {
		Browser.Page login = this.visit.browser().get("login");
		this.visit.browser()
			.submit(login, "login", Map.of("username", "alice", "password", "alice-password", "remember-me", "true"));
		Map<String, String> cookies = this.visit.browser().cookies();
		assertThat(cookies).containsKey("remember-me");
		qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
		assertThat(this.visit.comeBack(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		sessionIsAsItWas(cookies, "alice");
	}

	@Test
	void questionWhenDismissedThenNothingIsWrittenAndNothingWaits() {
		signedIn("alice");
		this.visit.comeBack(QqPerson.XIAO_MING);
		Browser.Page question = this.visit.browser().get("account/qq");
		assertThat(this.visit.browser().submit(question, "account/qq", Map.of("dismiss", "true")).location())
			.isEqualTo("/");
		assertThat(application.bindings()).isEmpty();
		assertThat(this.visit.browser().get("account/qq").body()).contains("No QQ linked");
	}

	@Test
	void questionWhenConfirmedWithoutTokenOrWithAnotherBindingThenRefused() {
		signedIn("alice");
		this.visit.comeBack(QqPerson.XIAO_MING);
		Browser.Page question = this.visit.browser().get("account/qq");
		String binding = question.hiddenFields().getOrDefault("binding", "");
		assertThat(this.visit.browser()
			.post("account/qq", Map.of("binding", binding, "password", "alice-password"))
			.status()).isEqualTo(403);
		assertThat(this.visit.browser()
			.submit(question, "account/qq", Map.of("binding", "other", "password", "alice-password"))
			.status()).isEqualTo(409);
		assertThat(application.bindings()).isEmpty();
	}

	@Test
	void questionWhenAccountHasAnotherQqThenConflict() {
		bound(QqPerson.PANDA, "alice");
		signedIn("alice");
		this.visit.comeBack(QqPerson.XIAO_MING);
		Browser.Page question = this.visit.browser().get("account/qq");
		Browser.Page answer = this.visit.browser().submit(question, "account/qq", Map.of("password", "alice-password"));
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.body()).contains("This account already has a QQ. Unlink it first.");
	}

	@Test
	void accountPageWhenAskedInAnotherWayThenSaysWhichItKnows() {
		signedIn("alice");
		Browser.Page answer = this.visit.browser().send("OPTIONS", "account/qq");
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, POST");
	}

	@Test
	void accountPageWhenNobodyIsSignedInThenLogin() {
		assertThat(this.visit.browser().get("account/qq").location()).isEqualTo("/login");
	}

	@Test
	void waitingQqWhenLoggedInBySitesOwnFormThenMayBeConfirmedWithoutThePassword() {
		this.visit.comeBack(QqPerson.XIAO_MING);
		this.visit.login("alice", "alice-password");
		Browser.Page question = this.visit.browser().get("account/qq");
		assertThat(question.body()).contains("to your account alice?").doesNotContain("name=\"password\"");
		assertThat(this.visit.browser().submit(question, "account/qq", Map.of()).location()).isEqualTo("/");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

}
