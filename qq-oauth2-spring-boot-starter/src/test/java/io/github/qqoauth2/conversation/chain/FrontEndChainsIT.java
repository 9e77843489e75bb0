package io.github.qqoauth2.conversation.chain;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.web.filter.OncePerRequestFilter;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.conversation.frontend.AbstractFrontEndVisit;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.conversation.frontend.FrontEndSite;
import io.github.qqoauth2.conversation.ticket.TokenSite;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Front ends with other kinds of filter chains.
 */
class FrontEndChainsIT {

	private static final QqSimulator qq = QqSimulator.start();

	@AfterAll
	static void stop() {
		qq.close();
	}

	private static Application.Builder site(Class<?> source) {
		return Application.with(qq).source(source);
	}

	/**
	 * Checks in front of the site's login, such as a captcha, must not be bypassed.
	 */
	@Test
	@Tag("T-31")
	void bindWhenBindPageIsLoginPageThenNoPasswordAndNoRegistration() {
		try (Application application = site(SignInPage.class).property("qq.oauth2.bind-page", "/signin").start()) {
			FrontEnd frontEnd = new FrontEnd(application, qq);
			FrontEnd.Answer pending = frontEnd.qqLogin(QqPerson.XIAO_MING);
			assertThat(pending.code()).isEqualTo("binding-required");
			assertThat(pending.object("pending")).doesNotContainKey("fields");
			assertThat(frontEnd.get(FrontEnd.BIND).json()).containsKey("binding").doesNotContainKey("fields");
			Map<String, Object> proof = AbstractFrontEndVisit.proof(pending.binding(), "alice");
			Browser browser = frontEnd.browser().header("Content-Type", "application/json");
			for (String path : List.of(FrontEnd.BIND, FrontEnd.REGISTER)) {
				for (String accept : List.of("application/json", "text/html")) {
					browser.header("Accept", accept);
					assertThat(browser.post(path, "application/json", "{}").status()).isNotEqualTo(200);
					browser.post(path, Map.of("binding", pending.binding(), "username",
							String.valueOf(proof.get("username")), "password", "alice-password"));
				}
			}
			assertThat(application.bindings()).isEmpty();
			assertThat(frontEnd.get(FrontEnd.ACCOUNT).status()).isEqualTo(401);
		}
	}

	/**
	 * A token does not prove that the user has logged in after the QQ login.
	 */
	@Test
	@Tag("T-07")
	void confirmationWhenTokenInChainWithSessionsThenRequiresPassword() {
		try (Application application = site(TokenBesideSession.class).start()) {
			FrontEnd thief = new FrontEnd(application, qq);
			FrontEnd.Answer pending = thief.qqLogin(QqPerson.XIAO_MING);
			thief.token("alice");
			assertThat(thief.get(FrontEnd.ACCOUNT).object("pending")).containsEntry("proofRequired", true);
			FrontEnd.Answer refused = thief.post(FrontEnd.ACCOUNT, Map.of("binding", pending.binding()));
			assertThat(refused.code()).isEqualTo("proof-required");
			assertThat(application.bindings()).isEmpty();
		}
	}

	@Test
	void failureUrlWhenJsonThenProblemOtherwiseRedirect() {
		try (Application application = site(FailureUrl.class).start()) {
			FrontEnd frontEnd = new FrontEnd(application, qq);
			FrontEnd.Answer pending = frontEnd.qqLogin(QqPerson.XIAO_MING);
			FrontEnd.Answer wrong = frontEnd.post(FrontEnd.BIND,
					Map.of("binding", pending.binding(), "username", "alice", "password", "x"));
			assertThat(wrong.code()).isEqualTo("credentials");
			Map<String, String> cancelled = FrontEnd
				.parameters(qq.cancel(FrontEnd.authorizationUrl(frontEnd.get(FrontEnd.START))));
			assertThat(frontEnd.post(FrontEnd.CALLBACK, cancelled).code()).isEqualTo("cancelled");
			Visit visit = new Visit(application, qq);
			assertThat(visit.browser().get(FrontEnd.CALLBACK + "?error=access_denied&state=x").location())
				.isEqualTo("/signin?failed");
		}
	}

	@Test
	void nextWhenSavedRequestIsEncodedThenUnchanged() {
		try (Application application = site(SignInPage.class).start()) {
			Visit visit = new Visit(application, qq);
			visit.browser().get("orders/%E4%B9%A6?q=%E4%B9%A6%2F1&r=%25");
			FrontEnd frontEnd = new FrontEnd(visit.browser(), qq);
			FrontEnd.Answer pending = frontEnd.qqLogin(QqPerson.XIAO_MING);
			assertThat(pending.object("pending")).containsEntry("next", "/orders/%E4%B9%A6?q=%E4%B9%A6%2F1&r=%25");
		}
	}

