package io.github.qqoauth2.conversation.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.data.redis.RedisSessionRepository;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisIndexedHttpSession;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions in a real Redis, serialized by Java and as JSON, with two nodes before one
 * database: each step of a login is answered by the other node.
 */
class RedisSessionIT {

	private static final int CALLS = 32;

	private static final String BIND_PAGE = "/login/qq/bind";

	private static final String ERROR_PAGE = "/login/qq/error";

	private static final QqSimulator qq = QqSimulator.start();

	private static final Redis redis = Redis.start();

	@AfterAll
	static void stop() {
		redis.close();
		qq.close();
	}

	@Test
	void loginWhenSessionsAreSerializedByJavaThenWorksOverTwoNodes() {
		overTwoNodes("jdk", JdkSessions.class);
	}

	@Test
	void loginWhenSessionsAreJsonThenWorksOverTwoNodes() {
		overTwoNodes("json", JsonSessions.class);
	}

	@Test
	@Tag("T-27")
	void unlinkWhenSessionsAreFoundByAccountThenOthersEndOnEveryNode() {
		String url = "jdbc:h2:mem:indexed;DB_CLOSE_DELAY=-1";
		try (Application one = start(url, IndexedSessions.class);
				Application other = start(url, IndexedSessions.class)) {
			Visit owner = new Visit(one, qq);
			owner.comeBack(QqPerson.XIAO_MING);
			owner.bind("alice", "alice-password");
			Visit byQq = new Visit(one, qq);
			byQq.comeBack(QqPerson.XIAO_MING);
			Visit bob = new Visit(one, qq);
			bob.login("bob", "bob-password");
			assertThat(byQq.browser().get("").body()).startsWith("alice ");
			Visit alice = new Visit(other, qq);
			alice.login("alice", "alice-password");
			Browser.Page page = alice.browser().get("account/qq");
			assertThat(
					alice.browser().submit(page, "account/qq/unlink", Map.of("password", "alice-password")).location())
				.isEqualTo("/account/qq");
			assertThat(byQq.browser().get("").location()).isEqualTo("/login");
			assertThat(owner.browser().get("").location()).isEqualTo("/login");
			assertThat(alice.browser().get("").body()).startsWith("alice ");
			assertThat(bob.browser().get("").body()).startsWith("bob ");
		}
	}

	/**
	 * Each node counts what it checks; what the session counts is what they share.
	 */
	@Test
	@Tag("T-31")
	void passwordsWhenTriedOnTwoNodesInTurnThenFiveInAll() {
		String url = "jdbc:h2:mem:tries;DB_CLOSE_DELAY=-1";
		try (Application one = start(url, JdkSessions.class); Application other = start(url, JdkSessions.class)) {
			Visit newcomer = new Visit(one, qq);
			newcomer.comeBack(QqPerson.XIAO_MING);
			tryInTurn(newcomer.browser(), other.browser(), "login/qq/bind", "alice");
			Visit alice = new Visit(one, qq);
			alice.login("alice", "alice-password");
			alice.comeBack(QqPerson.XIAO_MING);
			tryInTurn(alice.browser(), other.browser(), "account/qq", "alice");
			assertThat(one.bindings()).isEmpty();
		}
	}

	private static void tryInTurn(Browser browser, Browser second, String path, String account) {
		Browser.Page form = browser.get(path);
		assertThat(form.body()).contains("name=\"password\"");
		for (int i = 0; i < 6; i++) {
			follow(browser, second);
			((i % 2 == 0) ? second : browser).submit(form, path,
					Map.of("username", account, "password", (i < 5) ? "wrong" : account + "-password"));
		}
	}

