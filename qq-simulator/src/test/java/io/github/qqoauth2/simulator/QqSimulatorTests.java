package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link QqSimulator}.
 */
class QqSimulatorTests {

	private final QqSimulator simulator = QqSimulator.start();

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void startWhenNoOptionsThenListensOnLoopback() {
		assertThat(this.simulator.url()).hasScheme("http").hasHost("127.0.0.1");
		assertThat(this.simulator.url().getPort()).isPositive();
	}

	@Test
	void startWhenPortIsInUseThenFails() {
		QqSimulatorBuilder builder = new QqSimulatorBuilder().port(this.simulator.url().getPort());
		assertThatIllegalStateException().isThrownBy(builder::start).withMessageContaining("127.0.0.1");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0.0.0.0", "10.0.0.1", "::", "no.such.host.invalid" })
	void hostWhenNotLoopbackThenFails(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> new QqSimulatorBuilder().host(host));
	}

	@Test
	void closeWhenCalledThenReleasesPort() {
		int port = this.simulator.url().getPort();
		this.simulator.close();
		try (QqSimulator again = new QqSimulatorBuilder().port(port).start()) {
			assertThat(again.url()).isEqualTo(this.simulator.url());
		}
	}

	@Test
	void enqueueWhenSeveralThenSendsEachOnceInOrder() {
		this.simulator.enqueue(QqEndpoint.ME, QqReply.status(500))
			.enqueue(QqEndpoint.TOKEN, QqReply.status(404))
			.enqueue(QqEndpoint.ME, QqReply.status(503));
		assertThat(List.of(status(QqEndpoint.ME), status(QqEndpoint.ME), status(QqEndpoint.ME))).containsExactly(500,
				503, 200);
		assertThat(status(QqEndpoint.TOKEN)).isEqualTo(404);
	}

	@Test
	void requestsWhenReceivedThenKeepsOrderAndHeaders() {
		this.client.get(QqEndpoint.ME, Map.of("access_token", "小 明"), "X-Test", "1");
		this.client.post(QqEndpoint.TOKEN, Map.of("code", "a&b"));
		List<QqRequest> requests = this.simulator.requests();
		assertThat(requests).extracting(QqRequest::endpoint).containsExactly(QqEndpoint.ME, QqEndpoint.TOKEN);
		assertThat(requests.get(0).rawQuery()).isEqualTo("access_token=%E5%B0%8F%20%E6%98%8E");
		assertThat(requests.get(0).parameter("access_token")).isEqualTo("小 明");
		assertThat(requests.get(0).header("x-test")).isEqualTo("1");
		assertThat(requests.get(1).method()).isEqualTo("POST");
		assertThat(requests.get(1).parameter("code")).isEqualTo("a&b");
		this.client.get(QqEndpoint.ME, Map.of());
		assertThat(requests).hasSize(2);
		this.simulator.clearRequests();
		assertThat(this.simulator.requests()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a=%7e%7E&a=+%2B&b", "a={x}|\"<>\\^`", "%zz=%", "a=b?c=d&&", "a=%E5%B0" })
	void requestsWhenQueryIsMalformedThenKeepsItUnchanged(String query) throws IOException {
		assertThat(RawClient.get(this.simulator.url(), "/oauth2.0/me?" + query).head()).startsWith("HTTP/1.1 200");
		assertThat(this.simulator.requests()).singleElement()
			.satisfies((request) -> assertThat(request.rawQuery()).isEqualTo(query));
	}

	@Test
	void requestsWhenTooManyThenKeepsLatest() {
		URI url = this.client.uri(QqEndpoint.AUTHORIZE, TestClient.authorize());
		for (int i = 0; i < Traffic.MAX_REQUESTS + 10; i++) {
			this.simulator.deny(url);
		}
		assertThat(this.simulator.requests()).hasSize(Traffic.MAX_REQUESTS);
	}

	@Test
	void resetWhenCalledThenKeepsAppsAndPeopleOnly() {
		this.simulator.addApp(new QqApp("102000002", "key"));
		this.simulator.addPerson(new QqPerson("lihua", "李华", "女", null));
		String token = this.client.accessToken(QqPerson.PANDA);
		this.simulator.enqueue(QqEndpoint.ME, QqReply.status(500));
		this.simulator.network(QqNetwork.REFUSED);
		this.simulator.reset();
		assertThat(this.simulator.requests()).isEmpty();
		assertThat(this.client.get(QqEndpoint.ME, Map.of("access_token", token)).body()).contains("100016");
		Map<String, String> parameters = TestClient.with(TestClient.authorize(), "client_id", "102000002");
		assertThat(this.client.get(QqEndpoint.AUTHORIZE, parameters).body()).contains("李华");
	}

	@Test
	void getWhenPathIsUnknownThenNotFoundAndNotRecorded() throws IOException {
		assertThat(RawClient.get(this.simulator.url(), "/oauth2.0/other").head()).startsWith("HTTP/1.1 404");
		assertThat(this.simulator.requests()).isEmpty();
	}

	@Test
	void toStringWhenValuesAreSecretThenOmitsThem() {
		this.client.get(QqEndpoint.TOKEN, TestClient.token("secret-code"));
		assertThat(this.simulator.requests())
			.hasToString("[QqRequest[TOKEN GET [grant_type, client_id, client_secret, code, redirect_uri]]]");
		assertThat(new QqApp("1", "secret-key")).hasToString("QqApp[1]");
		assertThat(QqPerson.XIAO_MING).hasToString("QqPerson[xiaoming]");
	}

	@Test
	void openidWhenDerivedThenStableAndSpecificToAppAndPerson() {
		assertThat(QqPerson.XIAO_MING.openid("1")).matches("[0-9A-F]{32}")
			.isEqualTo(new QqPerson("xiaoming", "renamed", "女", null).openid("1"))
			.isNotEqualTo(QqPerson.XIAO_MING.openid("2"))
			.isNotEqualTo(QqPerson.PANDA.openid("1"));
		assertThat(QqPerson.XIAO_MING.unionid()).matches("UID_[0-9A-F]{32}");
	}

	@Test
	void constructorsWhenInvalidThenFail() {
		assertThatIllegalArgumentException().isThrownBy(() -> new QqApp("12a", "key"));
		assertThatIllegalArgumentException().isThrownBy(() -> new QqApp("12", " "));
		assertThatIllegalArgumentException().isThrownBy(() -> new QqPerson(" ", "", "男", null));
	}

	@Test
	void headersWhenReturnedThenUnmodifiable() {
		this.client.get(QqEndpoint.ME, Map.of());
		QqRequest request = this.simulator.requests().get(0);
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> request.headers().put("a", List.of()));
	}

	private int status(QqEndpoint endpoint) {
		return this.client.get(endpoint, Map.of()).statusCode();
	}

}
