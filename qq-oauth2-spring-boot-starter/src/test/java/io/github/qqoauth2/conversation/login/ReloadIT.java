package io.github.qqoauth2.conversation.login;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Addresses of a login that are visited again: a reload, the way back, a double click.
 */
class ReloadIT extends AbstractConversation {

	private static final String GONE = "no longer valid";

	private final Browser browser = this.visit.browser();

	/**
	 * Visits the callback, and again: nothing happens but that the visitor is led to the
	 * same page.
	 */
	private void leadsTwiceTo(String location, String callback) {
		Browser.Page first = this.browser.get(callback);
		assertThat(first.status()).isEqualTo(302);
		assertThat(first.location()).isEqualTo(location);
		repeatedLeadsTo(location, callback);
	}

	private void repeatedLeadsTo(String location, String callback) {
		Map<String, String> cookies = this.browser.cookies();
		Map<String, String> rows = application.bindings();
		int calls = qq.requests().size();
		application.bean(Site.Events.class).clear();
		for (int i = 0; i < 2; i++) {
			Browser.Page again = this.browser.get(callback);
			assertThat(again.status()).isEqualTo(302);
			assertThat(again.location()).isEqualTo(location);
		}
		assertThat(qq.requests()).hasSize(calls);
		assertThat(application.bean(Site.Events.class).names()).isEmpty();
		assertThat(this.browser.cookies()).isEqualTo(cookies);
		assertThat(application.bindings()).isEqualTo(rows);
	}

