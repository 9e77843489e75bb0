package io.github.qqoauth2.tokenshop;

import java.io.IOException;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.util.UriComponentsBuilder;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for an application whose own login issues tokens, as called by its
 * front end.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "spring.config.location=classpath:token-shop.yml", "spring.flyway.enabled=false" })
class TokenShopIT {

	/**
	 * Bounds every wait. Waits end with the reply, so a slow machine has time to spare.
	 */
	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private static final QqSimulator qq = QqSimulator.start();

	private static final Redis redis = Redis.start();

	private final CookieManager cookies = new CookieManager();

	private final HttpClient http = HttpClient.newBuilder().cookieHandler(this.cookies).connectTimeout(TIMEOUT).build();

	@Autowired
	JdbcClient jdbc;

	@Autowired
	PasswordEncoder encoder;

	@LocalServerPort
	int port;

	private @Nullable String token;

	@AfterAll
	static void stop() throws IOException {
		redis.close();
		qq.close();
	}

	@DynamicPropertySource
	static void addresses(DynamicPropertyRegistry properties) {
		properties.add("qq.oauth2.base-uri", () -> qq.url());
		properties.add("spring.data.redis.port", () -> redis.port());
	}

	@BeforeEach
	void createUsers() {
		this.jdbc
			.sql("create table if not exists shop_user (user_name varchar(64) primary key, "
					+ "password varchar(100), enabled boolean)")
			.update();
		this.jdbc.sql("delete from shop_user").update();
		this.jdbc.sql("delete from qq_account_binding").update();
		for (String name : new String[] { "alice", "bob" }) {
			this.jdbc.sql("insert into shop_user values (?, ?, true)")
				.params(name, this.encoder.encode(name + "-password"))
				.update();
		}
	}

	private Map<String, Object> exchange(HttpRequest.Builder request) throws Exception {
		if (this.token != null) {
			request.header("Authorization", "Bearer " + this.token);
		}
		HttpResponse<String> response = this.http.send(
				request.timeout(TIMEOUT).header("Accept", "application/json").build(),
				HttpResponse.BodyHandlers.ofString());
		try {
			Map<String, Object> json = new LinkedHashMap<>(JSONObjectUtils.parse(response.body()));
			json.putIfAbsent("status", (long) response.statusCode());
			return json;
		}
		catch (ParseException ex) {
			return Map.of("status", (long) response.statusCode());
		}
	}

	private HttpRequest.Builder at(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
	}

	private Map<String, Object> get(String path) throws Exception {
		return exchange(at(path).GET());
	}

	private Map<String, Object> post(String path, Map<String, ?> body) throws Exception {
		return exchange(at(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(JSONObjectUtils.toJSONString(body))));
	}

	private Map<String, Object> login(String username) throws Exception {
		String captcha = String.valueOf(get("/captcha").get("id"));
		Map<String, Object> answer = post("/login", Map.of("username", username, "password", username + "-password",
				"captchaId", captcha, "captcha", captcha.substring(0, 4)));
		this.token = (String) answer.get("data");
		return answer;
	}

	private Map<String, Object> callback(Map<String, Object> started) throws Exception {
		String url = String.valueOf(started.get("authorizationUrl"));
		assertThat(url).contains("localhost%3A5173%2Fapp%2Fcallback");
		URI callback = qq.approve(URI.create(url), QqPerson.XIAO_MING);
		Map<String, String> parameters = UriComponentsBuilder.fromUri(callback)
			.build()
			.getQueryParams()
			.toSingleValueMap();
		return post("/login/oauth2/code/qq", parameters);
	}

	@SuppressWarnings("unchecked")
	private static String binding(Map<String, Object> answer) {
		return String.valueOf(((Map<String, Object>) Objects.requireNonNull(answer.get("pending"))).get("binding"));
	}

	@Test
	void ownLoginWhenUsedThenUnchanged() throws Exception {
		assertThat(get("/profile")).containsEntry("code", 401L).containsEntry("errmsg", "请先登录");
		assertThat(post("/login", Map.of("username", "alice", "password", "alice-password"))).containsEntry("errmsg",
				"验证码不正确");
		assertThat(login("alice")).containsEntry("code", 200L);
		assertThat(get("/profile")).containsEntry("data", "alice");
		assertThat(this.cookies.getCookieStore().getCookies()).extracting(HttpCookie::getName)
			.containsExactly("qq-proof");
	}

	@Test
	void callbackWhenBoundByOwnLoginThenIssuesToken() throws Exception {
		Map<String, Object> pending = callback(get("/oauth2/authorization/qq"));
		assertThat(pending).containsEntry("status", 401L).containsEntry("code", "binding-required");
		assertThat(login("alice")).containsEntry("code", 200L);
		Map<String, Object> confirmation = get("/account/qq");
		assertThat(String.valueOf(confirmation.get("pending"))).contains("proofRequired=false", "nickname=小明");
		assertThat(post("/account/qq", Map.of("binding", binding(pending)))).containsEntry("bound", true)
			.containsEntry("username", "alice");
		this.token = null;
		Map<String, Object> loggedIn = callback(get("/oauth2/authorization/qq"));
		assertThat(loggedIn).containsEntry("username", "alice").containsEntry("bound", true);
		this.token = String.valueOf(((Map<?, ?>) Objects.requireNonNull(loggedIn.get("token"))).get("accessToken"));
		assertThat(get("/profile")).containsEntry("data", "alice");
	}

	/**
	 * The bind form would bypass the captcha of the application's login.
	 */
	@Test
	void bindFormWhenLoginHasCaptchaThenUnavailable() throws Exception {
		Map<String, Object> pending = callback(get("/oauth2/authorization/qq"));
		assertThat(post("/login/qq/bind",
				Map.of("binding", binding(pending), "username", "alice", "password", "alice-password")))
			.containsEntry("code", 401L);
		assertThat(this.jdbc.sql("select count(*) from qq_account_binding").query(Long.class).single()).isZero();
	}

	@Test
	void linkAndUnlinkWhenSignedInByOwnLoginThenSucceed() throws Exception {
		login("bob");
		Map<String, Object> confirmation = callback(post("/account/qq/link", Map.of()));
		assertThat(confirmation).containsEntry("username", "bob").containsEntry("bound", false);
		assertThat(post("/account/qq", Map.of("binding", binding(confirmation)))).containsEntry("bound", true);
		assertThat(post("/account/qq/unlink", Map.of())).containsEntry("bound", false);
		assertThat(this.jdbc.sql("select count(*) from qq_account_binding").query(Long.class).single()).isZero();
	}

}
