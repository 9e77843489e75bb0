package io.github.qqoauth2.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;
import redis.embedded.RedisServer;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions in a real Redis, serialized by Java and as JSON, with two nodes before one
 * database: each step of a login is answered by the other node.
 */
class RedisSessionIT {

	private static final QqSimulator qq = QqSimulator.start();

	private static final int port = freePort();

	private static final RedisServer redis = startRedis();

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static RedisServer startRedis() {
		try {
			RedisServer server = new RedisServer(port);
			server.start();
			return server;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@AfterAll
	static void stop() throws IOException {
		redis.stop();
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
			assertThat(elsewhere.get("").body()).isEqualTo("alice OAuth2AuthenticationToken [ROLE_USER]");
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
			return new LettuceConnectionFactory("127.0.0.1", port);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableRedisHttpSession(redisNamespace = "json")
	@Import(JsonSessionSerializer.class)
	static class JsonSessions {

		@Bean
		LettuceConnectionFactory redisConnectionFactory() {
			return new LettuceConnectionFactory("127.0.0.1", port);
		}

	}

}
