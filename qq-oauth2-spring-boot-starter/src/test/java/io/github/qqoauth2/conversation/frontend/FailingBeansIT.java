package io.github.qqoauth2.conversation.frontend;

import java.util.List;
import java.util.Map;

import jakarta.servlet.ServletException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.account.QqTokenIssuer;
import io.github.qqoauth2.bind.QqJsonResponseMapper;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans of the application throw while the response to a front end is written.
 */
class FailingBeansIT {

	private static final QqSimulator qq = QqSimulator.start();

	@AfterAll
	static void stop() {
		qq.close();
	}

	private static FrontEnd.Answer bind(FrontEnd frontEnd) {
		return frontEnd.post(FrontEnd.BIND, Map.of("binding", frontEnd.qqLogin(QqPerson.XIAO_MING).binding(),
				"username", "alice", "password", "alice-password"));
	}

	private static void assertInternal(FrontEnd.Answer answer, String documented) {
		assertThat(answer.documented()).isEqualTo(documented);
		assertThat(answer.code()).isEqualTo("internal");
		assertThat(answer.page().body()).doesNotContain("of the application");
	}

	@Test
	void loginWhenTokenIssuerFailsThenProblem() {
		try (Application application = Application.with(qq).source(PlainSite.class, FailingIssuer.class).start()) {
			assertInternal(bind(new FrontEnd(application, qq)), "bindByPassword 503");
			assertLoginIsUndone(application);
			assertThat(application.bindings()).containsOnlyKeys("alice");
		}
	}

	/**
	 * A login whose response cannot be written ends like any other failure.
	 */
	private static void assertLoginIsUndone(Application application) {
		FrontEnd frontEnd = new FrontEnd(application, qq);
		FrontEnd.Answer answer = frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertInternal(answer, "finishQqLogin 503");
		assertThat(answer.text("errorId")).matches("[0-9a-f]{16}");
		assertThat(frontEnd.get(FrontEnd.ACCOUNT).code()).isEqualTo("login-required");
	}

	@Test
	void loginWhenSuccessHandlerThrowsCheckedExceptionThenFails() {
		try (Application application = Application.with(qq).source(CheckedSite.class).start()) {
			Visit owner = new Visit(application, qq);
			owner.qqLogin(QqPerson.XIAO_MING);
			assertThat(owner.bind("alice", "alice-password").location()).isEqualTo("/login/qq/error");
			assertThat(owner.browser().get("login/qq/error").body()).contains("Your QQ is linked, but");
			assertThat(owner.browser().get("").location()).isEqualTo("/login");
			assertThat(application.bindings()).containsOnlyKeys("alice");
			Visit visit = new Visit(application, qq);
			assertThat(visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
			assertThat(visit.browser().get("login/qq/error").status()).isEqualTo(503);
			assertThat(visit.browser().get("").location()).isEqualTo("/login");
		}
	}

	@Test
	void loginWhenPrincipalFailsThenProblem() {
		try (Application application = Application.with(qq).source(PlainSite.class, FailingUsers.class).start()) {
			assertInternal(bind(new FrontEnd(application, qq)), "bindByPassword 503");
			assertLoginIsUndone(application);
			assertThat(application.bindings()).containsOnlyKeys("alice");
		}
	}

	@Test
	void accountWhenPrincipalFailsThenProblem() {
		try (Application application = Application.with(qq).source(PlainSite.class, FailingUsers.class).start()) {
			FrontEnd frontEnd = new FrontEnd(application, qq);
			UserWithoutId.fails = false;
			assertThat(bind(frontEnd).status()).isEqualTo(200);
			UserWithoutId.fails = true;
			assertInternal(frontEnd.get(FrontEnd.ACCOUNT), "readAccount 503");
			assertInternal(frontEnd.qqLogin(QqPerson.XIAO_MING), "finishQqLogin 503");
		}
	}

	@Test
	void responsesWhenMapperFailsThenInternalAndLoginIsUndone() {
		try (Application application = Application.with(qq).source(PlainSite.class, FailingMapper.class).start()) {
			FailingMapper.fails = false;
			assertThat(bind(new FrontEnd(application, qq)).status()).isEqualTo(200);
			FailingMapper.fails = true;
			FrontEnd frontEnd = new FrontEnd(application, qq);
			Browser browser = frontEnd.browser().header("Accept", "application/json");
			for (String path : List.of(FrontEnd.START, FrontEnd.ACCOUNT, FrontEnd.BIND, "login/qq/error")) {
				assertInternal(browser.get(path));
			}
			Browser.Page notAllowed = browser.send("DELETE", FrontEnd.BIND);
			assertInternal(notAllowed);
			assertThat(notAllowed.header("Allow")).contains("POST");
			FailingMapper.fails = false;
			Map<String, String> callback = frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START);
			FailingMapper.fails = true;
			FrontEnd.Answer undone = frontEnd.post(FrontEnd.CALLBACK, callback);
			assertInternal(undone, "finishQqLogin 503");
			assertThat(undone.text("errorId")).matches("[0-9a-f]{16}");
			FailingMapper.fails = false;
			assertThat(frontEnd.get(FrontEnd.ACCOUNT).code()).isEqualTo("login-required");
		}
	}

