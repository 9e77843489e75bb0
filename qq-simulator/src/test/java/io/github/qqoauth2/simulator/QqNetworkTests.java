package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.Map;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link QqNetwork} and TLS.
 */
class QqNetworkTests {

	@Test
	void networkWhenRefusedThenRefusesConnectionsUntilUp() throws IOException {
		try (QqSimulator simulator = QqSimulator.start()) {
			URI url = simulator.url();
			simulator.network(QqNetwork.REFUSED);
			assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> connect(url, Duration.ofMinutes(3)));
			simulator.network(QqNetwork.UP);
			assertThat(simulator.url()).isEqualTo(url);
			assertThat(RawClient.get(url, QqEndpoint.ME).head()).startsWith("HTTP/1.1 200");
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void networkWhenRefusedThenPortStaysReserved() throws IOException {
		try (QqSimulator simulator = QqSimulator.start(); ServerSocket other = new ServerSocket()) {
			simulator.network(QqNetwork.REFUSED);
			other.setReuseAddress(false);
			assertThatExceptionOfType(BindException.class).isThrownBy(() -> other
				.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), simulator.url().getPort())));
		}
	}

	@Test
	@EnabledOnOs(OS.LINUX)
	void networkWhenBlackHoleThenConnectTimesOutUntilReset() throws IOException {
		try (QqSimulator simulator = QqSimulator.start()) {
			simulator.network(QqNetwork.BLACK_HOLE);
			assertThatExceptionOfType(SocketTimeoutException.class)
				.isThrownBy(() -> connect(simulator.url(), Duration.ofMillis(500)));
			simulator.reset();
			assertThat(RawClient.get(simulator.url(), QqEndpoint.ME).head()).startsWith("HTTP/1.1 200");
		}
	}

	@Test
	void networkWhenChangedThenKeepsCodes() {
		try (QqSimulator simulator = QqSimulator.start()) {
			TestClient client = new TestClient(simulator);
			String code = client.code(QqPerson.PANDA);
			simulator.network(QqNetwork.REFUSED);
			simulator.network(QqNetwork.UP);
			assertThat(client.get(QqEndpoint.TOKEN, TestClient.token(code)).body()).startsWith("access_token=");
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.MATCH_ALL, names = "TLS_.*")
	void networkWhenTlsConstantWithoutTlsThenFails(QqNetwork network) {
		try (QqSimulator simulator = QqSimulator.start()) {
			assertThatIllegalStateException().isThrownBy(() -> simulator.network(network));
			assertThatIllegalStateException().isThrownBy(simulator::certificate);
			assertThat(new TestClient(simulator).get(QqEndpoint.ME, Map.of()).statusCode()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource(HttpClient.Version.class)
	void tlsWhenTrustedThenSupportsHttpVersion(HttpClient.Version version) {
		try (QqSimulator simulator = new QqSimulatorBuilder().tls(true).start()) {
			assertThat(simulator.url()).hasScheme("https").hasHost("localhost");
			TestClient client = trusting(simulator, version);
			HttpResponse<String> response = client.get(QqEndpoint.ME,
					Map.of("access_token", client.accessToken(QqPerson.PANDA)));
			assertThat(response.version()).isEqualTo(version);
			assertThat(response.body()).contains(QqPerson.PANDA.openid(QqSimulator.APP_ID));
		}
	}

	@Test
	void tlsWhenCertificateIsNotTrustedThenHandshakeFails() {
		try (QqSimulator simulator = new QqSimulatorBuilder().tls(true).start()) {
			assertThat(simulator.certificate().getBasicConstraints()).isGreaterThanOrEqualTo(0);
			assertHandshakeFails(new TestClient(simulator), "PKIX path building failed");
		}
	}

	@ParameterizedTest
	@CsvSource({ "TLS_EXPIRED,validity check failed", "TLS_WRONG_HOST,localhost",
			"TLS_UNTRUSTED,PKIX path building failed", "TLS_1_0,TLS10" })
	void networkWhenTlsIsBrokenThenHandshakeFailsWithReason(QqNetwork network, String message) {
		try (QqSimulator simulator = new QqSimulatorBuilder().tls(true).start()) {
			simulator.network(network);
			assertHandshakeFails(trusting(simulator, HttpClient.Version.HTTP_2), message);
			simulator.network(QqNetwork.UP);
			assertThat(trusting(simulator, HttpClient.Version.HTTP_2).get(QqEndpoint.ME, Map.of()).statusCode())
				.isEqualTo(200);
			assertThat(simulator.requests()).hasSize(1);
		}
	}

	@Test
	void networkWhenTlsExpiredThenCertificateIsExpired() {
		try (QqSimulator simulator = new QqSimulatorBuilder().tls(true).start()) {
			simulator.network(QqNetwork.TLS_EXPIRED);
			assertThatExceptionOfType(UncheckedIOException.class)
				.isThrownBy(() -> trusting(simulator, HttpClient.Version.HTTP_1_1).get(QqEndpoint.ME, Map.of()))
				.havingRootCause()
				.isInstanceOf(CertificateExpiredException.class);
		}
	}

	@Test
	void networkWhenTlsStallsThenHandshakeIsNotAnswered() throws IOException {
		try (QqSimulator simulator = new QqSimulatorBuilder().tls(true).start()) {
			simulator.network(QqNetwork.TLS_STALL);
			try (SSLSocket socket = (SSLSocket) simulator.clientSslContext()
				.getSocketFactory()
				.createSocket("localhost", simulator.url().getPort())) {
				socket.setSoTimeout(500);
				assertThatExceptionOfType(IOException.class).isThrownBy(socket::startHandshake)
					.isInstanceOfAny(SocketTimeoutException.class, SSLException.class)
					.withMessageContaining("timed out");
			}
		}
	}

	@ParameterizedTest
	@EnumSource(HttpClient.Version.class)
	void faultsOverTlsWhenSentThenClientFails(HttpClient.Version version) {
		try (QqSimulator simulator = new QqSimulatorBuilder().tls(true).start()) {
			TestClient client = trusting(simulator, version);
			client.get(QqEndpoint.ME, Map.of());
			for (QqReply fault : new QqReply[] { QqReply.reset(), QqReply.normal().cutAfter(5),
					QqReply.normal().resetAfter(5), QqReply.hang(Duration.ofMillis(100)),
					QqReply.notHttp(new byte[] { 1, 2, 3 }) }) {
				// The JDK client may repeat a GET on a new connection.
				simulator.enqueue(QqEndpoint.ME, fault).enqueue(QqEndpoint.ME, fault);
				assertThatExceptionOfType(UncheckedIOException.class)
					.isThrownBy(() -> client.get(QqEndpoint.ME, Map.of()));
				simulator.reset();
			}
			assertThat(client.get(QqEndpoint.ME, Map.of()).statusCode()).isEqualTo(200);
		}
	}

	private static void connect(URI url, Duration timeout) throws IOException {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), (int) timeout.toMillis());
		}
	}

	private static void assertHandshakeFails(TestClient client, String message) {
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> client.get(QqEndpoint.ME, Map.of()))
			.withCauseInstanceOf(SSLHandshakeException.class)
			.withMessageContaining(message);
	}

	private static TestClient trusting(QqSimulator simulator, HttpClient.Version version) {
		return new TestClient(simulator,
				HttpClient.newBuilder().sslContext(simulator.clientSslContext()).version(version));
	}

}
