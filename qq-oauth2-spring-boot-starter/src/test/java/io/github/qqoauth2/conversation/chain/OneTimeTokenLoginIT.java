package io.github.qqoauth2.conversation.chain;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A site without passwords. A pending binding is confirmed after the next login, by a
 * one-time token from a mail.
 */
class OneTimeTokenLoginIT {

	private static final QqSimulator qq = QqSimulator.start();

	private static final AtomicReference<String> mail = new AtomicReference<>("");

	private static final Application application = Application.with(qq)
		.source(MailedTokens.class)
		.property("qq.oauth2.bind-page", "/login")
		.start();

	private final Visit visit = new Visit(application, qq);

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	@BeforeEach
	void reset() {
		application.jdbc().sql("delete from qq_account_binding").update();
		qq.reset();
	}

	/**
	 * Requests a token and opens the link of the mail in this browser.
	 */
	private Browser.Page open(Browser browser, String account) {
		Browser.Page login = this.visit.browser().get("login");
		Browser.Page sent = this.visit.browser().submit(login, "ott/generate", Map.of("username", account));
		assertThat(sent.body()).isEqualTo("sent");
		String token = mail.getAndSet("");
		Browser.Page form = browser.get("login/ott?token=" + token);
		return browser.submit(form, "login/ott", Map.of("token", token));
	}

	@Test
	void confirmationWhenLoggedInByTokenThenBound() {
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login");
		assertThat(open(this.visit.browser(), "alice").location()).startsWith("/account/qq");
		assertThat(application.bindings()).isEmpty();
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).contains("Link QQ 小明 to your account alice?")
			.doesNotContain("name=\"password\"");
		assertThat(this.visit.browser().submit(confirmation, "account/qq", Map.of()).location()).isEqualTo("/");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", QqPerson.XIAO_MING.openid(QqSimulator.APP_ID)));
		Visit again = new Visit(application, qq);
		assertThat(again.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(again.browser().get("").body()).isEqualTo("alice UsernamePasswordAuthenticationToken [ROLE_USER]");
	}

	/**
	 * The mail is opened on another device. The binding is pending in the first browser
	 * only.
	 */
	@Test
	@Tag("T-07")
	void pendingBindingWhenTokenIsOpenedInOtherBrowserThenNotOfferedThere() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser other = application.browser();
		assertThat(open(other, "alice").location()).isEqualTo("/");
		assertThat(other.get("account/qq").body()).contains("No QQ linked").doesNotContain("小明");
		assertThat(this.visit.browser().get("account/qq").status()).isEqualTo(302);
		assertThat(application.bindings()).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	static class MailedTokens extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login(Customizer.withDefaults());
			http.oneTimeTokenLogin((ott) -> ott.tokenGenerationSuccessHandler((request, response, token) -> {
				mail.set(token.getTokenValue());
				response.getWriter().write("sent");
			}));
			return http.build();
		}

	}

}
