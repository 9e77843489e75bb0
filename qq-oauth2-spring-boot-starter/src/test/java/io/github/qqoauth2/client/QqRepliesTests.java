package io.github.qqoauth2.client;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every recorded reply, sent to the client over HTTP, has the expected
 * outcome.
 */
class QqRepliesTests {

	private static final Map<String, Expected> EXPECTED = new TreeMap<>();

	static {
		token("token-ok-form-official-90d.txt", "FE04************************CCE2", 7776000,
				"88E4************************BE14");
		token("token-ok-form-official-60d.txt", "FE04************CCE2", 5184000, "88E4************BE14");
		token("token-ok-form-observed-2014.txt", "F004672BC2BD60A24E5784F8B8FD17C2", 7776000,
				"02D63E889EFD711AE4DBB5909C779DBB");
		token("token-ok-form-observed-2017.txt", "94406DFDD4E1582AD997C56DB6E68207", 7776000,
				"89E26E2D5473766A2B45E5FFB9E42AB8");
		token("token-ok-form-no-refresh-mock.txt", "mock-access-token", 7776000, null);
		token("token-ok-json-expires-string.json", "248C2C835FA9D896FC830D6BC4E892B0", 7776000,
				"651F17E4CEE6DD78EEBA6CB7909C8D2E");
		token("token-ok-json-need-openid-ignored.json", "AT", 3600, null);
		token("token-ok-json-number.json", "json-token", 3600, null);
		token("token-ok-json-string-no-refresh.json", "string-json-token", 7776000, null);
		token("token-ok-json-logto.json", "access_token", 3600, "refresh_token");
		token("token-ok-jsonp.txt", "code", 1, null);
		EXPECTED.put("token-ok-json-openid-composed.json", new TokenOutcome("94406DFDD4E1582AD997C56DB6E68207", 5184000,
				"89E26E2D5473766A2B45E5FFB9E42AB8", "0D1F7B2A9C3E4F5A8B6C7D8E9F0A1B2C"));
		token("token-ok-json-expires-empty.json", "FE04A0000000000000000000000CCE2", 0, "88E4B");
		EXPECTED.put("token-ok-json-refresh-null.json",
				new TokenOutcome("FE04A0000000000000000000000CCE2", 7776000, null, "6B1F38ABB8E76CDA577251D321D88CAF"));
		EXPECTED.put("token-ok-json-error-empty.json", new TokenOutcome("FE04A0000000000000000000000CCE2", 7776000,
				"88E4B", "6B1F38ABB8E76CDA577251D321D88CAF"));
		failure(Step.TOKEN, "token-error-form-errorDescription.txt", Fault.QQ_PARSE, QqOAuth2Error.UNAVAILABLE, null);
		error(Step.TOKEN, "token-error-100009-jsonp.txt", QqOAuth2Error.MISCONFIGURED, 100009);
		failure(Step.TOKEN, "token-incomplete-form.txt", Fault.QQ_PARSE, QqOAuth2Error.UNAVAILABLE, null);
		error(Step.TOKEN, "token-error-100020-jsonp.txt", QqOAuth2Error.LOGIN_EXPIRED, 100020);
		error(Step.TOKEN, "token-error-100020-jsonp-newline.txt", QqOAuth2Error.LOGIN_EXPIRED, 100020);
		error(Step.TOKEN, "token-error-100020-json.json", QqOAuth2Error.LOGIN_EXPIRED, 100020);
		error(Step.TOKEN, "token-error-100019-jsonp.txt", QqOAuth2Error.LOGIN_EXPIRED, 100019);
		error(Step.TOKEN, "token-error-100016-json.json", QqOAuth2Error.LOGIN_EXPIRED, 100016);
		error(Step.TOKEN, "token-error-100016-jsonp-badcode.txt", QqOAuth2Error.LOGIN_EXPIRED, 100016);
		error(Step.TOKEN, "token-error-100002-jsonp-nosemicolon.txt", QqOAuth2Error.MISCONFIGURED, 100002);
		me("me-ok-jsonp-official.txt", "YOUR_APPID", "YOUR_OPENID", null);
		me("me-ok-jsonp-newline.txt", "11111", "000000FFFF", null);
		me("me-ok-jsonp-observed.txt", "101875673", "8C87692FA9626219973F91A100B8681C", null);
		me("me-ok-jsonp-unionid-official-multiline.txt", "YOUR_APPID", "YOUR_OPENID", "YOUR_UNIONID");
		me("me-ok-json-unionid.json", "101381637", "6B1F38ABB8E76CDA577251D321D88CAF",
				"UID_78F353E95FDFCD537618D371F1241039");
		me("me-ok-json.json", "qq-client", "open-1", null);
		me("me-ok-mock-unionid.txt", "mock-app-id", "mock-open-id", "mock-union-id");
		me("me-ok-union-empty.json", "101381637", "6B1F38ABB8E76CDA577251D321D88CAF", null);
		error(Step.ME, "me-error-union-100048-jsonp-multiline.txt", QqOAuth2Error.MISCONFIGURED, 100048);
		error(Step.ME, "me-error-100016-jsonp.txt", QqOAuth2Error.LOGIN_EXPIRED, 100016);
		error(Step.ME, "me-error-100016-json-short.json", QqOAuth2Error.LOGIN_EXPIRED, 100016);
		error(Step.ME, "me-error-100013-jsonp.txt", QqOAuth2Error.LOGIN_EXPIRED, 100013);
		error(Step.ME, "me-error-100013-json.json", QqOAuth2Error.LOGIN_EXPIRED, 100013);
		error(Step.ME, "me-error-10001-jsonp.txt", QqOAuth2Error.UNAVAILABLE, 10001);
		failure(Step.ME, "me-error-100016-official-trailing-comma.txt", Fault.QQ_PARSE, QqOAuth2Error.UNAVAILABLE,
				null);
		String avatar = "https://thirdqq.qlogo.cn/g?b=oidb&k=%s&s=100&t=1600000000";
		profile("userinfo-ok-2021.json", "游泳的海豹", avatar.formatted("6EBF7FBDFCC4716FA5E579"), "男", 18);
		profile("userinfo-ok-2020.json", "『过客乙』", avatar.formatted("D034048D3393969A310F32"), "男", 19);
		profile("userinfo-ok-2021-emoji-min.json", "🌊", avatar.formatted("8AAC7F686A864051830FDC"), "男", 17);
		String kti = "https://thirdqq.qlogo.cn/g?b=oidb&k=AbCdEfGh12345678&kti=ZABCDAAAAAE&s=100&t=1600000000";
		profile("userinfo-ok-2023-kti.json", "云", kti, "男", 19);
		profile("userinfo-nickname-raw-control-x14.json", "琦娅", kti, "男", 19);
		profile("userinfo-nickname-invalid-utf8-cut-emoji.json", "海豹\uFFFD", kti, "男", 19);
		profile("userinfo-nickname-zero-width-only.json", null, kti, "男", 18);
		EXPECTED.put("userinfo-is-lost-1.json", new ProfileOutcome(null, kti, "男", true, 18));
		profile("userinfo-ok-2014.json", "1357924680",
				"https://q.qlogo.cn/qqapp/101875673/8C87692FA9626219973F91A100B8681C/100", "男", 12);
		profile("userinfo-ok-figureurl-2-only-small.json", "TinyAvatar", null, null, 1);
		profile("userinfo-ok-minimal-nomsg.json", "测试用户", "https://q.qlogo.cn/mock-avatar.png", null, 2);
		profile("userinfo-ok-ret-only.json", null, null, null, 0);
		profile("userinfo-ok-gender-english.json", "SomeUser", null, "male", 2);
		error(Step.GET_USER_INFO, "userinfo-error-1002.json", QqOAuth2Error.LOGIN_EXPIRED, 1002);
		error(Step.GET_USER_INFO, "userinfo-error-minus1.json", QqOAuth2Error.MISCONFIGURED, -1);
		error(Step.GET_USER_INFO, "userinfo-error-minus23.json", QqOAuth2Error.LOGIN_EXPIRED, -23);
		error(Step.GET_USER_INFO, "userinfo-error-minus2.json", QqOAuth2Error.MISCONFIGURED, -2);
		error(Step.GET_USER_INFO, "userinfo-error-100030.json", QqOAuth2Error.LOGIN_EXPIRED, 100030);
		// responses to the browser are not valid as replies
		for (String name : List.of("authorize-callback-ok.txt", "authorize-callback-observed.txt",
				"authorize-callback-usercancel.txt", "authorize-error-page-100008.txt",
				"authorize-error-page-100010.txt")) {
			failure(Step.TOKEN, name, Fault.QQ_PARSE, QqOAuth2Error.UNAVAILABLE, null);
		}
	}

