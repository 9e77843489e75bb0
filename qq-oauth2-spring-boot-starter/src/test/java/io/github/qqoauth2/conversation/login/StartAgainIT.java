package io.github.qqoauth2.conversation.login;

import java.util.Map;

import jakarta.servlet.http.HttpSession;
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
 * The error page's login button keeps the {@code next} of the failed login.
 */
class StartAgainIT extends AbstractConversation {

	private static final String WITH_NEXT = Visit.START + "?next=/orders/3";

	private static final String BUTTON = "<a class=\"button\" href=\"/oauth2/authorization/qq?next=%2Forders%2F3\">";

	private static final String BARE_BUTTON = "<a class=\"button\" href=\"/oauth2/authorization/qq\">";

	private static final String PENDING = "SPRING_SECURITY_QQ_PENDING";

	private Browser.Page lastError() {
		return this.visit.browser().get("login/qq/error");
	}

	private void givenPendingBinding() {
		assertThat(this.visit.browser().get(this.visit.approve(QqPerson.XIAO_MING, WITH_NEXT)).location())
			.isEqualTo("/login/qq/bind");
	}

	/**
	 * Follows the page's button and logs in with a bound QQ identity.
	 */
	private void assertButtonKeepsNext(Browser.Page error) {
		assertThat(error.body()).contains(BUTTON);
		givenBinding(QqPerson.PANDA, "bob");
		String start = error.body().replaceFirst("(?s).*class=\"button\" href=\"/([^\"]*)\".*", "$1");
		assertThat(this.visit.browser().get(this.visit.approve(QqPerson.PANDA, start)).location())
			.isEqualTo("/orders/3?continue");
	}

	@Test
	void errorWhenCancelledRepeatedlyThenKeepsNext() {
		String start = WITH_NEXT;
		for (int i = 0; i < 3; i++) {
			String state = this.visit.authorize(start)
				.getRawQuery()
				.replaceFirst(".*&state=", "")
				.replaceFirst("&.*", "");
			this.visit.browser().get("login/oauth2/code/qq?usercancel=1&state=" + state);
			start = lastError().body().replaceFirst("(?s).*class=\"button\" href=\"/([^\"]*)\".*", "$1");
		}
		assertButtonKeepsNext(lastError());
	}

	@Test
	void errorWhenQqFailsThenKeepsNext() {
		qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
		this.visit.browser().get(this.visit.approve(QqPerson.XIAO_MING, WITH_NEXT));
		assertButtonKeepsNext(lastError());
	}

	@Test
	void errorWhenStartedWithoutNextThenNoNext() {
		qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
		this.visit.browser().get(this.visit.approve(QqPerson.XIAO_MING, Visit.START));
		assertThat(lastError().body()).contains(BARE_BUTTON);
	}

	@Test
	void errorWhenTooManyAttemptsThenKeepsNext() {
		givenPendingBinding();
		for (int i = 0; i < 5; i++) {
			this.visit.bind("alice", "wrong");
		}
		Browser.Page error = lastError();
		assertThat(error.body()).contains("Too many attempts.");
		assertButtonKeepsNext(error);
	}

	@Test
	void confirmationWhenTooManyAttemptsThenKeepsNext() {
		this.visit.login("alice", "alice-password");
		application.ageLogins();
		this.visit.browser().get(this.visit.approve(QqPerson.XIAO_MING, WITH_NEXT));
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		for (int i = 1; i < 5; i++) {
			this.visit.browser().submit(confirmation, "account/qq", Map.of("password", "wrong"));
		}
		assertThat(this.visit.browser().submit(confirmation, "account/qq", Map.of("password", "wrong")).body())
			.contains("Too many attempts.", BUTTON);
	}

	@Test
	void errorWhenFormIsStaleOrForbiddenThenKeepsNext() {
		givenPendingBinding();
		Browser.Page page = this.visit.browser().get("login/qq/bind");
		assertThat(this.visit.browser().submit(page, "login/qq/bind", Map.of("binding", "other")).body())
			.contains(BUTTON);
		Browser.Page refused = this.visit.browser().post("login/qq/bind", Map.of("username", "alice"));
		assertThat(refused.status()).isEqualTo(403);
		assertButtonKeepsNext(refused);
	}

	@Test
	void errorWhenPendingBindingExpiredThenKeepsNext() {
		givenPendingBinding();
		HttpSession session = session();
		String stored = String.valueOf(session.getAttribute(PENDING));
		session.setAttribute(PENDING,
				stored.replaceFirst("\"expiresAt\":\"[^\"]*\"", "\"expiresAt\":\"2026-01-01T00:00:00Z\""));
		Browser.Page error = this.visit.browser().get("login/qq/bind");
		assertThat(error.status()).isEqualTo(410);
		assertButtonKeepsNext(error);
	}

	@ParameterizedTest
	@ValueSource(strings = { "//e.test", "/\\\\e.test", "https://e.test/" })
	@Tag("T-38")
	void errorWhenStoredNextIsExternalThenDropped(String next) {
		givenPendingBinding();
		HttpSession session = session();
		session.setAttribute("io.github.qqoauth2.loginError", "2|CANCELLED|ab12||" + next);
		assertThat(lastError().body()).contains(BARE_BUTTON).doesNotContain("e.test");
		String stored = String.valueOf(session.getAttribute(PENDING));
		session.setAttribute(PENDING, stored.replaceFirst("\"target\":\"[^\"]*\"", "\"target\":\"" + next + "\""));
		assertThat(this.visit.browser().post("login/qq/bind", Map.of()).body()).contains(BARE_BUTTON)
			.doesNotContain("e.test");
	}

	@Test
	@Tag("T-38")
	void errorWhenRequestHasNextThenIgnored() {
		assertThat(this.visit.browser().get("login/qq/error?next=/orders/9").body()).contains(BARE_BUTTON);
		assertThat(this.visit.browser().get("login/oauth2/code/qq?code=C&state=S&next=/orders/9").location())
			.isEqualTo("/login/qq/error");
		assertThat(lastError().body()).contains(BARE_BUTTON);
		assertThat(this.visit.browser().post("login/qq/bind", Map.of("next", "/orders/9")).body())
			.contains(BARE_BUTTON);
	}

	private HttpSession session() {
		return application.bean(Site.Sessions.class)
			.ofCookie(String.valueOf(this.visit.browser().cookie("JSESSIONID")));
	}

}