	@Test
	@Tag("T-63")
	void loginWhenMaximumSessionsReachedThenSessionLimitAndNotBound() {
		try (Application application = site(OneSession.class).start()) {
			FrontEnd frontEnd = new FrontEnd(application, qq);
			String binding = frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
			Visit elsewhere = new Visit(application, qq);
			elsewhere.login("alice", "alice-password");
			FrontEnd.Answer bound = frontEnd.post(FrontEnd.BIND, AbstractFrontEndVisit.proof(binding, "alice"));
			assertThat(bound.code()).isEqualTo("session-limit");
			assertThat(application.bindings()).isEmpty();
			assertThat(frontEnd.get(FrontEnd.ACCOUNT).status()).isEqualTo(401);
			elsewhere.browser().post("logout", Map.of());
			assertThat(frontEnd.post(FrontEnd.BIND, AbstractFrontEndVisit.proof(binding, "alice")).status())
				.isEqualTo(200);
			assertThat(application.bindings()).containsOnlyKeys("alice");
			assertThat(new FrontEnd(application, qq).qqLogin(QqPerson.XIAO_MING).code()).isEqualTo("session-limit");
		}
	}

	/**
	 * Behind such a proxy, every request appears to be from the same machine.
	 */
	@Test
	@Tag("T-09")
	void ticketWhenProxyWithoutForwardedHeadersThenHostPrefixedCookie() {
		try (Application application = site(TokenSite.class).property("qq.oauth2.ticket-key", TokenSite.KEY)
			.property("qq.oauth2.redirect-uri", "https://shop.example.com/app/callback")
			.start()) {
			Browser browser = application.browser().header("Accept", "application/json");
			assertThat(browser.get(FrontEnd.START).header("Set-Cookie")).startsWith("__Host-qq-authorization=ey")
				.contains("; Secure", "; HttpOnly", "; Path=/");
		}
	}

	/**
	 * A failing user store does not count as a wrong password and uses no attempt.
	 */
	@Test
	void confirmationWhenPasswordCannotBeCheckedThenProblemAndNoAttemptIsUsed() {
		try (Application application = site(FrontEndSite.class).start()) {
			FrontEnd frontEnd = new FrontEnd(application, qq);
			frontEnd.get(FrontEnd.ACCOUNT);
			Map<String, String> proof = Map.of("username", "alice", "password", "alice-password");
			assertThat(frontEnd.post("api/login", proof).status()).isEqualTo(200);
			application.ageLogins();
			String binding = frontEnd.link(QqPerson.XIAO_MING, "/").binding();
			Map<String, String> answer = Map.of("binding", binding, "password", "alice-password");
			application.jdbc().sql("update users set enabled = false").update();
			assertThat(frontEnd.post(FrontEnd.ACCOUNT, answer).code()).isEqualTo("account-status");
			application.jdbc().sql("update users set enabled = true").update();
			application.jdbc().sql("alter table users rename to elsewhere").update();
			for (int i = 0; i < 6; i++) {
				FrontEnd.Answer refused = frontEnd.post(FrontEnd.ACCOUNT, answer);
				assertThat(refused.code()).isEqualTo("internal");
				assertThat(refused.status()).isEqualTo(503);
			}
			application.jdbc().sql("alter table elsewhere rename to users").update();
			assertThat(application.bindings()).isEmpty();
			assertThat(frontEnd.post(FrontEnd.ACCOUNT, answer).json()).containsEntry("bound", true);
		}
	}

	/**
	 * A site with a custom login page that {@code oauth2Login} does not name.
	 */
	@Configuration(proxyBeanMethods = false)
	static class SignInPage extends RegisteringSite {

		@Bean
		@Override
		protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
			http.formLogin((form) -> form.loginPage("/signin").permitAll());
			http.oauth2Login((login) -> {
			});
			http.csrf((csrf) -> csrf.disable());
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			return http.build();
		}

	}

	/**
	 * A site that allows one session for each account.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OneSession extends RegisteringSite {

		@Bean
		@Override
		protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin((form) -> {
			});
			http.oauth2Login((login) -> {
			});
			http.csrf((csrf) -> csrf.disable());
			http.sessionManagement((management) -> management.maximumSessions(1)
				.maxSessionsPreventsLogin(true)
				.sessionRegistry(sessions));
			return http.build();
		}

		/**
		 * Removes ended sessions from the registry.
		 */
		@Bean
		HttpSessionEventPublisher sessionEvents() {
			return new HttpSessionEventPublisher();
		}

	}

	/**
	 * A site with a failure URL.
	 */
	@Configuration(proxyBeanMethods = false)
	static class FailureUrl extends RegisteringSite {

		@Bean
		@Override
		protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
			http.oauth2Login((login) -> login.failureUrl("/signin?failed"));
			http.csrf((csrf) -> csrf.disable());
			return super.chain(http, sessions);
		}

	}

	/**
	 * A site with sessions whose front end sends a token. Here the token is the username.
	 */
	@Configuration(proxyBeanMethods = false)
	static class TokenBesideSession extends RegisteringSite {

		@Bean
		@Override
		protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
			http.addFilterBefore(new TokenFilter(), UsernamePasswordAuthenticationFilter.class);
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login((login) -> {
			});
			http.csrf((csrf) -> csrf.disable());
			return http.build();
		}

	}

	private static final class TokenFilter extends OncePerRequestFilter {

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
				throws ServletException, IOException {
			String token = request.getHeader("Authorization");
			if (token != null) {
				SecurityContextHolder.getContext()
					.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(token.replace("Bearer ", ""),
							null, AuthorityUtils.createAuthorityList("ROLE_USER")));
			}
			filters.doFilter(request, response);
		}

	}

}
