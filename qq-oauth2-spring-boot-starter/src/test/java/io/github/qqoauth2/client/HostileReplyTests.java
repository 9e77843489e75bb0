package io.github.qqoauth2.client;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of malicious and randomly damaged replies.
 */
class HostileReplyTests {

	private static final String ME = "\"client_id\":\"" + QqLogins.APP_ID + "\"";

	private static final String OPENID = "\"openid\":\"" + QqLogins.OPENID + "\"";

	private static final String OK = "{" + ME + "," + OPENID + "}";

	private final RawServer server = new RawServer();

	private final QqClient client = QqLogins.client(this.server);

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	static Stream<String> hostileBodies() {
		List<String> bodies = new ArrayList<>(List.of("", " ", "\n", "null", "true", "0", "\"\"", "[]", "{}", "()",
				"callback()", "callback();", "callback({});", "callback(null);", "callback([]);", "callback(" + OK,
				"callback" + OK + ")", "callback(" + OK + "))", "callback((" + OK + "));", "callback(" + OK + ");;",
				"callback(" + OK + ")x", "callback(" + OK + "); x", "x callback(" + OK + ");",
				"callback(" + OK + ");callback(" + OK + ");", "callback(" + OK + ")callback(" + OK + ")",
				"callback(" + OK + ");\ncallback(" + OK + ");", "callback(" + OK + "," + OK + ");",
				"callback(callback(" + OK + "));", "call back(" + OK + ");", "1callback(" + OK + ");",
				"a.b-c(" + OK + ");", "alert(1);callback(" + OK + ");", "/**/callback(" + OK + ");",
				"callback(/**/" + OK + ");", "callback(" + OK + "/**/);", "callback(" + OK + ");//",
				"callback(\uFEFF" + OK + ");", "\uFEFF\uFEFF" + OK, "\u0000" + OK, OK + "\u0000",
				"callback(" + OK + ");\u0000", OK + OK, OK + "," + OK, OK + "x", OK + "//", OK + "/**/", "/**/" + OK,
				"//\n" + OK, "#\n" + OK, ")]}'\n" + OK, "while(1);" + OK, "for(;;);" + OK, "[" + OK + "]",
				"{" + ME + "," + OPENID + "," + OPENID + "}", "{" + OPENID + ",\"openid\":\"B\"," + ME + "}",
				"{\"openid\":null," + OPENID + "," + ME + "}", "{\"\\u006fpenid\":\"B\"," + OPENID + "," + ME + "}",
				"{" + ME + ",\"client_id\":\"1\"," + OPENID + "}", "{" + ME + "," + OPENID + ",}",
				"{," + ME + "," + OPENID + "}", "{" + ME + OPENID + "}", "{" + ME + ";" + OPENID + "}",
				"{'client_id':'" + QqLogins.APP_ID + "','openid':'A'}",
				"{client_id:\"" + QqLogins.APP_ID + "\",openid:\"A\"}", "{" + ME + ",\"openid\"=\"A\"}",
				"{" + ME + ",\"openid\"=>\"A\"}", "{" + ME + ",\"openid\":A}", "{" + ME + ",\"openid\":\"A}",
				"{" + ME + ",\"openid\":\"A\nB\"}", "{" + ME + ",\"openid\":\"\\x41\"}",
				"{" + ME + ",\"openid\":\"\\u004\"}", "{" + ME + "/*,*/," + OPENID + "}",
				"{" + ME + "," + OPENID + ",\"x\":NaN}", "{" + ME + "," + OPENID + ",\"x\":Infinity}",
				"{" + ME + "," + OPENID + ",\"x\":01}", "{" + ME + "," + OPENID + ",\"x\":+1}",
				"{" + ME + "," + OPENID + ",\"x\":1.}", "{" + ME + "," + OPENID + ",\"x\":0x1}",
				"{" + ME + "," + OPENID + ",\"x\":TRUE}",
				"{" + ME + "," + OPENID + ",\"x\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}",
				"{" + ME + "," + OPENID + ",\"x\":" + "{\"a\":".repeat(9_000) + "1" + "}".repeat(9_000) + "}",
				"{\"x\":{" + ME + "," + OPENID + "}}", "{\"data\":[" + OK + "]}", "<html>" + OK + "</html>",
				"<!-- -->" + OK, OK.substring(1), OK.substring(0, OK.length() - 1),
				"client_id=" + QqLogins.APP_ID + "&openid=A&openid=B", "client_id=" + QqLogins.APP_ID,
				"openid=" + QqLogins.OPENID));
		return bodies.stream();
	}

