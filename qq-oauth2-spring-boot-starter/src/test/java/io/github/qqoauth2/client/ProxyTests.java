package io.github.qqoauth2.client;

import java.io.IOException;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.client.registration.ClientRegistration;

import io.github.qqoauth2.simulator.QqSimulator;
import io.github.qqoauth2.simulator.QqSimulatorBuilder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of calls through an HTTP proxy.
 */
public class ProxyTests {

	private static final String NEEDS_BASIC = "HTTP/1.1 407 Any\r\nProxy-Authenticate: Basic realm=\"way out\"";

	// name:secret
	private static final String PASSWORD = "Proxy-Authorization: Basic bmFtZTpzZWNyZXQ=";

	private final @Nullable ProxySelector before = ProxySelector.getDefault();

	private final QqSimulator qq = new QqSimulatorBuilder().tls(true).start();

	private final Relay proxy = Relay.proxy(this.qq.url().getPort());

	@AfterEach
	void stop() throws IOException {
		ProxySelector.setDefault(this.before);
		Authenticator.setDefault(null);
		this.proxy.close();
		this.qq.close();
	}

	/**
	 * Makes a call through a proxy with a password, in a JVM that allows Basic there.
	 */
	public static void main(String[] arguments) throws IOException {
		ProxyTests test = new ProxyTests();
		try {
			test.authenticate("name", "secret");
			QqFailure failure = test.call(test.proxy.refusing(NEEDS_BASIC, PASSWORD).port());
			System.out.println("with password: " + failure.message());
			test.authenticate("name", "wrong");
			failure = test.call(test.proxy.port());
			System.out.println("wrong password: " + failure.message().replace(test.address(), "PROXY"));
			Authenticator.setDefault(null);
			failure = test.call(test.proxy.port());
			System.out.println("no authenticator: " + failure.message().replace(test.address(), "PROXY"));
		}
		finally {
			test.stop();
		}
	}

	private String address() {
		return "127.0.0.1:" + this.proxy.port();
	}

	private List<String> authenticate(String name, String password) {
		List<String> asked = new ArrayList<>();
		Authenticator.setDefault(new Authenticator() {

			@Override
			protected PasswordAuthentication getPasswordAuthentication() {
				asked.add(getRequestorType() + " " + getRequestingURL());
				return new PasswordAuthentication(name, password.toCharArray());
			}

		});
		return asked;
	}

	// The simulator refuses the code, which shows that the request arrived.
	private QqFailure call(int proxyPort) {
		return call(proxyPort, this.qq.url().toString());
	}

	private QqFailure call(int proxyPort, String url) {
		ProxySelector.setDefault(ProxySelector.of(InetSocketAddress.createUnresolved("127.0.0.1", proxyPort)));
		QqClient client = new QqClient(this.qq.url(), false, Duration.ofSeconds(6), 100, ObservationRegistry.NOOP,
				this.qq.clientSslContext());
		ClientRegistration registration = QqLogins.registration(url, QqSimulator.APP_ID, QqSimulator.APP_KEY);
		return QqFailure.of(() -> client.tokenClient().getTokenResponse(QqLogins.grant(registration, QqLogins.CODE)));
	}

	@Test
	void tokenWhenProxyConnectsThenReachesQq() {
		assertThat(call(this.proxy.port()).fault()).isEqualTo(Fault.QQ_ERROR);
		assertThat(this.proxy.heads()).singleElement().asString().startsWith("CONNECT ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "407 A\r\nProxy-Authenticate: Basic realm=\"p\"", "407 A\r\nProxy-Authenticate: NTLM",
			"407 A", "403 A", "502 A" })
	void tokenWhenProxyRefusesThenFaultNamesProxy(String response) {
		this.proxy.refusing("HTTP/1.1 " + response, null);
		for (boolean authenticates : new boolean[] { false, true }) {
			List<String> asked = authenticates ? authenticate("name", "secret") : List.of();
			QqFailure failure = call(this.proxy.port());
			assertThat(failure.fault()).isEqualTo(Fault.QQ_PROXY);
			assertThat(failure.code()).isEqualTo(QqOAuth2Error.UNAVAILABLE);
			assertThat(failure.message())
				.contains("was refused by the proxy " + address() + " with status " + response.substring(0, 3));
			assertThat(failure.thrown()).hasNoCause();
			// the JDK allows no Basic for a tunnel by default
			assertThat(asked).isEmpty();
		}
		assertThat(this.qq.requests()).isEmpty();
	}

	@Test
	void tokenWhenProxyIsNotAvailableThenFaultNamesProxy() throws IOException {
		try (ClosedPort port = new ClosedPort()) {
			int closed = Integer.parseInt(port.url().replaceAll(".*:", ""));
			QqFailure failure = call(closed);
			assertThat(failure.fault()).isEqualTo(Fault.QQ_CONNECT);
			assertThat(failure.message()).contains("through the proxy 127.0.0.1:" + closed);
		}
	}

	@Test
	void tokenWhenPlainHttpAndProxyWantsPasswordThenAuthenticatorIsAskedWithoutUrl() {
		this.proxy.refusing(NEEDS_BASIC, null);
		QqFailure without = call(this.proxy.port(), "http://qq.example.com");
		assertThat(without.message()).contains("was refused by the proxy " + address() + " with status 407");
		List<String> asked = authenticate("name", "secret");
		call(this.proxy.port(), "http://qq.example.com");
		assertThat(asked).isNotEmpty().containsOnly("PROXY null");
	}

	@Test
	void tokenWhenQqRefusesWithoutChallengeThenItsErrorIsReadAsWithoutAuthenticator() throws IOException {
		authenticate("name", "secret");
		try (RawServer server = new RawServer().always(RawServer.reply(401, "text/html", "{\"error\":100009}"))) {
			assertThat(QqFailure.of(() -> QqLogins.token(QqLogins.client(server), server)).number()).isEqualTo(100009);
		}
	}

	@Test
	void tokenWhenBasicIsAllowedThenProxyGetsPassword() throws Exception {
		Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(),
				"-Djdk.http.auth.tunneling.disabledSchemes=", "-cp", System.getProperty("java.class.path"),
				ProxyTests.class.getName())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(output).containsPattern("with password: QQ_ERROR: token call .* returned error 1000")
			.containsPattern("wrong password: QQ_PROXY: .* refused by the proxy PROXY with status 407")
			.containsPattern("no authenticator: QQ_PROXY: .* refused by the proxy PROXY with status 407")
			.doesNotContain("secret");
	}

}
