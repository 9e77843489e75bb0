package io.github.qqoauth2.client;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of invalid token replies, and of valid ones with unusual fields.
 */
class TokenReplyTests {

	private final RawServer server = new RawServer();

	private final QqClient client = QqLogins.client(this.server);

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	static Stream<String> invalidReplies() {
		String invalid = """
				access_token
				access_token=
				access_token=%20
				access_token=+
				access_token=%00
				access_token=A%00B
				access_token=A%0AB
				access_token=A%0D%0AB
				access_token=A%
				access_token=A%2
				access_token=A%ZZ
				access_token=A%-1
				access_token=A B
				access_token=%E7%99%BB
				access_token=%FF
				access_token=登
				access_token=A&access_token=A
				access_token=A&access_token=B
				access_token=&access_token=B
				access_token=A&expires_in=1&expires_in=1
				access_token=A&expires_in=abc
				access_token=A&expires_in=-1
				access_token=A&expires_in=9223372036854775808
				access_token=A&expires_in=9223372036854775807
				access_token=A&expires_in=2147483648
				access_token=A&expires_in=1.5
				access_token=A&expires_in=1e3
				access_token=A&expires_in=0x10
				access_token=A&expires_in=%2060
				access_token=A&expires_in=NaN
				access_token=A&expires_in=１
				access_token=A&expires_in
				access_token=A&refresh_token=%00
				access_token=A&refresh_token=B&refresh_token=B
				access_token=A&refresh_token=a%20b
				access_token=A&openid=null
				access_token=A&openid=a%00
				access_token=A&openid=a&openid=b
				access_token=A&
				&access_token=A
				access_token=A&&expires_in=1
				access_token=A&=1
				access_token=A&x
				access_token=A&a-b=1
				access_token=A&%61=1
				access%5Ftoken=A
				ACCESS_TOKEN=A
				token=A
				expires_in=60
				openid=6B1F38ABB8E76CDA577251D321D88CAF
				{"access_token":null}
				{"access_token":1}
				{"access_token":["A"]}
				{"access_token":""}
				{"access_token":"A","expires_in":" "}
				{"access_token":"A","refresh_token":" "}
				{"access_token":"A","expires_in":true}
				{"access_token":"A","expires_in":-1}
				{"access_token":"A","expires_in":9223372036854775808}
				{"access_token":"A","expires_in":3600.5}
				{"access_token":"A","expires_in":[3600]}
				{"access_token":"A","refresh_token":1}
				{"access_token":"A\\u0000"}
				{"access_token":"A","access_token":"A"}
				access_token=A;expires_in=60;
				<html>access_token=A</html>
				access_token=A{"openid":"B"}
				callback(access_token=A);
				Bearer A
				""";
		return Stream.concat(invalid.lines(),
				Stream.of("access_token=" + "A".repeat(1025), "access_token=A\r\nB", "access_token=A\u0000"));
	}

	@Tag("T-19")
	@ParameterizedTest
	@MethodSource("invalidReplies")
	void tokenWhenReplyIsInvalidThenFailsWithoutCause(String body) {
		this.server.always(RawServer.reply(body));
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isIn(Fault.QQ_PARSE, Fault.QQ_NOT_PROTOCOL);
		assertThat(failure.code()).isEqualTo(QqOAuth2Error.UNAVAILABLE);
		assertThat(failure.thrown()).hasNoCause();
	}

	@Tag("T-19")
	@Test
	void invalidRepliesWhenCountedThenAtLeastSixty() {
		assertThat(invalidReplies()).hasSizeGreaterThanOrEqualTo(60);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"expires_in\":null", "\"expires_in\":\"\"", "\"refresh_token\":null",
			"\"refresh_token\":\"\"", "\"openid\":null", "\"openid\":\"\"", "\"error\":null", "\"error\":\"\"",
			"\"error\":0", "\"error\":\"0\"", "\"error\":\"\",\"error_description\":\"\"", "\"ret\":null,\"msg\":null",
			"\"ret\":\"\",\"msg\":\"\"", "\"ret\":0,\"msg\":\"\"", "\"code\":null,\"msg\":null", "\"code\":\"\"",
			"\"code\":0,\"msg\":\"ok\"", "\"token_type\":null,\"scope\":\"\"" })
	void tokenWhenFieldIsNullOrEmptyThenAbsent(String field) {
		String json = "{\"access_token\":\"A\"," + field + "}";
		for (String body : List.of(json, "callback( " + json + " );\n", "{" + field + ",\"access_token\":\"A\"}")) {
			this.server.always(RawServer.reply(body));
			assertOnlyAccessToken(QqLogins.token(this.client, this.server));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "expires_in=", "refresh_token=", "openid=", "error=", "error=0",
			"error=&error_description=", "code=&msg=", "code=0&msg=ok", "ret=&msg=", "ret=0", "token_type=" })
	void tokenWhenFormValueIsEmptyThenAbsent(String pairs) {
		for (String body : List.of("access_token=A&" + pairs, pairs + "&access_token=A")) {
			this.server.always(RawServer.reply(body));
			assertOnlyAccessToken(QqLogins.token(this.client, this.server));
		}
	}

	private static void assertOnlyAccessToken(OAuth2AccessTokenResponse token) {
		assertThat(token.getAccessToken().getTokenValue()).isEqualTo("A");
		assertThat(token.getRefreshToken()).isNull();
		assertThat(token.getAdditionalParameters()).doesNotContainKeys("openid", "refresh_token").hasSize(1);
	}

	@Test
	void identityWhenOpenidOfTokenIsEmptyThenLoadedFromMe() {
		for (String openid : List.of("null", "\"\"")) {
			this.server.next(RawServer.reply("{\"access_token\":\"A\",\"openid\":" + openid + "}"),
					RawServer.reply("{\"client_id\":\"" + QqLogins.APP_ID + "\",\"openid\":\"" + QqLogins.OPENID
							+ "\",\"unionid\":null,\"error\":\"\",\"error_description\":null}"));
			OAuth2AccessTokenResponse token = QqLogins.token(this.client, this.server);
			assertThat(this.client.loadIdentity(QqLogins.userRequest(QqLogins.registration(this.server), token)))
				.isEqualTo(new QqIdentity(QqLogins.APP_ID, QqLogins.OPENID, null));
		}
	}

	@Tag("T-19")
	@Test
	void tokenWhenReplyHasUnknownFieldsThenIgnored() {
		for (String body : List.of("access_token=A&token_type=mac&scope=all&id_token=x.y.z&x=%00",
				"{\"access_token\":\"A\",\"token_type\":\"mac\",\"x\":null,\"y\":[{\"z\":1}]}",
				"access_token=%41&expires_in=0&refresh_token=", " access_token=A \r\n")) {
			this.server.always(RawServer.reply(body));
			OAuth2AccessTokenResponse token = QqLogins.token(this.client, this.server);
			assertThat(token.getAccessToken().getTokenValue()).isEqualTo("A");
			assertThat(token.getAccessToken().getTokenType().getValue()).isEqualTo("Bearer");
			assertThat(token.getAccessToken().getScopes()).containsExactly("get_user_info");
			assertThat(token.getRefreshToken()).isNull();
			assertThat(token.getAdditionalParameters()).hasSize(1);
		}
	}

}