	@Tag("T-18")
	@ParameterizedTest
	@MethodSource("hostileBodies")
	void identityWhenBodyIsHostileThenFailsWithoutCause(String body) {
		this.server.always(RawServer.reply(body));
		QqFailure failure = QqFailure.of(() -> QqLogins.identity(this.client, this.server));
		assertThat(failure.fault()).isIn(Fault.QQ_PARSE, Fault.QQ_NOT_PROTOCOL, Fault.QQ_AUDIENCE_MISMATCH);
		assertThat(failure.thrown()).hasNoCause();
	}

	@Tag("T-18")
	@Test
	void hostileBodiesWhenCountedThenAtLeastEighty() {
		assertThat(hostileBodies()).hasSizeGreaterThanOrEqualTo(80);
	}

	@Tag("T-18")
	@Test
	void profileWhenNicknameLooksLikeJsonpThenUnchanged() {
		for (String nickname : List.of("callback(", ");", "callback( {} );", "a&b=c", "x:y,{[", "\\\\", "a\\\"b:c")) {
			String shown = nickname.replace("\\\\", "\\").replace("\\\"", "\"");
			this.server.always(RawServer.reply("{\"ret\":0,\"nickname\":\"" + nickname + "\"}"));
			assertThat(QqLogins.profile(this.client, this.server).nickname()).isEqualTo(shown);
			this.server.always(RawServer.reply("callback({\"ret\":0,\"nickname\":\"" + nickname + "\"});"));
			assertThat(QqLogins.profile(this.client, this.server).nickname()).isEqualTo(shown);
		}
	}

	@Tag("T-18")
	@Test
	void replyWhenRandomlyDamagedThenFailsOrReturnsValidResult() throws IOException {
		Random random = new Random(20_181_118);
		List<String> names = QqRepliesTests.names().toList();
		for (int i = 0; i < 6_000; i++) {
			byte[] body = damaged(QqRepliesTests.bytes(names.get(random.nextInt(names.size()))), random);
			this.server.always(RawServer.reply(200, "text/html", body));
			assertFailureOrValidResult(i % 3);
		}
	}

	private void assertFailureOrValidResult(int step) {
		try {
			switch (step) {
				case 0 -> {
					OAuth2AccessTokenResponse token = QqLogins.token(this.client, this.server);
					assertThat(token.getAccessToken().getTokenValue()).matches("[0-9A-Za-z*._~+/=-]{1,1024}");
				}
				case 1 ->
					assertThat(QqLogins.identity(this.client, this.server).openid()).matches("[0-9A-Za-z_-]{1,64}");
				default -> assertThat(QqLogins.profile(this.client, this.server).attributes()).isNotNull();
			}
		}
		catch (RuntimeException ex) {
			QqFailure.of(() -> {
				throw ex;
			});
		}
	}

	private static byte[] damaged(byte[] body, Random random) {
		byte[] damaged = body.clone();
		for (int change = random.nextInt(6); change >= 0; change--) {
			int at = random.nextInt(damaged.length);
			byte[] changes = { (byte) random.nextInt(256), (byte) "{}[]\",:\\()&=%;0\0".charAt(random.nextInt(16)),
					(byte) (damaged[at] ^ (1 << random.nextInt(8))), body[random.nextInt(body.length)] };
			damaged[at] = changes[random.nextInt(changes.length)];
		}
		return damaged;
	}

}
