package io.github.qqoauth2.client;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.qqoauth2.client.RawServer.Behaviour;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no request is sent twice and that connections are reused.
 */
class SendOnceTests {

	private static final String TOKEN = "{\"access_token\":\"AT\",\"openid\":\"" + QqLogins.OPENID + "\"}";

	private final RawServer server = new RawServer().always(RawServer.reply(TOKEN));

	private final QqClient client = QqLogins.client(this.server);

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	@Test
	void tokenWhenCalledAgainThenConnectionIsReused() {
		for (int i = 0; i < 5; i++) {
			QqLogins.token(this.client, this.server);
		}
		assertThat(this.server.connections()).isOne();
	}

	static Stream<Behaviour> ends() {
		return Stream.of(RawServer.end(), RawServer.reset());
	}

	@ParameterizedTest
	@MethodSource("ends")
	void tokenWhenNewConnectionClosesBeforeReplyThenCodeIsSentOnce(Behaviour end) {
		this.server.always(end);
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_IO);
		assertCodeIsSentOnce(0);
	}

	@ParameterizedTest
	@MethodSource("ends")
	void tokenWhenReusedConnectionClosesBeforeReplyThenCodeIsSentOnce(Behaviour end) {
		QqLogins.token(this.client, this.server);
		this.server.always(end);
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_IO);
		assertCodeIsSentOnce(1);
	}

	private void assertCodeIsSentOnce(int before) {
		// leaves time for a second request
		RawServer.pause(200);
		assertThat(this.server.requests()).hasSize(before + 1);
		assertThat(this.server.requests().get(before).target()).contains("code=" + QqLogins.CODE);
		for (int i = 0; i < 50 && this.server.openConnections() > 0; i++) {
			RawServer.pause(100);
		}
		assertThat(this.server.openConnections()).isZero();
	}

	@Test
	void tokenWhenIdleConnectionWasClosedThenOpensNewOne() {
		this.server.next(RawServer.then(RawServer.reply(TOKEN), RawServer.end()));
		QqLogins.token(this.client, this.server);
		RawServer.pause(200);
		QqLogins.token(this.client, this.server);
		assertThat(this.server.connections()).isEqualTo(2);
		assertThat(this.server.requests()).hasSize(2);
	}

	static Stream<Behaviour> broken() {
		String head = "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n";
		String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
		return Stream.of(RawServer.then(RawServer.raw(head + TOKEN), RawServer.end()),
				RawServer.then(RawServer.raw(head + TOKEN), RawServer.reset()),
				RawServer.then(RawServer.raw(chunked + "5\r\nabcde\r\n"), RawServer.end()),
				RawServer.then(RawServer.raw(chunked + "zz\r\n"), RawServer.end()),
				RawServer.then(RawServer.raw("HTTP/1.1 2"), RawServer.end()),
				RawServer.then(RawServer.raw("HTTP/1.1 200 OK\r\nContent-Le"), RawServer.reset()),
				RawServer.then(RawServer.raw("SSH-2.0-OpenSSH_9.6 code=" + QqLogins.CODE + "\r\n\r\n"),
						RawServer.end()),
				RawServer.then(RawServer.raw("HTTP/1.1 200 OK\r\nContent-Length: " + QqLogins.CODE + "\r\n\r\n"),
						RawServer.end()));
	}

	@ParameterizedTest
	@MethodSource("broken")
	void tokenWhenReplyIsBrokenThenCodeIsSentOnceAndNoCause(Behaviour broken) {
		this.server.always(broken);
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_IO);
		assertThat(failure.code()).isEqualTo(QqOAuth2Error.UNAVAILABLE);
		assertThat(failure.thrown()).hasNoCause();
		assertCodeIsSentOnce(0);
	}

}
