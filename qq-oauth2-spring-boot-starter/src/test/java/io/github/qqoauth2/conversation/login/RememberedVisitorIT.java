package io.github.qqoauth2.conversation.login;

import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A failed callback does not change the login of a remembered visitor, or of a user
 * signed in by a chain that saves every context.
 */
class RememberedVisitorIT {

	private static final String COOKIE = "remember-me";

	private static final String UNKNOWN_STATE = "login/oauth2/code/qq?code=C&state=unknown";

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application explicit = Application.with(qq).source(Explicit.class).start();

	private static final Application implicit = Application.with(qq).source(Implicit.class).start();

	@AfterAll
	static void stop() {
		explicit.close();
		implicit.close();
		qq.close();
	}

	@BeforeEach
	void reset() {
		for (Application application : List.of(explicit, implicit)) {
			application.jdbc().sql("delete from qq_account_binding").update();
		}
		qq.reset();
	}

	private static Application application(boolean explicitSave) {
		return explicitSave ? explicit : implicit;
	}

	/**
	 * A visitor who has logged in with remember-me and has no session.
	 */
	private static Visit remembered(Application application) {
		Visit visit = new Visit(application, qq);
		Browser.Page login = visit.browser().get("login");
		visit.browser()
			.submit(login, "login", Map.of("username", "alice", "password", "alice-password", COOKIE, "true"));
		assertThat(visit.browser().cookie(COOKIE)).isNotNull();
		visit.browser().removeCookie("JSESSIONID");
		return visit;
	}

	private static void givenBinding(Application application, QqPerson person, String account) {
		Visit other = new Visit(application, qq);
		other.qqLogin(person);
		other.bind(account, account + "-password");
		qq.clearRequests();
	}

	private static void assertFailsWithoutChanges(Visit visit, String callback) {
		String cookie = visit.browser().cookie(COOKIE);
		Browser.Page answer = visit.browser().get(callback);
		assertThat(answer.location()).isEqualTo("/login/qq/error");
		assertThat(answer.headers().toString()).doesNotContain(COOKIE);
		assertThat(visit.browser().get("login/qq/error").headers().toString()).doesNotContain(COOKIE);
		assertThat(visit.browser().cookie(COOKIE)).isEqualTo(cookie);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T-01")
	void callbackWhenStateIsUnknownThenVisitorStaysRemembered(boolean explicitSave) {
		Visit visit = remembered(application(explicitSave));
		assertFailsWithoutChanges(visit, UNKNOWN_STATE);
		assertThat(qq.requests()).isEmpty();
		assertThat(visit.browser().get("").body()).startsWith("alice RememberMeAuthenticationToken");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void callbackWhenQqFailsThenVisitorStaysRemembered(boolean explicitSave) {
		Visit visit = remembered(application(explicitSave));
		String callback = visit.approve(QqPerson.XIAO_MING, Visit.START);
		qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
		assertFailsWithoutChanges(visit, callback);
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
		assertThat(visit.browser().get("").body()).startsWith("alice RememberMeAuthenticationToken");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T-01")
	void callbackWhenFailsAndSignedInThenKeepsSecurityContext(boolean explicitSave) {
		Application application = application(explicitSave);
		Visit visit = new Visit(application, qq);
		visit.login("alice", "alice-password");
		HttpSession session = application.bean(Site.Sessions.class).of(visit.browser());
		Object context = session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
		assertThat(context).isNotNull();
		assertFailsWithoutChanges(visit, UNKNOWN_STATE);
		String callback = visit.approve(QqPerson.XIAO_MING, Visit.START);
		qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
		assertFailsWithoutChanges(visit, callback);
		assertThat(session.getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY))
			.isEqualTo(context);
		assertThat(visit.browser().get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void qqLoginWhenRememberedThenFullyAuthenticated(boolean explicitSave) {
		Application application = application(explicitSave);
		givenBinding(application, QqPerson.XIAO_MING, "alice");
		Visit visit = remembered(application);
		String cookie = visit.browser().cookie(COOKIE);
		assertThat(visit.browser().get("orders/3").location()).isEqualTo("/login");
		assertThat(visit.browser().get("").body()).startsWith("alice RememberMeAuthenticationToken");
		String session = visit.browser().cookie("JSESSIONID");
		assertThat(visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/orders/3?continue");
		assertThat(visit.browser().get("orders/3?continue").body())
			.startsWith("alice UsernamePasswordAuthenticationToken");
		assertThat(visit.browser().cookie("JSESSIONID")).isNotEqualTo(session);
		assertThat(visit.browser().cookie(COOKIE)).isEqualTo(cookie);
	}

	@Test
	void qqLoginWhenRememberedAndFirstRequestThenFullyAuthenticated() {
		givenBinding(explicit, QqPerson.XIAO_MING, "alice");
		Visit visit = remembered(explicit);
		String cookie = visit.browser().cookie(COOKIE);
		assertThat(visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(visit.browser().get("orders/3").body()).startsWith("alice UsernamePasswordAuthenticationToken");
		assertThat(visit.browser().cookie(COOKIE)).isEqualTo(cookie);
	}

	@Test
	@Tag("T-28")
	void qqLoginWhenBoundToOtherAccountThenVisitorStaysRemembered() {
		givenBinding(explicit, QqPerson.XIAO_MING, "bob");
		Visit visit = remembered(explicit);
		assertThat(visit.browser().get("").body()).startsWith("alice RememberMeAuthenticationToken");
		assertFailsWithoutChanges(visit, visit.approve(QqPerson.XIAO_MING, Visit.START));
		assertThat(visit.browser().get("").body()).startsWith("alice RememberMeAuthenticationToken");
		assertThat(visit.browser().get("orders/3").location()).isEqualTo("/login");
	}

	@Configuration(proxyBeanMethods = false)
	static class Explicit extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/orders/**")
				.fullyAuthenticated()
				.anyRequest()
				.authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			http.rememberMe((rememberMe) -> rememberMe.key("conversation"));
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Implicit extends Explicit {

		@Bean
		@Override
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.securityContext((context) -> context.requireExplicitSave(false));
			return super.chain(http);
		}

	}

}
