package io.github.qqoauth2.conversation.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.data.redis.RedisSessionMapper;
import org.springframework.session.data.redis.RedisSessionRepository;
import redis.embedded.RedisServer;

/**
 * A Redis server on a free port.
 */
final class Redis implements AutoCloseable {

	/** Another process may take the free port before Redis does. */
	private static final int START_ATTEMPTS = 5;

	private final RedisServer server;

	private final int port;

	private Redis(RedisServer server, int port) {
		this.server = server;
		this.port = port;
	}

	static Redis start() {
		for (int attempt = 1;; attempt++) {
			try {
				int port = freePort();
				RedisServer server = RedisServer.newRedisServer().port(port).setting("save \"\"").build();
				server.start();
				return new Redis(server, port);
			}
			catch (IOException ex) {
				if (attempt == START_ATTEMPTS) {
					throw new UncheckedIOException(ex);
				}
			}
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	/**
	 * A request that was in progress while the session got another id leaves a part of
	 * the old session in Redis, for which the default mapper throws. This is the
	 * workaround in the reference of Spring Session.
	 */
	static SessionRepositoryCustomizer<RedisSessionRepository> ignorePartialSessions() {
		RedisSessionMapper mapper = new RedisSessionMapper();
		return (sessions) -> sessions.setRedisSessionMapper((id, entries) -> {
			try {
				return mapper.apply(id, entries);
			}
			catch (IllegalStateException ex) {
				sessions.deleteById(id);
				return null;
			}
		});
	}

	int port() {
		return this.port;
	}

	@Override
	public void close() {
		try {
			this.server.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
