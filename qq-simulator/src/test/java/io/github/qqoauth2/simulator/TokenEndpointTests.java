package io.github.qqoauth2.simulator;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TokenEndpoint}.
 */
class TokenEndpointTests {

	private final MutableClock clock = new MutableClock();

	private final QqSimulator simulator = new QqSimulatorBuilder().clock(this.clock).start();

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void getWhenNoFmtThenRepliesRecordedForm() {
		HttpResponse<String> response = get(TestClient.token(code()));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html");
		assertThat(Recorded.shape(response.body()))
			.isEqualTo(Recorded.shape(Recorded.reply("token-ok-form-observed-2017.txt")));
		assertThat(response.body()).contains("&expires_in=5184000&");
		assertThat(Recorded.reply("token-ok-form-official-60d.txt")).contains("&expires_in=5184000&");
	}

	@Test
	void getWhenFmtIsJsonThenRepliesRecordedJson() {
		HttpResponse<String> response = get(TestClient.with(TestClient.token(code()), "fmt", "json"));
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html");
		assertThat(Recorded.shape(response.body()))
			.isEqualTo(Recorded.shape(Recorded.reply("token-ok-json-expires-string.json")));
	}

	@Test
	void getWhenNeedOpenidThenAddsOpenid() {
		String body = get(needOpenid()).body();
		assertThat(Recorded.shape(body))
			.isEqualTo(Recorded.shape(Recorded.reply("token-ok-json-openid-composed.json")));
		assertThat(body).contains("\"openid\":\"" + QqPerson.XIAO_MING.openid(QqSimulator.APP_ID) + "\"");
	}

	@Test
	void getWhenNeedOpenidIsNotHonouredThenOmitsOpenid() {
		this.simulator.needOpenid(false);
		assertThat(get(needOpenid()).body()).doesNotContain("openid").contains("access_token");
		this.simulator.reset();
		assertThat(get(needOpenid()).body()).contains("openid");
	}

	@Test
	void getWhenContentTypeIsSetThenJsonHasContentType() {
		this.simulator.jsonContentType("application/json;charset=utf-8");
		assertThat(get(needOpenid()).headers().firstValue("Content-Type")).hasValue("application/json;charset=utf-8");
		this.simulator.jsonContentType(null);
		assertThat(get(needOpenid()).headers().firstValue("Content-Type")).isEmpty();
	}

	@Test
	void postWhenFormThenRepliesLikeGet() {
		HttpResponse<String> response = this.client.post(QqEndpoint.TOKEN, TestClient.token(code()));
		assertThat(response.body()).startsWith("access_token=");
		assertThat(this.simulator.requests(QqEndpoint.TOKEN)).singleElement().satisfies((request) -> {
			assertThat(request.rawQuery()).isEmpty();
			assertThat(request.body()).contains("client_secret=" + QqSimulator.APP_KEY);
			assertThat(request.parameter("grant_type")).isEqualTo("authorization_code");
		});
	}

	@ParameterizedTest
	@CsvSource({ "grant_type,,100004", "grant_type,password,100004", "client_id,,100001", "client_id,999,100008",
			"client_secret,,100002", "client_secret,wrong,100009", "code,,100005", "code,wrong,100019",
			"redirect_uri,,100010", "redirect_uri,http://127.0.0.1/other,100010" })
	void getWhenParameterIsMissingOrWrongThenRepliesErrorNumber(String name, @Nullable String value, int number) {
		Map<String, String> parameters = TestClient.without(TestClient.token(code()), name);
		if (value != null) {
			parameters.put(name, value);
		}
		assertError(get(parameters), number);
	}

	@Test
	void getWhenSecretIsInBasicHeaderThenRepliesRecordedError() {
		Map<String, String> parameters = TestClient.without(TestClient.token(code()), "client_secret");
		String credentials = QqSimulator.APP_ID + ":" + QqSimulator.APP_KEY;
		String basic = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
		HttpResponse<String> response = this.client.get(QqEndpoint.TOKEN, parameters, "Authorization",
				"Basic " + basic);
		assertThat(response.body()).startsWith(Recorded.reply("token-error-100002-jsonp-nosemicolon.txt").strip());
	}

