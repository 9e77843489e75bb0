package io.github.qqoauth2.ruoyilike;

import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application's front end in one browser. Every response must have the status 200 and
 * consist of {@code code}, {@code msg} and {@code data}; that with QQ's address of
 * {@code code}, {@code errmsg} and {@code login_url}.
 */
final class FrontEnd {

	/**
	 * Bounds every wait. Waits end with the reply, so a slow machine has time to spare.
	 */
	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private final CookieManager cookies = new CookieManager();

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(this.cookies).connectTimeout(TIMEOUT).build();

	private final int port;

	private final QqSimulator qq;

	private @Nullable String token;

	FrontEnd(int port, QqSimulator qq) {
		this.port = port;
		this.qq = qq;
	}

	void token(@Nullable String token) {
		this.token = token;
	}

	Answer get(String path) throws Exception {
		return exchange(request(path).GET());
	}

	Answer post(String path, Map<String, ?> body) throws Exception {
		return exchange(request(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(JSONObjectUtils.toJSONString(body))));
	}

	private HttpRequest.Builder request(String path) {
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(TIMEOUT)
			.header("Accept", "application/json, text/plain, */*")
			.header("Accept-Language", "en");
		return (this.token != null) ? request.header("Authorization", "Bearer " + this.token) : request;
	}

	private Answer exchange(HttpRequest.Builder request) throws Exception {
		HttpResponse<String> response = this.http.send(request.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type.replace(" ", "")).startsWith("application/json"));
		Map<String, Object> json = JSONObjectUtils.parse(response.body());
		int code = ((Number) Objects.requireNonNull(json.get("code"))).intValue();
		if (json.containsKey("login_url")) {
			assertThat(json).containsOnlyKeys("code", "errmsg", "login_url");
			return new Answer(code, String.valueOf(json.get("errmsg")), json);
		}
		assertThat(json).containsOnlyKeys("code", "msg", "data");
		return new Answer(code, String.valueOf(json.get("msg")), json.get("data"));
	}

	/**
	 * Logs in by the application's own login and keeps the token.
	 */
	Answer login(String username, String password) throws Exception {
		Answer answer = post("/login", Map.of("username", username, "password", password));
		this.token = (answer.code() == 200) ? String.valueOf(answer.data()) : null;
		return answer;
	}

	/**
	 * Removes what the login has proved in this browser, as time does.
	 */
	void forgetProof() {
		List<HttpCookie> proofs = this.cookies.getCookieStore()
			.getCookies()
			.stream()
			.filter((cookie) -> cookie.getName().endsWith("qq-proof"))
			.toList();
		assertThat(proofs).hasSize(1);
		proofs.forEach((cookie) -> this.cookies.getCookieStore().remove(null, cookie));
	}

	/**
	 * Agrees at QQ and sends the parameters of the callback to the server.
	 * @param started the response that contains the address of QQ
	 */
	Answer returnFromQq(Answer started, QqPerson person) throws Exception {
		URI callback = this.qq.approve(URI.create(started.text("login_url")), person);
		assertThat(callback).hasHost("localhost").hasPort(5173).hasPath("/qq");
		return post("/login/oauth2/code/qq",
				UriComponentsBuilder.fromUri(callback).build().getQueryParams().toSingleValueMap());
	}

	/**
	 * Logs in by QQ and keeps the token, if there is one.
	 */
	Answer loginByQq(QqPerson person) throws Exception {
		Answer answer = returnFromQq(get("/oauth2/authorization/qq"), person);
		if (answer.code() == 200) {
			this.token = answer.text("token", "accessToken");
		}
		return answer;
	}

	/**
	 * Sends the bind form for the pending binding of a response.
	 */
	Answer bind(Answer pending, String username, String password) throws Exception {
		return post("/login/qq/bind",
				Map.of("binding", pending.text("pending", "binding"), "username", username, "password", password));
	}

	/**
	 * A response of the application.
	 *
	 * @param code 200 on success
	 * @param msg a sentence for the user
	 * @param data the result, if there is one
	 */
	record Answer(int code, String msg, @Nullable Object data) {

		/**
		 * Returns a value in the data by the names that lead to it.
		 */
		String text(String... names) {
			Object value = this.data;
			for (String name : names) {
				value = ((Map<?, ?>) Objects.requireNonNull(value, this::toString)).get(name);
			}
			return String.valueOf(value);
		}

	}

}
