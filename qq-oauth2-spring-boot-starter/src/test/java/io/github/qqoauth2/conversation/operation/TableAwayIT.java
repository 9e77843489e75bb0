package io.github.qqoauth2.conversation.operation;

import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The table cannot be read or written: nobody is let in by QQ, and nothing but QQ is hit.
 */
class TableAwayIT extends AbstractConversation {

	private boolean away;

	private void takeAway() {
		application.jdbc().sql("alter table qq_account_binding rename to away").update();
		this.away = true;
	}

	@AfterEach
	void bringBack() {
		if (this.away) {
			application.jdbc().sql("alter table away rename to qq_account_binding").update();
			this.away = false;
		}
	}

	@Test
	void callbackWhenTableIsAwayThenNobodyIsInAndPasswordStillWorks() {
		bound(QqPerson.XIAO_MING, "alice");
		String callback = this.visit.agree(QqPerson.XIAO_MING, Visit.START);
		takeAway();
		assertThat(this.visit.browser().get(callback).location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("login/qq/error").status()).isEqualTo(503);
		assertThat(this.visit.browser().get("login/qq/bind").status()).isEqualTo(410);
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
		this.visit.login("alice", "alice-password");
		assertThat(this.visit.browser().get("").body()).startsWith("alice ");
	}

	@Test
	void bindWhenTableIsAwayThenNotSavedAndNobodyIsIn() {
		this.visit.comeBack(QqPerson.XIAO_MING);
		takeAway();
		Browser.Page answer = this.visit.bind("alice", "alice-password");
		assertThat(answer.status()).isEqualTo(503);
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
		bringBack();
		assertThat(application.bindings()).isEmpty();
		assertThat(this.visit.bind("alice", "alice-password").location()).startsWith("/");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	void confirmationWhenTableIsAwayThenNotSavedAndStillSignedIn() {
		this.visit.comeBack(QqPerson.XIAO_MING);
		this.visit.login("alice", "alice-password");
		Browser.Page question = this.visit.browser().get("account/qq");
		takeAway();
		assertThat(this.visit.browser().submit(question, "account/qq", Map.of()).status()).isEqualTo(503);
		assertThat(this.visit.browser().get("").body()).startsWith("alice ");
		bringBack();
		assertThat(application.bindings()).isEmpty();
	}

}