	private final RawServer server = new RawServer();

	private final QqClient client = QqLogins.client(this.server, true);

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	static Stream<String> names() {
		return EXPECTED.keySet().stream();
	}

	@Test
	void namesWhenComparedWithFilesThenComplete() throws IOException {
		try (Stream<Path> files = Files.list(directory())) {
			assertThat(files.map((file) -> file.getFileName().toString()).filter((name) -> !name.equals("README.md")))
				.containsExactlyInAnyOrderElementsOf(EXPECTED.keySet());
		}
	}

	@ParameterizedTest
	@MethodSource("names")
	void replyWhenRecordedThenExpectedOutcome(String name) throws IOException {
		Expected expected = expected(name);
		for (String contentType : List.of("text/html", "application/json;charset=UTF-8",
				"text/plain;charset=ISO-8859-1", "application/x-javascript", "nonsense")) {
			this.server.always(RawServer.reply(200, contentType, bytes(name)));
			expected.check(this.client, this.server);
		}
	}

	@ParameterizedTest
	@MethodSource("names")
	void replyWhenCrlfOrByteOrderMarkOrEscapesThenSameOutcome(String name) throws IOException {
		Expected expected = expected(name);
		String text = new String(bytes(name), StandardCharsets.UTF_8);
		List<String> variants = List.of(text.replace("\n", "\r\n") + "\r\n", "\uFEFF" + text, "\r\n \t" + text,
				text.startsWith("{") ? escaped(text) : text);
		for (String variant : variants) {
			this.server.always(RawServer.reply(variant));
			expected.check(this.client, this.server);
		}
	}

