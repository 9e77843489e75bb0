package io.github.qqoauth2.simulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Sends requests over a plain socket and returns every byte of the response and how the
 * connection ended.
 */
final class RawClient {

	/**
	 * Bounds every wait. Waits end with the data, so a slow machine has time to spare.
	 */
	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	/**
	 * The time without a byte after which a connection counts as silent.
	 */
	private static final Duration SILENCE = Duration.ofMillis(500);

	private static final int MAX_SIZE = 1 << 20;

	private RawClient() {
	}

	/**
	 * Sends a GET with {@code Connection: close} and reads to the end of the connection.
	 */
	static Result get(URI base, String pathAndQuery) throws IOException {
		return exchange(base, pathAndQuery, "Connection: close\r\n", MAX_SIZE, "");
	}

	static Result get(URI base, QqEndpoint endpoint) throws IOException {
		return get(base, endpoint.path() + "?fmt=json");
	}

	/**
	 * Sends a GET and reads to the end of the connection or up to a number of bytes.
	 */
	static Result get(URI base, String pathAndQuery, int size) throws IOException {
		return exchange(base, pathAndQuery, "", size, "");
	}

	/**
	 * Sends a GET, reads until the response ends with a text, and then waits for more
	 * until the connection counts as silent.
	 */
	static Result getUntilSilence(URI base, String pathAndQuery, String lastText) throws IOException {
		return exchange(base, pathAndQuery, "", MAX_SIZE, lastText);
	}

	private static Result exchange(URI base, String pathAndQuery, String headers, int size, String lastText)
			throws IOException {
		long start = System.nanoTime();
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), (int) TIMEOUT.toMillis());
			socket.getOutputStream()
				.write(("GET " + pathAndQuery + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
					.getBytes(StandardCharsets.ISO_8859_1));
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			End end = read(socket, bytes, size, lastText);
			return new Result(text(bytes), end, Duration.ofNanos(System.nanoTime() - start));
		}
	}

	private static End read(Socket socket, ByteArrayOutputStream bytes, int size, String lastText) throws IOException {
		byte[] buffer = new byte[8192];
		while (bytes.size() < size) {
			try {
				boolean complete = !lastText.isEmpty() && text(bytes).endsWith(lastText);
				socket.setSoTimeout((int) (complete ? SILENCE : TIMEOUT).toMillis());
				int count = socket.getInputStream().read(buffer);
				if (count < 0) {
					return End.FIN;
				}
				bytes.write(buffer, 0, count);
			}
			catch (SocketTimeoutException ex) {
				return End.SILENCE;
			}
			catch (SocketException ex) {
				return End.RST;
			}
		}
		return End.SIZE;
	}

	private static String text(ByteArrayOutputStream bytes) {
		return bytes.toString(StandardCharsets.ISO_8859_1);
	}

	/**
	 * How reading ended.
	 */
	enum End {

		FIN, RST, SILENCE, SIZE

	}

	/**
	 * The received bytes, each as one character.
	 */
	record Result(String text, End end, Duration elapsed) {

		byte[] bytes() {
			return this.text.getBytes(StandardCharsets.ISO_8859_1);
		}

		String head() {
			return this.text.substring(0, Math.max(0, this.text.indexOf("\r\n\r\n")));
		}

		byte[] body() {
			return this.text.substring(this.text.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
		}

		String bodyText() {
			return new String(body(), StandardCharsets.UTF_8);
		}

	}

}
