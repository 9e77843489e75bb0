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
 * The binding table cannot be read or written. QQ login fails, other logins work.
 */
class TableUnavailableIT extends AbstractConversation {

	private boolean unavailable;

	private void renameTable() {
		application.jdbc().sql("alter table qq_account_binding rename to unavailable").update();
		this.unavailable = true;
	}

	@AfterEach
	void restoreTable() {
		if (this.unavailable) {
			application.jdbc().sql("alter table unavailable rename to qq_account_binding").update();
			this.unavailable = false;
		}
	}

	@Test
	void callbackWhenTableIsUnavailableThenFailsAndPasswordLoginWorks() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		renameTable();
		assertThat(this.visit.browser().get(callback).location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("login/qq/error").status()).isEqualTo(503);
		assertThat(this.visit.browser().get("login/qq/bind").status()).isEqualTo(410);
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
		this.visit.login("alice", "alice-password");
		assertThat(this.visit.browser().get("").body()).startsWith("alice ");
	}

	@Test
	void bindWhenTableIsUnavailableThenNotSavedAndNotLoggedIn() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		renameTable();
		Browser.Page answer = this.visit.bind("alice", "alice-password");
		assertThat(answer.status()).isEqualTo(503);
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
		restoreTable();
		assertThat(application.bindings()).isEmpty();
		assertThat(this.visit.bind("alice", "alice-password").location()).startsWith("/");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	void confirmationWhenTableIsUnavailableThenNotSavedAndStillSignedIn() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.login("alice", "alice-password");
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		renameTable();
		assertThat(this.visit.browser().submit(confirmation, "account/qq", Map.of()).status()).isEqualTo(503);
		assertThat(this.visit.browser().get("").body()).startsWith("alice ");
		restoreTable();
		assertThat(application.bindings()).isEmpty();
	}

}
