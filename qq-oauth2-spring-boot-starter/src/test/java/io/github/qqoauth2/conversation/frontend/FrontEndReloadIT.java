package io.github.qqoauth2.conversation.frontend;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A front end that posts the same callback again.
 */
class FrontEndReloadIT extends AbstractFrontEndVisit {

	FrontEndReloadIT() {
		super(FrontEndIT.site);
	}

	/**
	 * Posts the callback again. This calls neither QQ nor the login, and keeps the
	 * session.
	 */
	private FrontEnd.Answer repeat(Map<String, String> callback) {
		Browser browser = this.frontEnd.browser();
		String session = browser.cookie("JSESSIONID");
		int calls = qq.requests().size();
		this.application.bean(Site.Events.class).clear();
		FrontEnd.Answer answer = this.frontEnd.post(FrontEnd.CALLBACK, callback);
		assertThat(qq.requests()).hasSize(calls);
		assertThat(this.application.bean(Site.Events.class).names()).isEmpty();
		assertThat(browser.cookie("JSESSIONID")).isEqualTo(session);
		return answer;
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedAfterLoginThenAccount() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		Map<String, String> callback = this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START + "?next=/orders");
		FrontEnd.Answer loggedIn = this.frontEnd.post(FrontEnd.CALLBACK, callback);
		assertThat(loggedIn.status()).isEqualTo(200);
		FrontEnd.Answer again = repeat(callback);
		assertThat(again.status()).isEqualTo(200);
		assertThat(again.json()).containsEntry("username", "alice")
			.containsEntry("bound", true)
			.containsEntry("nickname", "小明");
	}

	@Test
	void errorWhenSignedInWithoutErrorThenNoContent() {
		signIn("alice");
		FrontEnd.Answer none = this.frontEnd.get("login/qq/error");
		assertThat(none.status()).isEqualTo(204);
		qq.enqueue(QqEndpoint.TOKEN, QqReply.error(100010, "x"));
		String callback = qq.approve(FrontEnd.authorizationUrl(this.frontEnd.get(FrontEnd.START)), QqPerson.XIAO_MING)
			.getRawQuery();
		this.frontEnd.browser().header("Accept", "text/html");
		this.frontEnd.browser().get(FrontEnd.CALLBACK + "?" + callback);
		assertProblem(this.frontEnd.get("login/qq/error"), 503, "misconfigured");
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedAndUnboundThenSameBindingAndLaterAccount() {
		Map<String, String> callback = this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START);
		FrontEnd.Answer pending = this.frontEnd.post(FrontEnd.CALLBACK, callback);
		assertProblem(pending, 401, "binding-required");
		FrontEnd.Answer again = repeat(callback);
		assertProblem(again, 401, "binding-required");
		assertThat(again.binding()).isEqualTo(pending.binding());
		this.frontEnd.post(FrontEnd.BIND, proof(pending.binding(), "alice"));
		FrontEnd.Answer loggedIn = repeat(callback);
		assertThat(loggedIn.status()).isEqualTo(200);
		assertThat(loggedIn.json()).containsEntry("username", "alice").containsEntry("bound", true);
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedBySignedInUserThenSameConfirmation() {
		signIn("alice");
		Map<String, String> callback = this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START);
		FrontEnd.Answer confirmation = this.frontEnd.post(FrontEnd.CALLBACK, callback);
		FrontEnd.Answer again = repeat(callback);
		assertThat(again.status()).isEqualTo(200);
		assertThat(again.binding()).isEqualTo(confirmation.binding());
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedAfterFailureThenSameProblem() {
		qq.enqueue(QqEndpoint.TOKEN, QqReply.error(100010, "x"));
		Map<String, String> callback = this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START);
		FrontEnd.Answer failed = this.frontEnd.post(FrontEnd.CALLBACK, callback);
		assertProblem(failed, 503, "misconfigured");
		FrontEnd.Answer again = repeat(callback);
		assertProblem(again, 503, "misconfigured");
		assertThat(again.json()).isEqualTo(failed.json());
	}

	@Test
	@Tag("T-03")
	void callbackWhenRepeatedInOtherBrowserThenExpired() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		Map<String, String> callback = this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START);
		this.frontEnd.post(FrontEnd.CALLBACK, callback);
		FrontEnd other = new FrontEnd(this.application, qq);
		other.get(FrontEnd.START);
		assertProblem(other.post(FrontEnd.CALLBACK, callback), 400, "expired");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

}
