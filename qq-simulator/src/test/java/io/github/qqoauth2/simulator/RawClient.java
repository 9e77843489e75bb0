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
 * A socket that sees every byte and how a connection ends.
 */
final class RawClient {

	/**
	 * For the first byte, which is long in coming where the machine is busy.
	 */
	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private RawClient() {
	}

	/**
	 * Sends a GET and reads until the end, until nothing has come for a while after a
	 * byte, or until there is enough.
	 */
	static Result get(URI base, String pathAndQuery, Duration silence, int most) throws IOException {
		return get(base, pathAndQuery, silence, most, "");
	}

	/**
	 * Sends a GET on a connection that ends with the reply.
	 */
	static Result get(URI base, String pathAndQuery) throws IOException {
		return get(base, pathAndQuery, Duration.ofSeconds(2), 1 << 20, "Connection: close\r\n");
	}

	static Result get(URI base, QqEndpoint endpoint) throws IOException {
		return get(base, endpoint.path() + "?fmt=json");
	}

	private static Result get(URI base, String pathAndQuery, Duration silence, int most, String fields)
			throws IOException {
		long start = System.nanoTime();
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(base.getHost(), base.getPort()), (int) PATIENCE.toMillis());
			socket.getOutputStream()
				.write(("GET " + pathAndQuery + " HTTP/1.1\r\nHost: localhost\r\n" + fields + "\r\n")
					.getBytes(StandardCharsets.ISO_8859_1));
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			End end = read(socket, bytes, silence, most);
			return new Result(bytes.toString(StandardCharsets.ISO_8859_1), end,
					Duration.ofNanos(System.nanoTime() - start));
		}
	}

	private static End read(Socket socket, ByteArrayOutputStream bytes, Duration silence, int most) throws IOException {
		byte[] buffer = new byte[8192];
		while (bytes.size() < most) {
			try {
				socket.setSoTimeout((int) ((bytes.size() == 0) ? PATIENCE : silence).toMillis());
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
		return End.ENOUGH;
	}

	/**
	 * How reading ended.
	 */
	enum End {

		FIN, RST, SILENCE, ENOUGH

	}

	/**
	 * What came, each byte as one character.
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
