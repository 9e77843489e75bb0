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
 * URLs of a login requested again: reload, back button, double click.
 */
class ReloadIT extends AbstractConversation {

	private static final String EXPIRED = "no longer valid";

	private final Browser browser = this.visit.browser();

	/**
	 * Requests the callback, and then again. The repeated request redirects to the same
	 * page and changes nothing.
	 */
	private void assertRedirectsTwice(String location, String callback) {
		Browser.Page first = this.browser.get(callback);
		assertThat(first.status()).isEqualTo(302);
		assertThat(first.location()).isEqualTo(location);
		assertRepeatedRedirects(location, callback);
	}

	private void assertRepeatedRedirects(String location, String callback) {
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

	private void assertRefused(Browser other, String callback) {
		assertThat(other.get(callback).location()).isEqualTo("/login/qq/error");
		assertThat(other.get("").location()).isEqualTo("/login");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

	/**
	 * Bind and error page redirect a signed-in user, so they are not targets themselves.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "/login/qq/error", "/login/qq/bind" })
	void errorAndBindPageWhenNextOfLoginThenRedirectToStartPage(String next) {
		givenBinding(QqPerson.XIAO_MING, "alice");
		this.visit.browser().get(this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?next=" + next));
		assertThat(this.visit.browser().get("").body()).startsWith("alice ");
		assertThat(this.visit.browser().get("login/qq/error").location()).isEqualTo("/");
		assertThat(this.visit.browser().get("login/qq/bind").location()).isEqualTo("/");
	}

	@Test
	void errorPageWhenLoggedInAfterFailureThenRedirects() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		this.visit.browser().get(Visit.START);
		this.visit.browser().get("login/oauth2/code/qq?error=access_denied&state=unknown");
		assertThat(this.visit.browser().get("login/qq/error").status()).isEqualTo(200);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(this.visit.browser().get("login/qq/error").location()).isEqualTo("/");
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedAfterLoginThenRedirectsToSameTarget() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		assertRedirectsTwice("/orders/3?continue",
				this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3"));
		assertThat(this.browser.get("").body()).startsWith("alice ");
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedAfterLoginWithSavedRequestThenRedirectsToIt() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		this.browser.get("orders/7");
		assertRedirectsTwice("/orders/7?continue", this.visit.approve(QqPerson.XIAO_MING, Visit.START));
		assertThat(this.browser.get("orders/7?continue").body()).startsWith("alice ");
		assertRedirectsTwice("/", this.visit.approve(QqPerson.XIAO_MING, Visit.START));
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedAndUnboundThenBindPageAndAfterBindingItsTarget() {
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
		assertRedirectsTwice("/login/qq/bind", callback);
		assertThat(this.browser.get("login/qq/bind").body()).contains("小明");
		String target = String.valueOf(this.visit.bind("alice", "alice-password").location());
		assertThat(target).startsWith("/orders/3");
		assertRepeatedRedirects(target, callback);
		assertRepeatedRedirects(target, "login/qq/bind");
		assertThat(this.browser.get("").body()).startsWith("alice ");
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedBeforeAndAfterConfirmationThenAccountPage() {
		this.visit.login("alice", "alice-password");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
		assertRedirectsTwice("/account/qq", callback);
		Browser.Page confirmation = this.browser.get("account/qq");
		this.browser.submit(confirmation, "account/qq", Map.of("password", "alice-password"));
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
		assertRepeatedRedirects("/account/qq", callback);
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedForCurrentAccountThenRedirectsToTarget() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		this.visit.login("alice", "alice-password");
		assertRedirectsTwice("/orders/3", this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3"));
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedAfterFailureThenSameMessage() {
		qq.enqueue(QqEndpoint.TOKEN, QqReply.error(100010, "x"));
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		assertThat(this.browser.get(callback).location()).isEqualTo("/login/qq/error");
		Browser.Page error = this.browser.get("login/qq/error");
		assertThat(error.body()).contains("(QQ error 100010)").doesNotContain(EXPIRED);
		assertRepeatedRedirects("/login/qq/error", callback);
		Browser.Page again = this.browser.get("login/qq/error");
		assertThat(again.status()).isEqualTo(error.status());
		assertThat(again.body()).isEqualTo(error.body());
	}

	@Test
	@Tag("T-57")
	void callbackWhenRepeatedForOtherAccountThenSameMessage() {
		givenBinding(QqPerson.XIAO_MING, "bob");
		this.visit.login("alice", "alice-password");
		assertRedirectsTwice("/login/qq/error", this.visit.approve(QqPerson.XIAO_MING, Visit.START));
		assertThat(this.browser.get("login/qq/error").body()).contains("This QQ is linked to another account.");
	}

	@Test
	@Tag("T-03")
	void callbackWhenRepeatedInAnotherBrowserThenRefused() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		this.browser.get(callback);
		assertRefused(application.browser(), callback);
		Visit other = new Visit(application, qq);
		other.authorize(Visit.START);
		assertRefused(other.browser(), callback);
		assertThat(other.browser().get("login/qq/error").body()).contains(EXPIRED);
	}

	@Test
	@Tag("T-03")
	void callbackWhenRepeatedAfterLogoutThenRefused() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		this.browser.get(callback);
		assertThat(this.visit.logout().location()).isEqualTo("/login?logout");
		assertRefused(this.browser, callback);
		this.visit.login("bob", "bob-password");
		assertThat(this.browser.get(callback).location()).isEqualTo("/login/qq/error");
		assertThat(this.browser.get("").body()).startsWith("bob ");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

	@Test
	void bindPageWhenBoundByConfirmationThenRedirectsToItsTarget() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.login("alice", "alice-password");
		Browser.Page confirmation = this.browser.get("account/qq");
		assertThat(this.browser.submit(confirmation, "account/qq", Map.of()).location()).isEqualTo("/");
		assertRepeatedRedirects("/", "login/qq/bind");
	}

	@Test
	void bindPageWhenNoPendingBindingAndNotSignedInThenGone() {
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
		givenBinding(QqPerson.PANDA, "bob");
		Visit byQq = new Visit(application, qq);
		byQq.browser().get(byQq.approve(QqPerson.PANDA, Visit.START + "?next=/orders/3"));
		assertThat(byQq.browser().get("login/qq/error").location()).isEqualTo("/orders/3?continue");
	}

	/**
	 * The second click arrives during the call to QQ for the first one, finds the state
	 * consumed, and the browser shows its response.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T-03")
	void doubleClickWhenSecondFailsThenErrorPageRedirects(boolean bound) throws Exception {
		if (bound) {
			givenBinding(QqPerson.XIAO_MING, "alice");
		}
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
		Browser winner = application.browser();
		winner.cookie("JSESSIONID", String.valueOf(this.browser.cookie("JSESSIONID")));
		qq.enqueue(QqEndpoint.TOKEN, QqReply.normal().delayed(Duration.ofSeconds(2)));
		CompletableFuture<Browser.Page> login = CompletableFuture.supplyAsync(() -> winner.get(callback));
		while (qq.requests(QqEndpoint.TOKEN).isEmpty() && !login.isDone()) {
			Thread.sleep(10);
		}
		assertThat(this.browser.get(callback).location()).isEqualTo("/login/qq/error");
		String expected = bound ? "/orders/3?continue" : "/login/qq/bind";
		assertThat(login.get().location()).isEqualTo(expected);
		this.browser.cookie("JSESSIONID", String.valueOf(winner.cookie("JSESSIONID")));
		assertThat(this.browser.get("login/qq/error").location()).isEqualTo(expected);
		assertThat(this.browser.get("login/qq/error").location()).isEqualTo(expected);
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

}