	private static void assertInternal(Browser.Page page) {
		assertThat(page.status()).isEqualTo(503);
		assertThat(page.header("Content-Type")).startsWith("application/problem+json");
		assertThat(page.body()).contains("\"code\":\"internal\"").doesNotContain("of the application");
	}

	/**
	 * A site whose success handler throws a checked exception.
	 */
	@Configuration(proxyBeanMethods = false)
	static class CheckedSite extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login((login) -> login.successHandler((request, response, authentication) -> {
				throw new ServletException("failing handler");
			}));
			return http.build();
		}

	}

	/**
	 * A site with sessions and no CSRF protection.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class PlainSite {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login(Customizer.withDefaults());
			http.csrf((csrf) -> csrf.disable());
			return http.build();
		}

	}

	/**
	 * Fails to issue a token.
	 */
	@Configuration(proxyBeanMethods = false)
	static class FailingIssuer {

		@Bean
		UserDetailsService users() {
			return (name) -> User.withUsername(name).password("{noop}" + name + "-password").roles("USER").build();
		}

		@Bean
		QqTokenIssuer tokenIssuer() {
			return (authentication) -> {
				throw new IllegalStateException("no key of the application");
			};
		}

	}

	/**
	 * Fails to map responses.
	 */
	@Configuration(proxyBeanMethods = false)
	static class FailingMapper {

		static volatile boolean fails;

		@Bean
		UserDetailsService users() {
			return (name) -> User.withUsername(name).password("{noop}" + name + "-password").roles("USER").build();
		}

		@Bean
		QqJsonResponseMapper mapper() {
			return (request, response) -> {
				if (fails) {
					throw new IllegalStateException("no envelope of the application");
				}
				return response;
			};
		}

	}

	/**
	 * Loads users whose id cannot be read.
	 */
	@Configuration(proxyBeanMethods = false)
	static class FailingUsers {

		@Bean
		UserDetailsService users() {
			return UserWithoutId::new;
		}

	}

	/**
	 * A principal whose getter fails, as one with lazy loading may.
	 */
	static final class UserWithoutId extends User implements FrontEndRouteIT.Identified, OAuth2User {

		static volatile boolean fails = true;

		private static final long serialVersionUID = 1L;

		UserWithoutId(String name) {
			super(name, "{noop}" + name + "-password", AuthorityUtils.createAuthorityList("ROLE_USER"));
		}

		@Override
		public long getId() {
			if (fails) {
				throw new IllegalStateException("no id of the application");
			}
			return 1;
		}

		@Override
		public Map<String, Object> getAttributes() {
			return Map.of();
		}

		@Override
		public String getName() {
			return getUsername();
		}

	}

}
