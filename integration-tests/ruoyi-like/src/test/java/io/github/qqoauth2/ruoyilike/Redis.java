package io.github.qqoauth2.ruoyilike;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

import redis.embedded.RedisServer;

/**
 * A Redis server on a free port.
 */
final class Redis implements AutoCloseable {

	private static final int ATTEMPTS = 3;

	private static final int TIMEOUT_MINUTES = 3;

	private final RedisServer server;

	private Redis(RedisServer server) {
		this.server = server;
	}

	/**
	 * Starts a server. Retries, because another process may take the free port first.
	 */
	static Redis start() {
		for (int attempt = 1;; attempt++) {
			try {
				RedisServer server = new RedisServer(freePort());
				CompletableFuture.runAsync(() -> start(server)).orTimeout(TIMEOUT_MINUTES, TimeUnit.MINUTES).join();
				return new Redis(server);
			}
			catch (IOException | CompletionException ex) {
				if (attempt == ATTEMPTS) {
					throw new IllegalStateException(ex);
				}
			}
		}
	}

	private static void start(RedisServer server) {
		try {
			server.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	int port() {
		return this.server.ports().get(0);
	}

	@Override
	public void close() throws IOException {
		this.server.stop();
	}

}
