package io.github.qqoauth2.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

import io.github.qqoauth2.client.RawServer.Behaviour;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a login ends within its timeouts, however slow QQ is.
 */
class DeadlineTests {

	private static final String TOKEN = "{\"access_token\":\"AT\",\"openid\":\"" + QqLogins.OPENID + "\"}";

	private final RawServer server = new RawServer().always(RawServer.reply(TOKEN));

	private final QqClient client = QqLogins.client(this.server);

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	static Stream<Behaviour> slow() {
		String head = "HTTP/1.1 200 OK\r\nContent-Length: " + TOKEN.length() + "\r\n\r\n";
		return Stream.of(RawServer.hang(), RawServer.drip(head + TOKEN, 200),
				RawServer.then(RawServer.raw(head), RawServer.drip(TOKEN, 200)),
				RawServer.then(RawServer.raw(head + TOKEN.substring(1)), RawServer.hang()),
				RawServer.then(RawServer.raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
						RawServer.drip("1\r\na\r\n".repeat(1000), 200)),
				RawServer.drip("HTTP/1.1 102 Processing\r\n\r\n".repeat(1000), 10));
	}

	@ParameterizedTest
	@MethodSource("slow")
	void tokenWhenReplyIsSlowThenFailsAtDeadline(Behaviour slow) {
		this.server.always(slow);
		QqClient shortTimeout = QqLogins.client(this.server, Duration.ofMillis(700));
		long start = System.nanoTime();
		QqFailure failure = QqFailure.of(() -> QqLogins.token(shortTimeout, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_READ_TIMEOUT);
		assertThat(elapsed(start)).isBetween(Duration.ofMillis(650), Duration.ofMillis(1500));
	}

	@Test
	void tokenWhenBodyIsSlowThenConnectionIsClosedAtDeadline() {
		String head = "HTTP/1.1 200 OK\r\nContent-Length: 60000\r\n\r\n";
		this.server.always(RawServer.then(RawServer.raw(head), RawServer.drip("a".repeat(60_000), 20)));
		QqClient shortTimeout = QqLogins.client(this.server, Duration.ofMillis(400));
		assertThat(QqFailure.of(() -> QqLogins.token(shortTimeout, this.server)).fault())
			.isEqualTo(Fault.QQ_READ_TIMEOUT);
		// the JDK's selector may take three seconds to release a closed socket
		for (int i = 0; i < 50 && this.server.openConnections() > 0; i++) {
			RawServer.pause(100);
		}
		assertThat(this.server.openConnections()).isZero();
	}

	@Test
	void callWhenReplyIsMissingThenFailsAfterThreeSeconds() {
		this.server.always(RawServer.hang());
		long start = System.nanoTime();
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_READ_TIMEOUT);
		assertThat(elapsed(start)).isBetween(Duration.ofMillis(2900), Duration.ofMillis(3900));
	}

	@Test
	void laterCallsWhenTokenCallIsSlowThenShareLoginTimeout() {
		Behaviour lateReply = (socket) -> {
			RawServer.pause(600);
			RawServer.reply("{\"access_token\":\"AT\"}").answer(socket);
		};
		this.server.next(lateReply).always(RawServer.hang());
		QqClient shortTimeout = QqLogins.client(this.server, Duration.ofSeconds(1));
		ClientRegistration registration = QqLogins.registration(this.server);
		long start = System.nanoTime();
		var request = QqLogins.userRequest(registration, QqLogins.token(shortTimeout, this.server));
		assertThat(QqFailure.of(() -> shortTimeout.loadIdentity(request)).fault()).isEqualTo(Fault.QQ_READ_TIMEOUT);
		assertThat(elapsed(start)).isBetween(Duration.ofMillis(950), Duration.ofMillis(1500));
		int sent = this.server.requests().size();
		QqIdentity identity = new QqIdentity(QqLogins.APP_ID, QqLogins.OPENID, null);
		QqFailure failure = QqFailure.of(() -> shortTimeout.loadProfile(request, identity));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_READ_TIMEOUT);
		assertThat(failure.message()).contains("had no time left");
		assertThat(this.server.requests()).hasSize(sent);
	}

	@Test
	void tokenWhenConnectionIsNotAcceptedThenFailsAfterTwoSeconds() throws IOException {
		List<Socket> sockets = new ArrayList<>();
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			for (int i = 0; i < 4; i++) {
				Socket socket = new Socket();
				sockets.add(socket);
				new Thread(() -> connect(socket, full)).start();
			}
			RawServer.pause(300);
			ClientRegistration registration = QqLogins.registration("http://127.0.0.1:" + full.getLocalPort(),
					QqLogins.APP_ID, QqLogins.APP_KEY);
			long start = System.nanoTime();
			QqFailure failure = QqFailure
				.of(() -> this.client.tokenClient().getTokenResponse(QqLogins.grant(registration, QqLogins.CODE)));
			assertThat(failure.fault()).isEqualTo(Fault.QQ_CONNECT_TIMEOUT);
			assertThat(elapsed(start)).isBetween(Duration.ofMillis(1900), Duration.ofMillis(2900));
		}
		finally {
			for (Socket socket : sockets) {
				socket.close();
			}
		}
	}

	private static void connect(Socket socket, ServerSocket server) {
		try {
			socket.connect(server.getLocalSocketAddress());
		}
		catch (IOException ex) {
			// closed at the end of the test
		}
	}

	private static Duration elapsed(long start) {
		return Duration.ofNanos(System.nanoTime() - start);
	}

}
