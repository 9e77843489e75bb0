package io.github.qqoauth2.demo;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.session.FindByIndexNameSessionRepository;
import redis.embedded.RedisServer;
import redis.embedded.core.ExecutableProvider;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The profile {@code redis} with a real server.
 */
class RedisIT extends AbstractProfileIT {

	@TempDir
	static Path serverFolder;

	private static int port;

	private static @Nullable RedisServer server;

	/**
	 * Unpacks the server into a folder of this process and disables persistence.
	 */
	@BeforeAll
	@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	static void start() throws IOException {
		port = freePort();
		server = RedisServer.newRedisServer()
			.executableProvider(ExecutableProvider.newJarResourceProvider(serverFolder.toFile()))
			.port(port)
			.setting("dir " + serverFolder)
			.setting("save \"\"")
			.setting("appendonly no")
			.build();
		server.start();
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@AfterAll
	static void stop() throws IOException {
		if (server != null) {
			server.stop();
		}
	}

	@Override
	String[] arguments() {
		return new String[] { "--spring.profiles.active=redis", "--onepage.redis-url=redis://127.0.0.1:" + port };
	}

	@Test
	void sessionWhenRestartedThenStillValid() {
		String session;
		try (DemoSite site = open()) {
			ShopVisitor visitor = new ShopVisitor(site).signIn("alice", "reads-at-night");
			session = visitor.cookie("SESSION");
			assertThat(session).isNotEmpty();
			assertThat(visitor.cookie("JSESSIONID")).isEmpty();
		}
		try (DemoSite site = open()) {
			ShopVisitor visitor = new ShopVisitor(site).withHeader("Cookie", "SESSION=" + session);
			assertThat(visitor.open("/me").body()).contains("alice");
		}
	}

	@Test
	void startWhenProfileInactiveThenNoRedisBeans() {
		try (DemoSite site = DemoSite.open(this.folder)) {
			assertThat(site.beanNames(FindByIndexNameSessionRepository.class)).isEmpty();
		}
	}

}