	@Test
	void getWhenCodeIsReusedThenRepliesRecordedError() {
		Map<String, String> parameters = TestClient.token(code());
		assertThat(get(parameters).body()).startsWith("access_token=");
		assertThat(get(parameters).body()).isEqualTo(Recorded.reply("token-error-100020-jsonp.txt").strip() + "\n");
		assertThat(get(TestClient.with(parameters, "fmt", "json")).body())
			.isEqualTo("{\"error\":100020,\"error_description\":\"code is reused error\"}");
	}

	@Test
	void getWhenCodeIsOfAnotherAppThenRepliesRecordedError() {
		this.simulator.addApp(new QqApp("102000002", "other-key"));
		Map<String, String> parameters = TestClient.with(TestClient.token(code()), "client_id", "102000002");
		assertThat(get(TestClient.with(parameters, "client_secret", "other-key")).body())
			.isEqualTo(Recorded.reply("token-error-100019-jsonp.txt").strip() + "\n");
	}

	@Test
	void getWhenCodeIsTenMinutesOldThenRepliesWrongCode() {
		String first = code();
		String second = code();
		this.clock.advance(Duration.ofMinutes(10).minusMillis(1));
		assertThat(get(TestClient.token(first)).body()).startsWith("access_token=");
		this.clock.advance(Duration.ofMillis(1));
		assertError(get(TestClient.token(second)), 100019);
	}

	@Test
	void getWhenCodeIsRedeemedConcurrentlyThenOneSucceeds() throws Exception {
		Map<String, String> parameters = TestClient.token(code());
		ExecutorService threads = Executors.newFixedThreadPool(16);
		Callable<String> call = () -> get(parameters).body();
		List<Future<String>> calls = threads.invokeAll(Stream.generate(() -> call).limit(64).toList());
		threads.shutdown();
		int successes = 0;
		for (Future<String> answered : calls) {
			successes += answered.get().startsWith("access_token=") ? 1 : 0;
		}
		assertThat(successes).isEqualTo(1);
		assertThat(this.simulator.requests(QqEndpoint.TOKEN)).hasSize(64);
	}

	@Test
	void refreshWhenRepeatedThenSecondFails() {
		String refreshToken = refreshToken(get(TestClient.token(code())));
		HttpResponse<String> refreshed = get(TestClient.refresh(refreshToken));
		assertThat(Recorded.shape(refreshed.body()))
			.isEqualTo(Recorded.shape(Recorded.reply("token-ok-form-observed-2017.txt")));
		assertError(get(TestClient.refresh(refreshToken)), 100021);
		assertThat(get(TestClient.refresh(refreshToken(refreshed))).body()).startsWith("access_token=");
	}

	@Test
	void refreshWhenNinetyDaysAfterLoginThenNewTokenFails() {
		String refreshToken = refreshToken(get(TestClient.token(code())));
		this.clock.advance(Duration.ofDays(89));
		String newToken = refreshToken(get(TestClient.refresh(refreshToken)));
		this.clock.advance(Duration.ofDays(1));
		assertError(get(TestClient.refresh(newToken)), 100021);
	}

	@Test
	void refreshWhenTokenIsMissingThenRepliesErrorNumber() {
		assertError(get(TestClient.without(TestClient.refresh("x"), "refresh_token")), 100006);
	}

	@Test
	void putWhenSentThenMethodNotAllowed() {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.client.uri(QqEndpoint.TOKEN, Map.of()))
			.PUT(HttpRequest.BodyPublishers.noBody());
		assertThat(this.client.send(request).statusCode()).isEqualTo(405);
	}

	private void assertError(HttpResponse<String> response, int number) {
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html");
		assertThat(response.body())
			.matches("callback\\( \\{\"error\":" + number + ",\"error_description\":\"[^\"]+\"} \\);\n");
	}

	private HttpResponse<String> get(Map<String, String> parameters) {
		return this.client.get(QqEndpoint.TOKEN, parameters);
	}

	private String code() {
		return this.client.code(QqPerson.XIAO_MING);
	}

	private Map<String, String> needOpenid() {
		return TestClient.with(TestClient.with(TestClient.token(code()), "fmt", "json"), "need_openid", "1");
	}

	private static String refreshToken(HttpResponse<String> response) {
		return TestClient.match("refresh_token=([0-9A-F]{32})", response.body());
	}

}
