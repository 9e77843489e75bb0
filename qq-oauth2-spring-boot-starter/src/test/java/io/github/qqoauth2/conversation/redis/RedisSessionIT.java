package io.github.qqoauth2.conversation.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
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
 * Sessions in Redis, serialized by Java and as JSON. Two nodes with one database answer
 * the steps of a login in turn.
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
	void loginWhenJavaSerializationThenWorksOnTwoNodes() {
		assertWorksOnTwoNodes("jdk", JdkSessions.class);
	}

	@Test
	void loginWhenJsonThenWorksOnTwoNodes() {
		assertWorksOnTwoNodes("json", JsonSessions.class);
	}

	@Test
	@Tag("T-27")
	void unlinkWhenIndexedSessionsThenExpiresOthersOnEveryNode() {
		String url = "jdbc:h2:mem:indexed;DB_CLOSE_DELAY=-1";
		try (Application one = start(url, IndexedSessions.class);
				Application other = start(url, IndexedSessions.class)) {
			Visit owner = new Visit(one, qq);
			owner.qqLogin(QqPerson.XIAO_MING);
			owner.bind("alice", "alice-password");
			Visit byQq = new Visit(one, qq);
			byQq.qqLogin(QqPerson.XIAO_MING);
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
	 * Each node counts the passwords that it checks. The count in the session is shared.
	 */
	@Test
	@Tag("T-31")
	void passwordsWhenTwoNodesThenFiveInAll() {
		String url = "jdbc:h2:mem:tries;DB_CLOSE_DELAY=-1";
		try (Application one = start(url, JdkSessions.class); Application other = start(url, JdkSessions.class)) {
			Visit visitor = new Visit(one, qq);
			visitor.qqLogin(QqPerson.XIAO_MING);
			submitInTurn(visitor.browser(), other.browser(), "login/qq/bind", "alice");
			Visit alice = new Visit(one, qq);
			alice.login("alice", "alice-password");
			one.ageLogins();
			other.ageLogins();
			alice.qqLogin(QqPerson.XIAO_MING);
			submitInTurn(alice.browser(), other.browser(), "account/qq", "alice");
			assertThat(one.bindings()).isEmpty();
		}
	}

	private static void submitInTurn(Browser browser, Browser second, String path, String account) {
		Browser.Page form = browser.get(path);
		assertThat(form.body()).contains("name=\"password\"");
		for (int i = 0; i < 6; i++) {
			copySession(browser, second);
			((i % 2 == 0) ? second : browser).submit(form, path,
					Map.of("username", account, "password", (i < 5) ? "wrong" : account + "-password"));
		}
	}

	/**
	 * The session alone cannot guarantee that a code is sent to QQ once. One-time codes
	 * of QQ and the keys of the table do.
	 */
	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T-03")
	void callbackWhenConcurrentOnTwoNodesThenOneLogsIn(boolean bound) throws Exception {
		String url = "jdbc:h2:mem:replay-" + bound + ";DB_CLOSE_DELAY=-1";
		try (Application one = start(url, RedisSite.SafeSessions.class);
				Application other = start(url, RedisSite.SafeSessions.class)) {
			if (bound) {
				Visit owner = new Visit(one, qq);
				owner.qqLogin(QqPerson.XIAO_MING);
				owner.bind("alice", "alice-password");
			}
			for (int round = 0; round < 3; round++) {
				assertOneLogsIn(one, other, bound);
			}
		}
	}

	private static void assertOneLogsIn(Application one, Application other, boolean bound) throws Exception {
		Visit visit = new Visit(one, qq);
		String callback = visit.approve(QqPerson.XIAO_MING, Visit.START);
		List<Browser> browsers = new ArrayList<>();
		for (int i = 0; i < CALLS; i++) {
			Browser browser = (i % 2 == 0) ? one.browser() : other.browser();
			copySession(visit.browser(), browser);
			browsers.add(browser);
		}
		List<Browser.Page> answers = ParallelCalls.get(browsers, callback);
		assertThat(answers).extracting(Browser.Page::status).containsOnly(302);
		List<String> locations = answers.stream().map((answer) -> String.valueOf(answer.location())).toList();
		String expected = bound ? "/" : BIND_PAGE;
		assertThat(locations).containsOnlyOnce(expected).containsOnly(expected, ERROR_PAGE);
		for (int i = 0; i < CALLS; i++) {
			if (!locations.get(i).equals(expected)) {
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

	private static void assertWorksOnTwoNodes(String name, Class<?> sessions) {
		String url = "jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1";
		try (Application one = start(url, sessions); Application other = start(url, sessions)) {
			Browser browser = one.browser();
			Browser second = other.browser();
			Visit visit = new Visit(browser, qq);
			browser.get("orders/7");
			String authorize = visit.approve(QqPerson.XIAO_MING, Visit.START);
			copySession(browser, second);
			assertThat(second.get(authorize).location()).isEqualTo("/login/qq/bind");
			copySession(second, browser);
			Browser.Page page = browser.get("login/qq/bind");
			assertThat(page.body()).contains("Hello, 小明!");
			copySession(browser, second);
			Browser.Page bound = second.submit(page, "login/qq/bind",
					Map.of("username", "alice", "password", "alice-password"));
			assertThat(bound.location()).contains("/orders/7");
			copySession(second, browser);
			assertThat(browser.get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");

			Visit again = new Visit(one.browser(), qq);
			again.qqLogin(QqPerson.XIAO_MING);
			Browser elsewhere = other.browser();
			copySession(again.browser(), elsewhere);
			assertThat(elsewhere.get("").body()).isEqualTo("alice UsernamePasswordAuthenticationToken [ROLE_USER]");
		}
	}

	private static Application start(String url, Class<?> sessions) {
		return RedisSite.with(qq, redis)
			.source(Site.WithChain.class, sessions)
			.property("spring.datasource.url", url)
			.start();
	}

	private static void copySession(Browser from, Browser to) {
		String session = from.cookie("SESSION");
		assertThat(session).isNotNull();
		to.cookie("SESSION", String.valueOf(session));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisHttpSession(redisNamespace = "jdk")
	static class JdkSessions {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisHttpSession(redisNamespace = "json")
	@Import(JsonSessionSerializer.class)
	static class JsonSessions {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisIndexedHttpSession(redisNamespace = "indexed")
	static class IndexedSessions {

	}

}
