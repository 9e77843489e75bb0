package io.github.qqoauth2.conversation.login;

import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

class RememberMeIT extends AbstractConversation {

	private static final String COOKIE = "remember-me";

	@Test
	void qqLoginWhenRequestedAtStartThenRemembered() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?remember-me=true");
		this.visit.browser().get(callback);
		assertThat(this.visit.browser().cookie(COOKIE)).isNotNull();
		this.visit.browser().removeCookie("JSESSIONID");
		assertThat(this.visit.browser().get("").body()).startsWith("alice RememberMeAuthenticationToken");
	}

	@Test
	void qqLoginWhenNotRequestedAtStartThenNotRemembered() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		this.visit.browser().get(callback + "&remember-me=true");
		assertThat(this.visit.browser().get("").body()).startsWith("alice");
		assertThat(this.visit.browser().cookie(COOKIE)).isNull();
	}

	@Test
	void bindWhenCheckedThenRemembered() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = this.visit.browser().get("login/qq/bind");
		this.visit.browser()
			.submit(page, "login/qq/bind", Map.of("username", "alice", "password", "alice-password", COOKIE, "true"));
		assertThat(this.visit.browser().cookie(COOKIE)).isNotNull();
	}

	@Test
	void firstLoginWhenRememberedThenKeepsCookieAndConfirmationRequiresPassword() {
		Browser.Page login = this.visit.browser().get("login");
		this.visit.browser()
			.submit(login, "login", Map.of("username", "alice", "password", "alice-password", COOKIE, "true"));
		String cookie = this.visit.browser().cookie(COOKIE);
		assertThat(cookie).isNotNull();
		this.visit.browser().removeCookie("JSESSIONID");
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.browser().cookie(COOKIE)).isEqualTo(cookie);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).contains("to your account alice?", "name=\"password\"");
		assertThat(this.visit.browser().submit(confirmation, "account/qq", Map.of()).status()).isEqualTo(403);
		assertThat(application.bindings()).isEmpty();
	}

}
