package io.github.qqoauth2.simulator;

import java.net.InetAddress;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PanelTests {

	private final HttpClient client = HttpClient.newHttpClient();

	private final QqSimulator qq = QqSimulator.start();

	@AfterEach
	void stop() {
		this.qq.close();
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(this.qq.url().resolve(path));
	}

	private HttpRequest.Builder form(String path, String body) {
		return request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body));
	}

	private String authorize() throws Exception {
		return send(request("/oauth2.0/authorize?response_type=code&client_id=" + QqSimulator.APP_ID + "&redirect_uri="
				+ URLEncoder.encode("http://127.0.0.1:1/cb", StandardCharsets.UTF_8) + "&state=s"))
			.body();
	}

	@Test
	void peopleWhenPostedThenAddedChangedAndRemoved() throws Exception {
		assertThat(send(form("/simulator/people", "name=lan&nickname=%E5%85%B0&gender=%E5%A5%B3")).body())
			.contains("{\"name\":\"lan\",\"nickname\":\"兰\",\"gender\":\"女\",\"unionid\":\"UID_");
		assertThat(authorize()).contains("<strong>兰</strong>");
		send(form("/simulator/people", "name=lan&nickname=Lan&avatar=https://thirdqq.qlogo.cn/g"));
		assertThat(authorize()).contains("<strong>Lan</strong>").doesNotContain("兰");
		send(form("/simulator/people/remove", "name=lan"));
		assertThat(authorize()).doesNotContain("Lan");
	}

	@ParameterizedTest
	@CsvSource({ "100019, 200, 100019", "busy, 503, ''", "html, 200, <html>", "json, 200, unexpected" })
	void repliesWhenPostedThenNextCallsGetThem(String reply, int status, String body) throws Exception {
		send(form("/simulator/replies", "endpoint=token&times=2&reply=" + reply));
		for (int i = 0; i < 2; i++) {
			HttpResponse<String> token = send(request("/oauth2.0/token"));
			assertThat(token.statusCode()).isEqualTo(status);
			assertThat(token.body()).contains(body);
		}
		assertThat(send(request("/oauth2.0/token")).body()).contains("100004");
	}

	@Test
	void stateWhenCallsWereReceivedThenShowsThemWithoutSecrets() throws Exception {
		send(request("/oauth2.0/token?client_id=101000001&client_secret=very-secret&code=the-code"));
		String json = send(request("/simulator")).body();
		assertThat(json).contains("\"endpoint\":\"/oauth2.0/token\"", "\"client_id\":\"101000001\"")
			.doesNotContain("very-secret", "the-code");
		HttpResponse<String> page = send(request("/simulator").header("Accept", "text/html"));
		assertThat(page.body()).contains("/oauth2.0/token", "模拟的 QQ", "100019 ").doesNotContain("very-secret");
		assertThat(page.headers().firstValue("Content-Security-Policy")).isPresent();
		assertThat(this.qq.requests()).hasSize(1);
	}

	@Test
	void resetWhenPostedByPageThenRedirectsToPanelAndCallsAreGone() throws Exception {
		send(request("/oauth2.0/token"));
		HttpResponse<String> reset = send(
				form("/simulator/reset", "").header("Accept", "text/html").header("Origin", this.qq.url().toString()));
		assertThat(reset.statusCode()).isEqualTo(303);
		assertThat(reset.headers().firstValue("Location")).hasValue("/simulator");
		assertThat(this.qq.requests()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "/simulator/people, name=, name: 1 to 40", "/simulator/people, name=<b>, name: 1 to 40",
			"/simulator/replies, endpoint=none&reply=down, endpoint: authorize",
			"/simulator/replies, endpoint=token&reply=99, reply: one of",
			"/simulator/replies, endpoint=token&reply=down&times=1000, times: 1 to 100",
			"/simulator/none, x=1, There is nothing" })
	void requestWhenWrongThenNamesWhatIsAccepted(String path, String body, String problem) throws Exception {
		HttpResponse<String> json = send(form(path, body));
		assertThat(json.statusCode()).isEqualTo(400);
		assertThat(json.body()).contains(problem);
		HttpResponse<String> page = send(form(path, body).header("Accept", "text/html"));
		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("class=\"alert\"", problem.substring(0, 5));
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://attacker.example", "http://127.0.0.1:1", "null", "http://%" })
	void postWhenFromOtherSiteThenRefused(String origin) throws Exception {
		HttpResponse<String> response = send(form("/simulator/people", "name=eve").header("Origin", origin));
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(send(request("/simulator")).body()).doesNotContain("eve");
	}

	@Test
	void getWhenNameResolvesToLoopbackThenRefused() throws Exception {
		int port = this.qq.url().getPort();
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.getOutputStream()
				.write(("GET /simulator HTTP/1.1\r\nHost: attacker.example:" + port + "\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			String reply = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(reply).startsWith("HTTP/1.1 403");
		}
	}

}
