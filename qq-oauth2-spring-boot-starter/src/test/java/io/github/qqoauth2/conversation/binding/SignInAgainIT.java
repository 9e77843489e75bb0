package io.github.qqoauth2.conversation.binding;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A login that is too old is ended, and what the user wanted continues after the next
 * one.
 */
@Tag("T-59")
class SignInAgainIT extends AbstractConversation {

	private static final String SIGN_IN = "account/qq/sign-in";

	private static void loginAndRemember(Visit visit, String account) {
		Browser.Page page = visit.browser().get("login");
		visit.browser()
			.submit(page, "login",
					Map.of("username", account, "password", account + "-password", "remember-me", "true"));
		assertThat(visit.browser().cookie("remember-me")).isNotNull();
	}

	@Test
	void signInWhenRememberedThenTheCookieDoesNotSignInByItself() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		loginAndRemember(this.visit, "alice");
		application.ageLogins();
		Browser.Page page = this.visit.browser().get("account/qq");
		assertThat(page.body()).contains("name=\"password\"", "Sign in again");
		assertThat(this.visit.browser().submit(page, SIGN_IN, Map.of("for", "unlink")).location()).isEqualTo("/login");
		assertThat(this.visit.browser().cookie("remember-me")).isNull();
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
		this.visit.browser().get("account/qq");
		this.visit.login("alice", "alice-password");
		Browser.Page again = this.visit.browser().get("account/qq");
		assertThat(again.body()).contains("<details open>").doesNotContain("name=\"password\"");
		this.visit.browser().submit(again, "account/qq/unlink", Map.of());
		assertThat(application.bindings()).isEmpty();
	}

	/**
	 * The cookie of a thief's machine: it signs in, but proves nothing.
	 */
	@Test
	void unlinkWhenOnlyRememberedThenProofRequired() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		loginAndRemember(this.visit, "alice");
		this.visit.browser().removeCookie("JSESSIONID");
		Browser.Page page = this.visit.browser().get("account/qq");
		assertThat(page.body()).contains("name=\"password\"", "Sign in again");
		assertThat(this.visit.browser().submit(page, "account/qq/unlink", Map.of()).status()).isEqualTo(403);
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "DELETE" })
	@Tag("T-06")
	void signInWhenNotPostThenLoginStays(String method) {
		this.visit.login("alice", "alice-password");
		assertThat(this.visit.browser().send(method, SIGN_IN).status()).isIn(403, 405);
		assertThat(this.visit.browser().get("").body()).startsWith("alice ");
	}

	@Test
	@Tag("T-06")
	void signInWhenCsrfTokenIsMissingThenLoginStays() {
		this.visit.login("alice", "alice-password");
		assertThat(this.visit.browser().post(SIGN_IN, Map.of()).status()).isEqualTo(403);
		assertThat(this.visit.browser().get("").body()).startsWith("alice ");
	}

	/**
	 * The page to return to is the account page only as long as the wish is recent.
	 */
	@Test
	void signInWhenTheNextLoginIsMuchLaterThenTheWishIsForgotten() {
		givenBinding(QqPerson.XIAO_MING, "bob");
		this.visit.login("alice", "alice-password");
		this.visit.qqLogin(QqPerson.PANDA);
		this.visit.browser().submit(this.visit.browser().get("account/qq"), SIGN_IN, Map.of("for", "unlink"));
		application.ageLogins();
		this.visit.login("bob", "bob-password");
		assertThat(this.visit.browser().get("account/qq").body()).contains("<details>", "小明")
			.doesNotContain("another account");
	}

	/**
	 * Without Spring Security's logout and servlet API integration the login ends all the
	 * same, and a new session of the next login keeps the question.
	 */
	@Test
	void signInWhenLogoutIsDisabledThenTheLoginEndsAndTheQuestionStays() {
		try (Application bare = Application.with(qq).source(BareSite.class).start()) {
			Visit visitor = new Visit(bare, qq);
			visitor.browser().get("account/qq");
			visitor.login("alice", "alice-password");
			visitor.browser().removeCookie("remember-me");
			loginAndRemember(visitor, "alice");
			bare.ageLogins();
			visitor.qqLogin(QqPerson.XIAO_MING);
			Browser.Page question = visitor.browser().get("account/qq");
			assertThat(question.body()).contains("Sign in again");
			assertThat(visitor.browser().submit(question, SIGN_IN, Map.of()).location()).isEqualTo("/login");
			assertThat(visitor.browser().cookie("remember-me")).isNull();
			assertThat(visitor.browser().get("").location()).isEqualTo("/login");
			visitor.login("alice", "alice-password");
			Browser.Page again = visitor.browser().get("account/qq");
			assertThat(again.body()).contains("Link QQ 小明 to your account alice?").doesNotContain("name=\"password\"");
			visitor.browser().submit(again, "account/qq", Map.of());
			assertThat(bare.bindings()).isEqualTo(Map.of("alice", OPENID));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class BareSite extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			http.rememberMe((rememberMe) -> rememberMe.key("conversation"));
			http.logout((logout) -> logout.disable());
			http.servletApi((servletApi) -> servletApi.disable());
			http.sessionManagement((management) -> management.sessionFixation((fixation) -> fixation.newSession()));
			return http.build();
		}

	}

}
