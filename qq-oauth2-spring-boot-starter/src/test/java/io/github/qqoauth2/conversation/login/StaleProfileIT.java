package io.github.qqoauth2.conversation.login;

import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The stored profile is older than {@code profile-max-age}.
 */
class StaleProfileIT extends AbstractConversation {

	private void givenStaleProfile() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		application.jdbc()
			.sql("update qq_account_binding set nickname = 'before', profile_at = dateadd(day, -8, profile_at)")
			.update();
	}

	private static String nickname() {
		return application.jdbc().sql("select nickname from qq_account_binding").query(String.class).single();
	}

	@Test
	void loginWhenProfileIsStaleThenFetchedWithOneMoreCall() {
		givenStaleProfile();
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
		assertThat(qq.requests(QqEndpoint.ME)).isEmpty();
		assertThat(qq.requests(QqEndpoint.USER_INFO)).hasSize(1);
		assertThat(nickname()).isEqualTo("小明");
	}

	@Test
	void loginWhenStaleProfileFailsThenLogsInAndKeepsProfile() {
		givenStaleProfile();
		qq.enqueue(QqEndpoint.USER_INFO, QqReply.status(500));
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(nickname()).isEqualTo("before");
	}

	@Test
	void loginWhenProfileWasLostAtBindThenFetchedAtNextLogin() {
		qq.enqueue(QqEndpoint.USER_INFO, QqReply.of(200, "text/html", "{\"ret\":0,\"is_lost\":1,\"nickname\":\"?\"}"));
		givenBinding(QqPerson.XIAO_MING, "alice");
		qq.enqueue(QqEndpoint.USER_INFO, QqReply.of(200, "text/html", "{\"ret\":0,\"is_lost\":\"1\"}"));
		assertThat(new Visit(application, qq).qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(nickname()).isEqualTo("?");
		assertThat(new Visit(application, qq).qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(nickname()).isEqualTo("小明");
		assertThat(new Visit(application, qq).qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(qq.requests(QqEndpoint.USER_INFO)).hasSize(2);
	}

	@Test
	void loginWhenTokenReplyHasNoOpenidThenCallsMe() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		qq.needOpenid(false);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(qq.requests(QqEndpoint.ME)).hasSize(1);
		assertThat(qq.requests(QqEndpoint.USER_INFO)).isEmpty();
	}

}
