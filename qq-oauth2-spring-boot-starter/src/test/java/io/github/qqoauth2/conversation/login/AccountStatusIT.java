package io.github.qqoauth2.conversation.login;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

class AccountStatusIT extends AbstractConversation {

	private static void insertBinding(String account) {
		application.jdbc()
			.sql("insert into qq_account_binding (app_id, openid, account, registered, created_at, last_login_at) "
					+ "values (?, ?, ?, false, current_timestamp, current_timestamp)")
			.params(QqSimulator.APP_ID, OPENID, account)
			.update();
	}

	@ParameterizedTest
	@CsvSource({ "locked, AuthenticationFailureLockedEvent", "disabled, AuthenticationFailureDisabledEvent",
			"expired, AuthenticationFailureExpiredEvent", "stale, AuthenticationFailureCredentialsExpiredEvent" })
	@Tag("T-33")
	void qqLoginWhenAccountIsNotActiveThenFailsLikePasswordLogin(String account, String event) {
		insertBinding(account);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		Browser.Page error = this.visit.browser().get("login/qq/error");
		assertThat(error.status()).isEqualTo(200);
		assertThat(error.body()).contains("This account cannot sign in at the moment.", "Back to sign-in");
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
		assertThat(application.bean(Site.Events.class).names()).isEqualTo(List.of(event));
	}

	@Test
	void qqLoginWhenAccountIsDeletedThenBindingRequired() {
		insertBinding("deleted-long-ago");
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
		assertThat(this.visit.bind("alice", "alice-password").status()).isEqualTo(302);
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	@Tag("T-25")
	void qqLoginWhenNicknameEqualsUsernameThenBindingRequired() {
		QqPerson namesake = new QqPerson("namesake", "alice", "女", null);
		qq.addPerson(namesake);
		assertThat(this.visit.qqLogin(namesake).location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
	}

}
