package io.github.qqoauth2.client;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationProvider;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QqClientTests {

	private static final String ME = "{\"client_id\":\"" + QqLogins.APP_ID + "\",\"openid\":\"FROM_ME\"}";

	private static final String ERROR = "callback( {\"error\":%d,\"error_description\":\"any\"} );\n";

	private final RawServer server = new RawServer();

	private final QqClient client = QqLogins.client(this.server);

	private final ClientRegistration registration = QqLogins.registration(this.server);

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	@Test
	void tokenWhenRequestedThenAllParametersInQueryOfOneGet() {
		this.server.always(RawServer.reply("access_token=AT"));
		QqLogins.token(this.client, this.server);
		assertThat(this.server.request().line()).isEqualTo("GET /oauth2.0/token?grant_type=authorization_code"
				+ "&client_id=101381637&client_secret=app-key&code=9A5F0000CODE06AF"
				+ "&redirect_uri=https%3A%2F%2Fapp.example.com%2Flogin%2Foauth2%2Fcode%2Fqq%3Fa%3Db%2520c%26d%3D1"
				+ "&fmt=json&need_openid=1 HTTP/1.1");
		assertThat(this.server.request().header("Authorization")).isNull();
		assertThat(this.server.request().header("Cookie")).isNull();
		assertThat(this.server.request().header("Upgrade")).isNull();
		assertThat(this.server.request().header("Accept-Encoding")).isEqualTo("identity");
	}

	@Test
	void tokenWhenValuesHaveReservedCharactersThenEncoded() {
		String reserved = ":/?#[]@!$&'()*+,;=% \"<>\\^`{|}~-._é";
		this.server.always(RawServer.reply("access_token=AT"));
		ClientRegistration odd = QqLogins.registration(this.server.url(), reserved, reserved);
		this.client.tokenClient().getTokenResponse(QqLogins.grant(odd, reserved));
		String encoded = URLEncoder.encode(reserved, StandardCharsets.UTF_8)
			.replace("+", "%20")
			.replace("*", "%2A")
			.replace("%7E", "~");
		assertThat(this.server.request().target())
			.contains("&client_id=" + encoded + "&client_secret=" + encoded + "&code=" + encoded + "&redirect_uri=");
	}

	@Test
	void tokenWhenTokenUriHasQueryThenExtended() {
		this.server.always(RawServer.reply("access_token=AT"));
		ClientRegistration odd = ClientRegistration.withClientRegistration(this.registration)
			.tokenUri(this.server.url() + "/t?a=b")
			.build();
		this.client.tokenClient().getTokenResponse(QqLogins.grant(odd, "c"));
		assertThat(this.server.request().target()).startsWith("/t?a=b&grant_type=authorization_code&");
	}

	@Test
	void tokenWhenQqReturnsErrorThenAuthorizationException() {
		this.server.always(RawServer.reply(ERROR.formatted(100020)));
		OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens = this.client.tokenClient();
		QqFailure failure = QqFailure
			.of(() -> tokens.getTokenResponse(QqLogins.grant(this.registration, QqLogins.CODE)));
		assertThat(failure.thrown()).isExactlyInstanceOf(OAuth2AuthorizationException.class);
		assertThat(failure.message())
			.matches("QQ_ERROR: token call for registration 'qq' returned error 100020 after \\d+ ms"
					+ ": The code was used before. The visitor starts again");
	}

	@Tag("T-17")
	@ParameterizedTest
	@ValueSource(ints = { 100018, 100019, 100020 })
	void tokenWhenCodeIsWrongOrUsedThenLoginExpiredAndSentOnce(int number) {
		this.server.always(RawServer.reply(ERROR.formatted(number)));
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.code()).isEqualTo(QqOAuth2Error.LOGIN_EXPIRED);
		assertThat(failure.number()).isEqualTo(number);
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void identityWhenTokenReplyHasOpenidThenNoFurtherCall() {
		this.server.always(RawServer.reply("{\"access_token\":\"AT\",\"openid\":\"FROM_TOKEN\"}"));
		OAuth2AccessTokenResponse token = QqLogins.token(this.client, this.server);
		QqIdentity identity = this.client.loadIdentity(QqLogins.userRequest(this.registration, token));
		assertThat(identity).isEqualTo(new QqIdentity(QqLogins.APP_ID, "FROM_TOKEN", null));
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void loginWhenByProviderOfSpringSecurityThenPassesOnOpenidAndDeadline() {
		this.server.always(RawServer.reply("{\"access_token\":\"AT\",\"openid\":\"FROM_TOKEN\"}"));
		List<OAuth2UserRequest> requests = new ArrayList<>();
		OAuth2LoginAuthenticationProvider provider = new OAuth2LoginAuthenticationProvider(this.client.tokenClient(),
				(request) -> {
					requests.add(request);
					String openid = this.client.loadIdentity(request).openid();
					return new DefaultOAuth2User(List.of(), Map.of("name", openid), "name");
				});
		OAuth2AuthorizationExchange exchange = QqLogins.grant(this.registration, QqLogins.CODE)
			.getAuthorizationExchange();
		Authentication login = provider.authenticate(new OAuth2LoginAuthenticationToken(this.registration, exchange));
		assertThat(Objects.requireNonNull(login).getName()).isEqualTo("FROM_TOKEN");
		assertThat(this.server.requests()).hasSize(1);
		Deadline passedOn = Deadline.from(requests.get(0).getAdditionalParameters(), Duration.ofDays(1));
		assertThat(passedOn.left()).isLessThan(Duration.ofSeconds(6));
	}

	@Test
	void loginWhenByProviderOfSpringSecurityAndQqReturnsErrorThenQqOAuth2Error() {
		this.server.always(RawServer.reply(ERROR.formatted(100020)));
		OAuth2LoginAuthenticationProvider provider = new OAuth2LoginAuthenticationProvider(this.client.tokenClient(),
				(request) -> {
					throw new AssertionError("no user is loaded without a token");
				});
		OAuth2AuthorizationExchange exchange = QqLogins.grant(this.registration, QqLogins.CODE)
			.getAuthorizationExchange();
		assertThatExceptionOfType(OAuth2AuthenticationException.class)
			.isThrownBy(() -> provider.authenticate(new OAuth2LoginAuthenticationToken(this.registration, exchange)))
			.satisfies((ex) -> assertThat(ex.getError()).isInstanceOf(QqOAuth2Error.class));
	}

	@Test
	void identityWhenTokenReplyHasNoOpenidThenCallsMe() {
		this.server.always(RawServer.reply(ME));
		assertThat(QqLogins.identity(this.client, this.server))
			.isEqualTo(new QqIdentity(QqLogins.APP_ID, "FROM_ME", null));
		assertThat(this.server.request().line())
			.isEqualTo("GET /oauth2.0/me?access_token=" + QqLogins.TOKEN + "&fmt=json HTTP/1.1");
		assertThat(this.server.request().header("Authorization")).isNull();
	}

	@Test
	void identityWhenOpenidParameterIsInvalidThenCallsMe() {
		this.server.always(RawServer.reply(ME));
		for (Object value : new Object[] { 1, "", "null", "a b" }) {
			OAuth2UserRequest request = QqLogins.userRequest(this.registration, Map.of("openid", value));
			assertThat(this.client.loadIdentity(request).openid()).isEqualTo("FROM_ME");
		}
	}

	@Test
	void identityWhenUnionidIsNotRequestedThenIgnored() {
		this.server.always(RawServer.reply(ME.replace("}", ",\"unionid\":\"UID_1\"}")));
		assertThat(QqLogins.identity(this.client, this.server).unionid()).isNull();
	}

	@Tag("T-13")
	@ParameterizedTest
	@ValueSource(strings = { "{\"openid\":\"A\"}", "{\"client_id\":\"101381638\",\"openid\":\"A\"}",
			"{\"client_id\":\"\",\"openid\":\"A\"}", "{\"client_id\":null,\"openid\":\"A\"}",
			"{\"client_id\":\"101381637 \",\"openid\":\"A\"}", "{\"client_id\":[\"101381637\"],\"openid\":\"A\"}",
			"{\"CLIENT_ID\":\"101381637\",\"openid\":\"A\"}", "{\"client_id\":\"0101381637\",\"openid\":\"A\"}",
			"{\"client_id\":\"１０１３８１６３７\",\"openid\":\"A\"}" })
	void identityWhenOpenidIsOfAnotherApplicationThenRefused(String body) {
		this.server.always(RawServer.reply(body));
		QqFailure failure = QqFailure.of(() -> QqLogins.identity(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_AUDIENCE_MISMATCH);
		assertThat(failure.thrown()).isExactlyInstanceOf(OAuth2AuthenticationException.class);
	}

	@Test
	void identityWhenUnionidIsRequestedThenAlwaysCallsMe() {
		this.server.always(RawServer.reply(ME.replace("}", ",\"unionid\":\"UID_1\"}")));
		QqClient union = QqLogins.client(this.server, true);
		OAuth2UserRequest request = QqLogins.userRequest(this.registration, Map.of("openid", "FROM_TOKEN"));
		assertThat(union.loadIdentity(request)).isEqualTo(new QqIdentity(QqLogins.APP_ID, "FROM_ME", "UID_1"));
		assertThat(this.server.request().target())
			.isEqualTo("/oauth2.0/me?access_token=" + QqLogins.TOKEN + "&unionid=1&fmt=json");
	}

	@Test
	void identityWhenRequestedUnionidIsMissingOrInvalidThenNullOrRefused() {
		QqClient union = QqLogins.client(this.server, true);
		for (String unionid : new String[] { "", ",\"unionid\":\"\"" }) {
			this.server.always(RawServer.reply(ME.replace("}", unionid + "}")));
			assertThat(QqLogins.identity(union, this.server).unionid()).isNull();
		}
		this.server.always(RawServer.reply(ME.replace("}", ",\"unionid\":\"a b\"}")));
		assertThat(QqFailure.of(() -> QqLogins.identity(union, this.server)).fault()).isEqualTo(Fault.QQ_PARSE);
	}

	@Test
	void identityWhenUnionidIsNotGrantedThenUsesOpenidOfTokenReply() {
		this.server.always(RawServer.reply(ERROR.formatted(100048)));
		QqClient union = QqLogins.client(this.server, true);
		OAuth2UserRequest request = QqLogins.userRequest(this.registration, Map.of("openid", "FROM_TOKEN"));
		assertThat(union.loadIdentity(request)).isEqualTo(new QqIdentity(QqLogins.APP_ID, "FROM_TOKEN", null));
		assertThat(this.server.requests()).hasSize(1);
	}

	@Test
	void identityWhenUnionidIsNotGrantedAndTokenReplyHasNoOpenidThenCallsMeWithoutUnionid() {
		this.server.next(RawServer.reply(ERROR.formatted(100048))).always(RawServer.reply(ME));
		QqClient union = QqLogins.client(this.server, true);
		assertThat(QqLogins.identity(union, this.server).openid()).isEqualTo("FROM_ME");
		assertThat(this.server.requests()).hasSize(2);
		assertThat(this.server.requests().get(1).target()).doesNotContain("unionid");
	}

	@Test
	void identityWhenUnionidCallFailsOtherwiseThenFails() {
		this.server.always(RawServer.reply(ERROR.formatted(100013)));
		QqClient union = QqLogins.client(this.server, true);
		OAuth2UserRequest request = QqLogins.userRequest(this.registration, Map.of("openid", "FROM_TOKEN"));
		assertThat(QqFailure.of(() -> union.loadIdentity(request)).code()).isEqualTo(QqOAuth2Error.LOGIN_EXPIRED);
	}

	@Test
	void profileWhenRequestedThenThreeParameters() {
		this.server.always(RawServer.reply("{\"ret\":0}"));
		QqLogins.profile(this.client, this.server);
		assertThat(this.server.request().line()).isEqualTo("GET /user/get_user_info?access_token=" + QqLogins.TOKEN
				+ "&oauth_consumer_key=" + QqLogins.APP_ID + "&openid=" + QqLogins.OPENID + " HTTP/1.1");
	}

	@Test
	void profileWhenRegistrationHasNoUserInfoUriThenUsesBaseUri() {
		this.server.always(RawServer.reply("{\"ret\":0}"));
		ClientRegistration bare = ClientRegistration.withClientRegistration(this.registration)
			.userInfoUri(null)
			.build();
		QqClient below = new QqClient(URI.create(this.server.url() + "/qq/"), false, Duration.ofSeconds(6), 1,
				ObservationRegistry.NOOP);
		QqIdentity identity = new QqIdentity(QqLogins.APP_ID, QqLogins.OPENID, null);
		below.loadProfile(QqLogins.userRequest(bare, Map.of()), identity);
		assertThat(this.server.request().target()).startsWith("/qq/user/get_user_info?");
	}

	@Test
	void profileWhenQqReturnsErrorThenAuthenticationException() {
		this.server.always(RawServer.reply("{\"ret\":1002,\"msg\":\"请先登录\"}"));
		QqFailure failure = QqFailure.of(() -> QqLogins.profile(this.client, this.server));
		assertThat(failure.thrown()).isExactlyInstanceOf(OAuth2AuthenticationException.class);
		assertThat(failure.step()).isEqualTo("get_user_info");
		assertThat(failure.number()).isEqualTo(1002);
	}

	@Test
	void constructorWhenTimeoutOrLimitIsNotPositiveThenRefused() {
		URI uri = URI.create("https://graph.qq.com");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new QqClient(uri, false, Duration.ZERO, 1, ObservationRegistry.NOOP));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new QqClient(uri, false, Duration.ofSeconds(-1), 1, ObservationRegistry.NOOP));
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new QqClient(uri, false, Duration.ofSeconds(6), 0, ObservationRegistry.NOOP));
	}

}
