package io.github.qqoauth2.client;

import java.io.IOException;
import java.time.Duration;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqNetwork;
import io.github.qqoauth2.simulator.QqReply;
import io.github.qqoauth2.simulator.QqSimulator;
import io.github.qqoauth2.simulator.QqSimulatorBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of slow TLS handshakes: a cold JVM with half a core needs seconds for its first.
 */
class HandshakeTests {

	private final QqSimulator qq = new QqSimulatorBuilder().tls(true).start();

	@AfterEach
	void stop() {
		this.qq.close();
	}

	// The simulator refuses the code, which shows that the request arrived.
	private QqFailure call(int port, Duration loginTimeout) {
		String url = "https://" + this.qq.url().getHost() + ":" + port;
		QqClient client = new QqClient(this.qq.url(), false, loginTimeout, 100, ObservationRegistry.NOOP,
				this.qq.clientSslContext());
		ClientRegistration registration = QqLogins.registration(url, QqSimulator.APP_ID, QqSimulator.APP_KEY);
		return QqFailure.of(() -> client.tokenClient().getTokenResponse(QqLogins.grant(registration, QqLogins.CODE)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1500, 2500, 3000 })
	void tokenWhenHandshakeIsSlowThenRequestIsSent(int millis) throws IOException {
		try (Relay relay = Relay.delaying(this.qq.url().getPort(), millis)) {
			assertThat(call(relay.port(), Duration.ofSeconds(6)).fault()).isEqualTo(Fault.QQ_ERROR);
		}
		assertThat(this.qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

	@Test
	void tokenWhenHandshakeAndReplyAreSlowThenReplyHasItsOwnTime() throws IOException {
		this.qq.enqueue(QqEndpoint.TOKEN, QqReply.normal().delayed(Duration.ofSeconds(2)));
		try (Relay relay = Relay.delaying(this.qq.url().getPort(), 2000)) {
			assertThat(call(relay.port(), Duration.ofSeconds(6)).fault()).isEqualTo(Fault.QQ_ERROR);
		}
	}

	@Test
	void tokenWhenHandshakeExceedsLoginTimeoutThenConnectTimeout() throws IOException {
		try (Relay relay = Relay.delaying(this.qq.url().getPort(), 3000)) {
			long start = System.nanoTime();
			assertThat(call(relay.port(), Duration.ofMillis(1500)).fault()).isEqualTo(Fault.QQ_CONNECT_TIMEOUT);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(1400),
					Duration.ofMillis(2400));
		}
		assertThat(this.qq.requests()).isEmpty();
	}

	@Test
	void tokenWhenConnectionIsNotAcceptedThenFailsAfterTwoSeconds() {
		this.qq.network(QqNetwork.BLACK_HOLE);
		long start = System.nanoTime();
		assertThat(call(this.qq.url().getPort(), Duration.ofSeconds(6)).fault()).isEqualTo(Fault.QQ_CONNECT_TIMEOUT);
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(1900),
				Duration.ofMillis(2900));
	}

}