	/**
	 * The shared session cannot promise that a code reaches QQ once; QQ's one-time code
	 * and the table's keys do.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T-03")
	void callbackWhenThirtyTwoTimesAtOnceOverTwoNodesThenExactlyOneLogsIn(boolean bound) throws Exception {
		String url = "jdbc:h2:mem:replay-" + bound + ";DB_CLOSE_DELAY=-1";
		try (Application one = start(url, SafeSessions.class); Application other = start(url, SafeSessions.class)) {
			if (bound) {
				Visit owner = new Visit(one, qq);
				owner.comeBack(QqPerson.XIAO_MING);
				owner.bind("alice", "alice-password");
			}
			for (int round = 0; round < 3; round++) {
				oneOfManyLogsIn(one, other, bound);
			}
		}
	}

	private static void oneOfManyLogsIn(Application one, Application other, boolean bound) throws Exception {
		Visit visit = new Visit(one, qq);
		String callback = visit.agree(QqPerson.XIAO_MING, Visit.START);
		List<Browser> browsers = new ArrayList<>();
		for (int i = 0; i < CALLS; i++) {
			Browser browser = (i % 2 == 0) ? one.browser() : other.browser();
			follow(visit.browser(), browser);
			browsers.add(browser);
		}
		List<Browser.Page> answers = ParallelCalls.get(browsers, callback);
		assertThat(answers).extracting(Browser.Page::status).containsOnly(302);
		List<String> locations = answers.stream().map((answer) -> String.valueOf(answer.location())).toList();
		String won = bound ? "/" : BIND_PAGE;
		assertThat(locations).containsOnlyOnce(won).containsOnly(won, ERROR_PAGE);
		for (int i = 0; i < CALLS; i++) {
			if (!locations.get(i).equals(won)) {
				Browser.Page error = browsers.get(i).get("login/qq/error");
				assertThat(error.status()).isEqualTo(200);
				assertThat(error.body()).contains("This sign-in is no longer valid.", "Start again");
			}
			else if (bound) {
				assertThat(browsers.get(i).get("").body())
					.isEqualTo("alice UsernamePasswordAuthenticationToken [ROLE_USER]");
			}
		}
		assertThat(one.bindings())
			.isEqualTo(bound ? Map.of("alice", QqPerson.XIAO_MING.openid(QqSimulator.APP_ID)) : Map.of());
	}

	private static void overTwoNodes(String name, Class<?> sessions) {
		String url = "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1";
		try (Application one = start(url, sessions); Application other = start(url, sessions)) {
			Browser browser = one.browser();
			Browser second = other.browser();
			Visit visit = new Visit(browser, qq);
			browser.get("orders/7");
			String authorize = visit.agree(QqPerson.XIAO_MING, Visit.START);
			follow(browser, second);
			assertThat(second.get(authorize).location()).isEqualTo("/login/qq/bind");
			follow(second, browser);
			Browser.Page page = browser.get("login/qq/bind");
			assertThat(page.body()).contains("Hello, 小明!");
			follow(browser, second);
			Browser.Page bound = second.submit(page, "login/qq/bind",
					Map.of("username", "alice", "password", "alice-password"));
			assertThat(bound.location()).contains("/orders/7");
			follow(second, browser);
			assertThat(browser.get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");

			Visit again = new Visit(one.browser(), qq);
			again.comeBack(QqPerson.XIAO_MING);
			Browser elsewhere = other.browser();
			follow(again.browser(), elsewhere);
			assertThat(elsewhere.get("").body()).isEqualTo("alice UsernamePasswordAuthenticationToken [ROLE_USER]");
		}
	}

	private static Application start(String url, Class<?> sessions) {
		return Application.with(qq)
			.source(Site.WithChain.class, sessions)
			.property("spring.datasource.url", url)
			.property("qq.oauth2.redirect-uri", "http://127.0.0.1/login/oauth2/code/qq")
			.start();
	}

	private static void follow(Browser from, Browser to) {
		String session = from.cookie("SESSION");
		assertThat(session).isNotNull();
		to.cookie("SESSION", String.valueOf(session));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisHttpSession(redisNamespace = "jdk")
	static class JdkSessions {

		@Bean
		LettuceConnectionFactory redisConnectionFactory() {
			return new LettuceConnectionFactory("127.0.0.1", redis.port());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisHttpSession(redisNamespace = "json")
	@Import(JsonSessionSerializer.class)
	static class JsonSessions {

		@Bean
		LettuceConnectionFactory redisConnectionFactory() {
			return new LettuceConnectionFactory("127.0.0.1", redis.port());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisIndexedHttpSession(redisNamespace = "indexed")
	static class IndexedSessions {

		@Bean
		LettuceConnectionFactory redisConnectionFactory() {
			return new LettuceConnectionFactory("127.0.0.1", redis.port());
		}

	}

	/**
	 * With Spring Session's remedy for parts of sessions.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableRedisHttpSession(redisNamespace = "safe")
	static class SafeSessions {

		@Bean
		LettuceConnectionFactory redisConnectionFactory() {
			return new LettuceConnectionFactory("127.0.0.1", redis.port());
		}

		@Bean
		SessionRepositoryCustomizer<RedisSessionRepository> partsAreNoSessions() {
			return Redis.partsAreNoSessions();
		}

	}

}
