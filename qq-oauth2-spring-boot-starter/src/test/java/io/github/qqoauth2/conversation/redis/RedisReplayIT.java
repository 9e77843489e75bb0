package io.github.qqoauth2.conversation.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
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
import org.springframework.session.data.redis.RedisSessionRepository;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Concurrent callbacks with one state, on two nodes with one Redis. One request logs in
 * and is answered as usual, the others get the ordinary failure.
 */
@Tag("T-03")
class RedisReplayIT {

	private static final int CALLS = 32;

	private static final int ROUNDS = 4;

	private static final QqSimulator qq = QqSimulator.start();

	private static final Redis redis = Redis.start();

	@AfterAll
	static void stop() {
		redis.close();
		qq.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { DefaultSessions.class, RedisSite.SafeSessions.class })
	void callbackWhenConcurrentThenOneLogsInAndRedirectsToTarget(Class<?> sessions) throws Exception {
		String url = "jdbc:h2:mem:" + sessions.getSimpleName() + ";DB_CLOSE_DELAY=-1";
		try (Application one = start(url, sessions); Application other = start(url, sessions)) {
			Visit owner = new Visit(one, qq);
			owner.qqLogin(QqPerson.XIAO_MING);
			owner.bind("alice", "alice-password");
			for (int round = 0; round < ROUNDS; round++) {
				String target = "/orders/" + round + "?continue";
				Visit visit = new Visit(one, qq);
				String callback = visit.approve(QqPerson.XIAO_MING, Visit.START + "?next=/orders/" + round);
				List<Browser> browsers = browsers(visit, one, other);
				clear(one, other);
				List<Browser.Page> answers = ParallelCalls.get(browsers, callback);
				Browser winner = browsers.get(winner(answers, target));
				assertThat(answers).extracting(Browser.Page::location).containsOnly(target, "/login/qq/error");
				assertThat(logins(one, other)).isEqualTo(1);
				assertThat(winner.get("orders/" + round).body())
					.isEqualTo("alice UsernamePasswordAuthenticationToken [ROLE_USER]");
				assertRepeatedRedirects(winner, callback, target);
				assertThat(logins(one, other)).isEqualTo(1);
			}
			assertThat(one.bindings()).containsOnlyKeys("alice");
		}
	}

	/**
	 * Spring Session saves a session before a redirect and again after all filters.
	 */
	@Test
	void callbackWhenSessionIdChangesAfterRedirectThenRedirectsToTarget() {
		try (Application one = RedisSite.with(qq, redis).source(IdChange.class, DefaultSessions.class).start()) {
			Visit visit = new Visit(one, qq);
			visit.qqLogin(QqPerson.XIAO_MING);
			Browser.Page page = visit.browser().get("login/qq/bind");
			visit.browser().submit(page, "login/qq/bind", Map.of("username", "alice", "password", "alice-password"));
			assertThat(one.bindings()).containsOnlyKeys("alice");
			Browser.Page answer = new Visit(one, qq).qqLogin(QqPerson.XIAO_MING);
			assertThat(answer.status()).isEqualTo(302);
			assertThat(answer.location()).isEqualTo("/orders");
		}
	}

	@Test
	void loginWhenContextIsSavedAtEndOfRequestThenLogsIn() {
		try (Application one = RedisSite.with(qq, redis).source(ImplicitSave.class, DefaultSessions.class).start()) {
			Visit visit = new Visit(one, qq);
			visit.qqLogin(QqPerson.XIAO_MING);
			assertThat(visit.bind("alice", "alice-password").location()).isEqualTo("/");
			Visit again = new Visit(one, qq);
			String callback = again.approve(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3");
			assertThat(again.browser().get(callback).location()).startsWith("/orders/3");
			assertThat(again.browser().get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");
			assertRepeatedRedirects(again.browser(), callback, "/orders/3?continue");
		}
	}

	private static List<Browser> browsers(Visit visit, Application one, Application other) {
		List<Browser> browsers = new ArrayList<>();
		for (int i = 0; i < CALLS; i++) {
			Browser browser = ((i % 2 == 0) ? one : other).browser();
			browser.cookie("SESSION", String.valueOf(visit.browser().cookie("SESSION")));
			browsers.add(browser);
		}
		return browsers;
	}

	private static int winner(List<Browser.Page> answers, String target) {
		List<Integer> winners = new ArrayList<>();
		for (int i = 0; i < CALLS; i++) {
			if (target.equals(answers.get(i).location())) {
				winners.add(i);
			}
		}
		assertThat(winners)
			.as("%s", answers.stream().map((answer) -> answer.status() + " " + answer.location()).toList())
			.hasSize(1);
		return winners.get(0);
	}

	private static void assertRepeatedRedirects(Browser winner, String callback, String target) {
		qq.clearRequests();
		Browser.Page again = winner.get(callback);
		assertThat(again.status()).isEqualTo(302);
		assertThat(again.location()).isEqualTo(target);
		assertThat(qq.requests()).isEmpty();
	}

	private static void clear(Application... nodes) {
		for (Application node : nodes) {
			node.bean(Site.Events.class).clear();
		}
	}

	private static long logins(Application... nodes) {
		long logins = 0;
		for (Application node : nodes) {
			logins += node.bean(Site.Events.class)
				.names()
				.stream()
				.filter("InteractiveAuthenticationSuccessEvent"::equals)
				.count();
		}
		return logins;
	}

	private static Application start(String url, Class<?> sessions) {
		return RedisSite.with(qq, redis)
			.source(Site.WithChain.class, sessions)
			.property("spring.datasource.url", url)
			.start();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class IdChange extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, RedisSessionRepository sessions) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login((login) -> login.successHandler((request, response, authentication) -> {
				response.sendRedirect("/orders");
				String key = "default-replay:sessions:" + request.getSession().getId();
				sessions.getSessionRedisOperations().rename(key, key + "-another");
			}));
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisHttpSession(redisNamespace = "default-replay")
	static class DefaultSessions {

	}

	/**
	 * Saves the security context at the end of a request, the default before Spring
	 * Security 6.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class ImplicitSave extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			http.securityContext((context) -> context.requireExplicitSave(false));
			return http.build();
		}

	}

}
