package io.github.qqoauth2.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.session.FindByIndexNameSessionRepository;
import redis.embedded.RedisServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The profile {@code redis}, on a real server.
 */
class RedisIT extends AbstractProfileIT {

	private static final int port = freePort();

	private static final RedisServer server = start();

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static RedisServer start() {
		try {
			RedisServer redis = new RedisServer(port);
			redis.start();
			return redis;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@AfterAll
	static void stop() throws IOException {
		server.stop();
	}

	@Override
	String[] arguments() {
		return new String[] { "--spring.profiles.active=redis", "--onepage.redis-url=redis://127.0.0.1:" + port };
	}

	@Test
	void sessionWhenShopWasClosedThenIsStillThere() {
		String session;
		try (DemoSite site = open()) {
			ShopVisitor visitor = new ShopVisitor(site).signsIn("alice", "reads-at-night");
			session = visitor.cookie("SESSION");
			assertThat(session).isNotEmpty();
			assertThat(visitor.cookie("JSESSIONID")).isEmpty();
		}
		try (DemoSite site = open()) {
			ShopVisitor visitor = new ShopVisitor(site).sends("Cookie", "SESSION=" + session);
			assertThat(visitor.opens("/me").body()).contains("alice");
		}
	}

	@Test
	void startWhenWithoutTheProfileThenNothingOfRedis() {
		try (DemoSite site = DemoSite.open(this.folder)) {
			assertThat(site.names(FindByIndexNameSessionRepository.class)).isEmpty();
		}
	}

}