	@ParameterizedTest
	@MethodSource("names")
	void replyWhenStatusIsBadRequestThenSameErrorOrHttpFault(String name) throws IOException {
		Expected expected = expected(name);
		this.server.always(RawServer.reply(400, "application/json", bytes(name)));
		if (expected instanceof FailureOutcome failure && failure.number() != null) {
			expected.check(this.client, this.server);
			return;
		}
		QqFailure failure = QqFailure.of(() -> expected.call(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_HTTP);
		assertThat(failure.message()).contains("returned status 400");
	}

	@ParameterizedTest
	@MethodSource("names")
	void replyWhenTruncatedAnywhereThenFailsOrHarmless(String name) throws IOException {
		Expected expected = expected(name);
		byte[] bytes = bytes(name);
		boolean form = new String(bytes, StandardCharsets.UTF_8).startsWith("access_token=");
		for (int length = 0; length < bytes.length; length++) {
			this.server.always(RawServer.reply(200, "text/html", Arrays.copyOf(bytes, length)));
			if (isHarmlessTruncation(bytes, length)) {
				expected.check(this.client, this.server);
			}
			else if (!form || length <= "access_token=".length()) {
				QqFailure.of(() -> expected.call(this.client, this.server));
			}
			else {
				assertSuccessOrFailure(expected);
			}
		}
	}

	// form pairs have no end marker: only the content length shows that they are
	// truncated
	private void assertSuccessOrFailure(Expected expected) {
		try {
			expected.call(this.client, this.server);
		}
		catch (RuntimeException ex) {
			QqFailure.of(() -> {
				throw ex;
			});
		}
	}

	// Blanks, line ends and the semicolon of JSONP may be missing.
	private static boolean isHarmlessTruncation(byte[] bytes, int length) {
		String rest = new String(bytes, length, bytes.length - length, StandardCharsets.ISO_8859_1).strip();
		boolean jsonp = bytes[0] == 'c';
		return rest.isEmpty() || (jsonp && rest.equals(";"));
	}

	private static String escaped(String json) {
		StringBuilder escaped = new StringBuilder();
		json.chars()
			.forEach((character) -> escaped
				.append((character >= 0x80) ? "\\u%04x".formatted(character) : (char) character));
		return escaped.toString();
	}

	private static Expected expected(String name) {
		return Objects.requireNonNull(EXPECTED.get(name));
	}

	static byte[] bytes(String name) throws IOException {
		return Files.readAllBytes(directory().resolve(name));
	}

	private static Path directory() {
		try {
			return Path.of(Objects.requireNonNull(QqRepliesTests.class.getResource("/qq-replies")).toURI());
		}
		catch (URISyntaxException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void token(String name, String token, long expiresIn, @Nullable String refreshToken) {
		EXPECTED.put(name, new TokenOutcome(token, expiresIn, refreshToken, null));
	}

	private static void me(String name, String appId, String openid, @Nullable String unionid) {
		EXPECTED.put(name, new MeOutcome(appId, openid, unionid));
	}

	private static void profile(String name, @Nullable String nickname, @Nullable String avatarUrl,
			@Nullable String gender, int attributes) {
		EXPECTED.put(name, new ProfileOutcome(nickname, avatarUrl, gender, false, attributes));
	}

	private static void error(Step step, String name, String code, int number) {
		failure(step, name, Fault.QQ_ERROR, code, number);
	}

	private static void failure(Step step, String name, Fault fault, String code, @Nullable Integer number) {
		EXPECTED.put(name, new FailureOutcome(step, fault, code, number));
	}

	// The expected outcome of a reply.
	private interface Expected {

		Object call(QqClient client, RawServer server);

		void check(QqClient client, RawServer server);

	}

	private record TokenOutcome(String token, long expiresIn, @Nullable String refreshToken,
			@Nullable String openid) implements Expected {

		@Override
		public OAuth2AccessTokenResponse call(QqClient client, RawServer server) {
			return QqLogins.token(client, server);
		}

		@Override
		public void check(QqClient client, RawServer server) {
			OAuth2AccessTokenResponse response = call(client, server);
			assertThat(response.getAccessToken().getTokenValue()).isEqualTo(this.token);
			assertThat(response.getAccessToken().getTokenType().getValue()).isEqualTo("Bearer");
			assertThat(response.getAccessToken().getScopes()).containsExactly("get_user_info");
			// Spring Security makes one second of a missing time
			assertThat(Objects.requireNonNull(response.getAccessToken().getExpiresAt()))
				.isEqualTo(Objects.requireNonNull(response.getAccessToken().getIssuedAt())
					.plusSeconds(Math.max(1, this.expiresIn)));
			assertThat((response.getRefreshToken() != null) ? response.getRefreshToken().getTokenValue() : null)
				.isEqualTo(this.refreshToken);
			assertThat(response.getAdditionalParameters().get("openid")).isEqualTo(this.openid);
		}

	}

	private record MeOutcome(String appId, String openid, @Nullable String unionid) implements Expected {

		@Override
		public QqIdentity call(QqClient client, RawServer server) {
			ClientRegistration registration = QqLogins.registration(server.url(), this.appId, "key");
			return client.loadIdentity(QqLogins.userRequest(registration, Map.of()));
		}

		@Override
		public void check(QqClient client, RawServer server) {
			assertThat(call(client, server)).isEqualTo(new QqIdentity(this.appId, this.openid, this.unionid));
		}

	}

	private record ProfileOutcome(@Nullable String nickname, @Nullable String avatarUrl, @Nullable String gender,
			boolean lost, int attributes) implements Expected {

		@Override
		public QqProfile call(QqClient client, RawServer server) {
			return QqLogins.profile(client, server);
		}

		@Override
		public void check(QqClient client, RawServer server) {
			QqProfile profile = call(client, server);
			assertThat(profile.nickname()).isEqualTo(this.nickname);
			assertThat(profile.avatarUrl()).isEqualTo(this.avatarUrl);
			assertThat(profile.gender()).isEqualTo(this.gender);
			assertThat(profile.lost()).isEqualTo(this.lost);
			assertThat(profile.attributes()).hasSize(this.attributes);
		}

	}

	private record FailureOutcome(Step step, Fault fault, String code, @Nullable Integer number) implements Expected {

		@Override
		public Object call(QqClient client, RawServer server) {
			return switch (this.step) {
				case TOKEN, AUTHORIZE -> QqLogins.token(client, server);
				case ME -> QqLogins.identity(client, server);
				case GET_USER_INFO -> QqLogins.profile(client, server);
			};
		}

		@Override
		public void check(QqClient client, RawServer server) {
			QqFailure failure = QqFailure.of(() -> call(client, server));
			assertThat(failure.fault()).isEqualTo(this.fault);
			assertThat(failure.code()).isEqualTo(this.code);
			assertThat(failure.step()).isEqualTo(this.step.value());
			assertThat(failure.number()).isEqualTo(this.number);
		}

	}

}