	private void refused(Browser other, String callback) {
		assertThat(other.get(callback).location()).isEqualTo("/login/qq/error");
		assertThat(other.get("").location()).isEqualTo("/login");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

	/**
	 * Pages that lead a signed-in user on are no place to lead on to.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/login/qq/error", "/login/qq/bind" })
	void errorAndBindPageWhenTheLoginLedThereThenLeadToTheStartPage(String next) {
		bound(QqPerson.XIAO_MING, "alice");
		this.visit.browser().get(this.visit.agree(QqPerson.XIAO_MING, Visit.START + "?next=" + next));
		assertThat(this.visit.browser().get("").body()).startsWith("alice ");
		assertThat(this.visit.browser().get("login/qq/error").location()).isEqualTo("/");
		assertThat(this.visit.browser().get("login/qq/bind").location()).isEqualTo("/");
	}

	@Test
	void errorPageWhenLoggedInAfterAFailureThenTellsOfNone() {
		bound(QqPerson.XIAO_MING, "alice");
		this.visit.browser().get(Visit.START);
		this.visit.browser().get("login/oauth2/code/qq?error=access_denied&state=unknown");
		assertThat(this.visit.browser().get("login/qq/error").status()).isEqualTo(200);
		assertThat(this.visit.comeBack(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(this.visit.browser().get("login/qq/error").location()).isEqualTo("/");
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedAfterALoginThenLeadsWhereItLed() {
		bound(QqPerson.XIAO_MING, "alice");
		leadsTwiceTo("/orders/3?continue", this.visit.agree(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3"));
		assertThat(this.browser.get("").body()).startsWith("alice ");
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedAfterALoginForASavedPageThenLeadsThere() {
		bound(QqPerson.XIAO_MING, "alice");
		this.browser.get("orders/7");
		leadsTwiceTo("/orders/7?continue", this.visit.agree(QqPerson.XIAO_MING, Visit.START));
		assertThat(this.browser.get("orders/7?continue").body()).startsWith("alice ");
		leadsTwiceTo("/", this.visit.agree(QqPerson.XIAO_MING, Visit.START));
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedByANewcomerThenBindPageAndAfterTheBindingWhereThatLed() {
		String callback = this.visit.agree(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
		leadsTwiceTo("/login/qq/bind", callback);
		assertThat(this.browser.get("login/qq/bind").body()).contains("小明");
		String bound = String.valueOf(this.visit.bind("alice", "alice-password").location());
		assertThat(bound).startsWith("/orders/3");
		repeatedLeadsTo(bound, callback);
		repeatedLeadsTo(bound, "login/qq/bind");
		assertThat(this.browser.get("").body()).startsWith("alice ");
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedBeforeAndAfterAConfirmationThenAccountPage() {
		this.visit.login("alice", "alice-password");
		String callback = this.visit.agree(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
		leadsTwiceTo("/account/qq", callback);
		Browser.Page question = this.browser.get("account/qq");
		this.browser.submit(question, "account/qq", Map.of("password", "alice-password"));
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
		repeatedLeadsTo("/account/qq", callback);
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedWithTheSameAccountThenTarget() {
		bound(QqPerson.XIAO_MING, "alice");
		this.visit.login("alice", "alice-password");
		leadsTwiceTo("/orders/3", this.visit.agree(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3"));
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedAfterAFailureThenTheSameSentence() {
		qq.enqueue(QqEndpoint.TOKEN, QqReply.error(100010, "x"));
		String callback = this.visit.agree(QqPerson.XIAO_MING, Visit.START);
		assertThat(this.browser.get(callback).location()).isEqualTo("/login/qq/error");
		Browser.Page error = this.browser.get("login/qq/error");
		assertThat(error.body()).contains("(QQ error 100010)").doesNotContain(GONE);
		repeatedLeadsTo("/login/qq/error", callback);
		Browser.Page again = this.browser.get("login/qq/error");
		assertThat(again.status()).isEqualTo(error.status());
		assertThat(again.body()).isEqualTo(error.body());
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedWithTheQqOfAnotherAccountThenTheSameSentence() {
		bound(QqPerson.XIAO_MING, "bob");
		this.visit.login("alice", "alice-password");
		leadsTwiceTo("/login/qq/error", this.visit.agree(QqPerson.XIAO_MING, Visit.START));
		assertThat(this.browser.get("login/qq/error").body()).contains("This QQ is linked to another account.");
	}

	@Test
	@Tag("T-03")
	void callbackWhenRepeatedInAnotherBrowserThenRefused() {
		bound(QqPerson.XIAO_MING, "alice");
		String callback = this.visit.agree(QqPerson.XIAO_MING, Visit.START);
		this.browser.get(callback);
		refused(application.browser(), callback);
		Visit other = new Visit(application, qq);
		other.authorize(Visit.START);
		refused(other.browser(), callback);
		assertThat(other.browser().get("login/qq/error").body()).contains(GONE);
	}

	@Test
	@Tag("T-03")
	void callbackWhenRepeatedAfterLogoutThenRefused() {
		bound(QqPerson.XIAO_MING, "alice");
		String callback = this.visit.agree(QqPerson.XIAO_MING, Visit.START);
		this.browser.get(callback);
		assertThat(this.visit.logout().location()).isEqualTo("/login?logout");
		refused(this.browser, callback);
		this.visit.login("bob", "bob-password");
		assertThat(this.browser.get(callback).location()).isEqualTo("/login/qq/error");
		assertThat(this.browser.get("").body()).startsWith("bob ");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

	@Test
	void bindPageWhenBoundAtTheConfirmationThenLeadsWhereThatLed() {
		this.visit.comeBack(QqPerson.XIAO_MING);
		this.visit.login("alice", "alice-password");
		Browser.Page question = this.browser.get("account/qq");
		assertThat(this.browser.submit(question, "account/qq", Map.of()).location()).isEqualTo("/");
		repeatedLeadsTo("/", "login/qq/bind");
	}

	@Test
	void bindPageWhenNothingWaitsThenGoneForAVisitorWhoIsNotIn() {
		assertThat(this.browser.get("login/qq/bind").status()).isEqualTo(410);
		this.visit.authorize(Visit.START);
		assertThat(this.browser.get("login/qq/bind").status()).isEqualTo(410);
		assertThat(this.browser.send("HEAD", "login/qq/bind").status()).isEqualTo(410);
		assertThat(this.browser.get("login/qq/register").status()).isEqualTo(410);
	}

	@Test
	void errorPageWhenSignedInWithoutErrorThenRedirects() {
		this.visit.login("alice", "alice-password");
		assertThat(this.browser.get("login/qq/error").location()).isEqualTo("/");
		assertThat(application.browser().get("login/qq/error").status()).isEqualTo(200);
		bound(QqPerson.PANDA, "bob");
		Visit byQq = new Visit(application, qq);
		byQq.browser().get(byQq.agree(QqPerson.PANDA, Visit.START + "?next=/orders/3"));
		assertThat(byQq.browser().get("login/qq/error").location()).isEqualTo("/orders/3?continue");
	}

	/**
	 * The second click comes while QQ is asked for the first, finds the state taken, and
	 * its answer is the one that the browser shows.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T-03")
	void doubleClickWhenTheSecondLosesThenTheVisitorReadsOfNoFailure(boolean known) throws Exception {
		if (known) {
			bound(QqPerson.XIAO_MING, "alice");
		}
		String callback = this.visit.agree(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
		Browser winner = application.browser();
		winner.cookie("JSESSIONID", String.valueOf(this.browser.cookie("JSESSIONID")));
		qq.enqueue(QqEndpoint.TOKEN, QqReply.normal().delayed(Duration.ofSeconds(2)));
		CompletableFuture<Browser.Page> login = CompletableFuture.supplyAsync(() -> winner.get(callback));
		while (qq.requests(QqEndpoint.TOKEN).isEmpty() && !login.isDone()) {
			Thread.sleep(10);
		}
		assertThat(this.browser.get(callback).location()).isEqualTo("/login/qq/error");
		String expected = known ? "/orders/3?continue" : "/login/qq/bind";
		assertThat(login.get().location()).isEqualTo(expected);
		this.browser.cookie("JSESSIONID", String.valueOf(winner.cookie("JSESSIONID")));
		assertThat(this.browser.get("login/qq/error").location()).isEqualTo(expected);
		assertThat(this.browser.get("login/qq/error").location()).isEqualTo(expected);
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

}
