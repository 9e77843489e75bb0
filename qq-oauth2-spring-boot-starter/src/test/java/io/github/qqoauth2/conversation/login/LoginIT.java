package io.github.qqoauth2.conversation.login;

import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

class LoginIT extends AbstractConversation {

	@Test
	void startThenRedirectsToQqWithItsParameters() {
		URI authorize = this.visit.authorize(Visit.START);
		String callback = application.url() + "login/oauth2/code/qq";
		assertThat(authorize.toString()).startsWith(qq.url() + "/oauth2.0/authorize?response_type=code&client_id="
				+ QqSimulator.APP_ID + "&redirect_uri=" + callback.replace(":", "%3A").replace("/", "%2F") + "&state=");
		assertThat(authorize.getRawQuery()).endsWith("&scope=get_user_info")
			.doesNotContain("code_challenge", "%3D", "display", "nonce")
			.containsPattern("&state=[A-Za-z0-9_-]{43}&");
	}

	@Test
	void startWhenPhoneThenRequestsMobilePage() {
		this.visit.browser().header("User-Agent", "Mozilla/5.0 (Linux; Android 14) Mobile Safari/537.36");
		assertThat(this.visit.authorize(Visit.START).getRawQuery()).endsWith("&display=mobile");
	}

	@Test
	void firstLoginWhenBoundByPasswordThenRedirectsToSavedPage() {
		assertThat(this.visit.browser().get("orders/7").location()).isEqualTo("/login");
		assertThat(this.visit.browser().get("login").body()).contains("/oauth2/authorization/qq", ">QQ<");
		Browser.Page callback = this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(callback.status()).isEqualTo(302);
		assertThat(callback.location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.browser().get("orders/7").location()).isEqualTo("/login");

		Browser.Page page = this.visit.browser().get("login/qq/bind");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.body()).contains("Hello, 小明!", "https://thirdqq.qlogo.cn/", "name=\"username\"",
				"name=\"password\"", "name=\"binding\"", "name=\"remember-me\"", "Use another");

		String session = this.visit.browser().cookie("JSESSIONID");
		Browser.Page bound = this.visit.bind("alice", "alice-password");
		assertThat(bound.status()).isEqualTo(302);
		assertThat(bound.location()).startsWith("/orders/7");
		assertThat(this.visit.browser().cookie("JSESSIONID")).isNotEqualTo(session);
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
		assertThat(this.visit.browser().get("orders/7").body())
			.isEqualTo("alice UsernamePasswordAuthenticationToken [ROLE_USER]");
	}

	@Test
	void nextLoginWhenBoundThenNeedsOneCallToQq() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.bind("bob", "bob-password");
		qq.clearRequests();

		Visit again = new Visit(application, qq);
		Browser.Page callback = again.qqLogin(QqPerson.XIAO_MING);
		assertThat(callback.status()).isEqualTo(302);
		assertThat(callback.location()).isEqualTo("/");
		assertThat(again.browser().get("").body())
			.isEqualTo("bob UsernamePasswordAuthenticationToken [ROLE_EDITOR, ROLE_USER]");
		assertThat(qq.requests(QqEndpoint.TOKEN)).singleElement().satisfies((token) -> {
			assertThat(token.method()).isEqualTo("GET");
			assertThat(token.parameter("fmt")).isEqualTo("json");
			assertThat(token.parameter("need_openid")).isEqualTo("1");
			assertThat(token.parameter("code_verifier")).isNull();
		});
		assertThat(qq.requests(QqEndpoint.ME)).isEmpty();
		assertThat(qq.requests(QqEndpoint.USER_INFO)).isEmpty();
	}

}
