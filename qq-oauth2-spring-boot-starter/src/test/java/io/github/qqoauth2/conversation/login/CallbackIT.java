package io.github.qqoauth2.conversation.login;

import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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
 * Callbacks that do not log in.
 */
class CallbackIT extends AbstractConversation {

	private static final String CALLBACK = "login/oauth2/code/qq";

	private String state() {
		String query = this.visit.authorize(Visit.START).getRawQuery();
		return query.replaceFirst(".*&state=", "").replaceFirst("&.*", "");
	}

	private void assertRefusedWithoutCallingQq(String query, String message) {
		Browser.Page callback = this.visit.browser().get(CALLBACK + query);
		assertThat(callback.status()).isEqualTo(302);
		assertThat(callback.location()).isEqualTo("/login/qq/error");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		assertThat(application.bindings()).isEmpty();
		Browser.Page error = this.visit.browser().get("login/qq/error");
		assertThat(error.status()).isEqualTo(200);
		assertThat(error.body()).contains(message);
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
	}

	@Test
	void callbackWhenCancelledThenShowsCancelled() {
		assertRefusedWithoutCallingQq("?error=access_denied&state=" + state(), "You cancelled the QQ sign-in.");
	}

	@Test
	void callbackWhenCancelledOnPhoneThenStateIsConsumed() {
		String state = state();
		assertRefusedWithoutCallingQq("?usercancel=1&state=" + state, "You cancelled the QQ sign-in.");
		assertRefusedWithoutCallingQq("?code=0123456789ABCDEF0123456789ABCDEF&state=" + state,
				"You cancelled the QQ sign-in.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "?code=C&code=D&state=STATE", "?state=STATE", "?code=&state=STATE",
			"?code=C&state=STATE&error=access_denied", "?code=C&state=STATE&usercancel=2",
			"?error=<script>&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E&state=STATE" })
	@Tag("T-02")
	void callbackWhenParametersAreInvalidThenRefusedAndStateIsConsumed(String query) {
		String state = state();
		String sent = query.replace("<", "%3C").replace(">", "%3E").replace("STATE", state);
		assertRefusedWithoutCallingQq(sent, "You cancelled the QQ sign-in.");
		assertRefusedWithoutCallingQq("?code=0123456789ABCDEF0123456789ABCDEF&state=" + state,
				"You cancelled the QQ sign-in.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "&error=", "&usercancel=0", "&usercancel=", "&error=&error_description=&usercancel=0" })
	void callbackWhenErrorIsEmptyThenLogsIn(String parameters) {
		givenBinding(QqPerson.XIAO_MING, "alice");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		assertThat(this.visit.browser().get(callback + parameters).location()).isEqualTo("/");
		assertThat(this.visit.browser().get("").body()).startsWith("alice ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?code=C", "?code=C&state=", "?code=C&state=STATE&state=STATE",
			"?code=C&state=STATE&state=other", "?code=C&state[]=STATE", "?code=C&state=UPPER", "?code=C&state=STATE%20",
			"?code=C&state=%20STATE", "?code=C&state=LONG", "?code=C&state=STATE=", "?code=C&state=null" })
	@Tag("T-02")
	void callbackWhenStateDiffersFromStoredThenRefused(String query) {
		String state = state();
		assertRefusedWithoutCallingQq(query.replace("[]", "%5B%5D")
			.replace("STATE", state)
			.replace("UPPER", state.toUpperCase(java.util.Locale.ROOT))
			.replace("LONG", "x".repeat(7000)), "This sign-in is no longer valid.");
	}

	@ParameterizedTest
	@EnumSource(SessionEnd.class)
	@Tag("T-02")
	void callbackWhenSessionHasEndedThenRefused(SessionEnd sessionEnd) throws Exception {
		givenBinding(QqPerson.XIAO_MING, "alice");
		Map<String, String> rows = application.bindings();
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		String cookie = this.visit.browser().cookie("JSESSIONID");
		sessionEnd.end(application.bean(Site.Sessions.class).ofCookie(String.valueOf(cookie)));
		Browser.Page answer = this.visit.browser().get(callback);
		assertThat(answer.location()).isEqualTo("/login/qq/error");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		assertThat(application.bindings()).isEqualTo(rows);
		assertThat(this.visit.browser().get("login/qq/error").body()).contains("This sign-in is no longer valid.");
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).startsWith("/");
		assertThat(this.visit.browser().get("").body()).startsWith("alice ");
	}

	@Test
	@Tag("T-01")
	void callbackWhenFromAnotherBrowserThenRefusedWithoutPendingBinding() {
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		Visit victim = new Visit(application, qq);
		victim.browser().get("orders");
		Browser.Page answer = victim.browser().get(callback);
		assertThat(answer.location()).isEqualTo("/login/qq/error");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		assertThat(victim.browser().get("login/qq/bind").status()).isEqualTo(410);
		assertThat(application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-01")
	void callbackWhenFromAnotherBrowserAndSignedInThenSessionIsUnchanged() {
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		Visit victim = new Visit(application, qq);
		Browser.Page login = victim.browser().get("login");
		victim.browser()
			.submit(login, "login", Map.of("username", "alice", "password", "alice-password", "remember-me", "true"));
		Map<String, String> cookies = victim.browser().cookies();
		assertThat(cookies).containsKeys("JSESSIONID", "remember-me");
		assertThat(victim.browser().get(callback).location()).isEqualTo("/login/qq/error");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		assertThat(victim.browser().cookies()).isEqualTo(cookies);
		assertThat(victim.browser().get("").body()).startsWith("alice Username");
		assertThat(application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-03")
	void callbackWhenRepeatedInAnotherBrowserThenRefused() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		assertThat(this.visit.browser().get(callback).location()).isEqualTo("/");
		Visit thief = new Visit(application, qq);
		assertThat(thief.browser().get(callback).location()).isEqualTo("/login/qq/error");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

	@Test
	@Tag("T-17")
	void callbackWhenCodeIsReusedThenExpired() {
		String first = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		this.visit.browser().get(first);
		String code = first.replaceFirst(".*code=", "").replaceFirst("&.*", "");
		Browser.Page callback = this.visit.browser().get(CALLBACK + "?code=" + code + "&state=" + state());
		assertThat(callback.location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("login/qq/error").body()).contains("This sign-in is no longer valid.");
	}

	@ParameterizedTest
	@CsvSource({ "100019, 200, This sign-in is no longer valid.", "100020, 200, This sign-in is no longer valid.",
			"100009, 503, (QQ error 100009)", "100010, 503, (QQ error 100010)", "1001, 503, QQ is not answering.",
			"424242, 503, QQ is not answering." })
	void callbackWhenQqReturnsErrorThenStatusAndMessageFollowItsKind(int number, int status, String message) {
		qq.enqueue(QqEndpoint.TOKEN, QqReply.error(number, "text of QQ"));
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		Browser.Page error = this.visit.browser().get("login/qq/error");
		assertThat(error.status()).isEqualTo(status);
		assertThat(error.body()).contains(message).doesNotContain("text of QQ");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
		assertThat(this.visit.browser().get("login/qq/bind").status()).isEqualTo(410);
	}

	@Test
	void callbackWhenProfileFailsThenLoginContinues() {
		qq.enqueue(QqEndpoint.USER_INFO, QqReply.status(500));
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
		Browser.Page page = this.visit.browser().get("login/qq/bind");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.body()).contains("<h1>Hello!</h1>");
		assertThat(this.visit.bind("alice", "alice-password").location()).isEqualTo("/");
	}

	@Test
	void callbackWhenBindingRequiredThenNoFailureEvent() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(application.bean(Site.Events.class).names()).isEmpty();
		this.visit.bind("alice", "alice-password");
		assertThat(application.bean(Site.Events.class).names()).isEqualTo(List.of("AuthenticationSuccessEvent",
				"SessionFixationProtectionEvent", "InteractiveAuthenticationSuccessEvent"));
	}

	/**
	 * How a session ends between start and callback.
	 */
	enum SessionEnd {

		INVALIDATED {
			@Override
			void end(HttpSession session) {
				session.invalidate();
			}
		},

		TIMED_OUT {
			@Override
			void end(HttpSession session) throws InterruptedException {
				session.setMaxInactiveInterval(1);
				Thread.sleep(2100);
			}
		};

		abstract void end(HttpSession session) throws InterruptedException;

	}

}
