package io.github.qqoauth2.simulator;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link MeEndpoint}.
 */
class MeEndpointTests {

	private final MutableClock clock = new MutableClock();

	private final QqSimulator simulator = new QqSimulatorBuilder().clock(this.clock).start();

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void getWhenTokenIsValidThenRepliesRecordedJsonp() {
		HttpResponse<String> response = get(Map.of("access_token", token()));
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html");
		assertThat(Recorded.shape(response.body()))
			.isEqualTo(Recorded.shape(Recorded.reply("me-ok-jsonp-observed.txt")).strip() + "\n");
		assertThat(Recorded.reply("me-ok-jsonp-newline.txt")).endsWith(" );\n");
		assertThat(response.body()).contains(QqPerson.XIAO_MING.openid(QqSimulator.APP_ID));
	}

	@Test
	void getWhenUnionidIsGrantedThenRepliesRecordedJson() {
		this.simulator.addApp(new QqApp(QqSimulator.APP_ID, QqSimulator.APP_KEY, Set.of(), true));
		String body = get(Map.of("access_token", token(), "unionid", "1", "fmt", "json")).body();
		assertThat(Recorded.shape(body)).isEqualTo(Recorded.shape(Recorded.reply("me-ok-json-unionid.json")));
		assertThat(body).contains(QqPerson.XIAO_MING.unionid());
	}

	@Test
	void getWhenUnionidIsNotGrantedThenOmitsOpenid() {
		String body = get(Map.of("access_token", token(), "unionid", "1")).body();
		assertThat(body).contains("\"error\":100048").doesNotContain("openid");
	}

	@Test
	void getWhenTokenIsWrongThenRepliesRecordedError() {
		assertThat(get(Map.of("access_token", "wrong")).body())
			.isEqualTo(Recorded.reply("me-error-100016-jsonp.txt").strip() + "\n");
		assertThat(get(Map.of("access_token", "wrong", "fmt", "json")).body())
			.isEqualTo("{\"error\":100016,\"error_description\":\"access token check failed\"}");
	}

	@Test
	void getWhenTokenIsInHeaderOnlyThenRepliesMissing() {
		assertThat(this.client.get(QqEndpoint.ME, Map.of(), "Authorization", "Bearer " + token()).body())
			.contains("\"error\":100007");
	}

	@Test
	void getWhenTokenIsSixtyDaysOldThenRepliesExpired() {
		String token = token();
		this.clock.advance(Duration.ofDays(60));
		assertThat(get(Map.of("access_token", token)).body()).contains("\"error\":100014");
	}

	private HttpResponse<String> get(Map<String, String> parameters) {
		return this.client.get(QqEndpoint.ME, parameters);
	}

	private String token() {
		return this.client.accessToken(QqPerson.XIAO_MING);
	}

}
