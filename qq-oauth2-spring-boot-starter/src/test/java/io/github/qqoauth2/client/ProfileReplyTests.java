package io.github.qqoauth2.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the fields and charsets of profile replies.
 */
class ProfileReplyTests {

	private final RawServer server = new RawServer();

	private final QqClient client = QqLogins.client(this.server);

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	@Test
	void profileWhenReplyHasNoRetThenRefused() {
		this.server.always(RawServer.reply("{\"nickname\":\"N\"}"));
		assertThat(QqFailure.of(() -> QqLogins.profile(this.client, this.server)).fault()).isEqualTo(Fault.QQ_PARSE);
	}

	@Test
	void profileWhenReplyHasOpenidThenIgnored() {
		this.server.always(RawServer.reply("{\"ret\":0,\"openid\":\"OTHER\",\"unionid\":\"U\",\"nickname\":\"N\"}"));
		QqProfile profile = QqLogins.profile(this.client, this.server);
		assertThat(profile.attributes()).containsOnlyKeys("nickname");
	}

	@Test
	void profileWhenNotUtf8ThenDecodedOnlyByDeclaredMultiByteCharset() {
		byte[] gbk = "{\"ret\":0,\"nickname\":\"登录\"}".getBytes(Charset.forName("GBK"));
		for (String contentType : List.of("text/html", "text/html;charset=UTF-8", "text/html; charset=ISO-8859-1",
				"text/html;charset=us-ascii", "text/html;charset=windows-1252", "text/html;charset=none-such",
				"text/html;charset=", "text/html;charset=\"%\"")) {
			this.server.always(RawServer.reply(200, contentType, gbk));
			assertThat(QqLogins.profile(this.client, this.server).attributes()).isEmpty();
		}
		for (String contentType : List.of("text/html;charset=GBK", "text/html; Charset=\"gb18030\"")) {
			this.server.always(RawServer.reply(200, contentType, gbk));
			assertThat(QqLogins.profile(this.client, this.server).nickname()).isEqualTo("登录");
		}
		this.server.always(RawServer.reply(200, "text/html;charset=GBK",
				"{\"ret\":0,\"nickname\":\"\u00FF\"}".getBytes(StandardCharsets.ISO_8859_1)));
		assertThat(QqFailure.of(() -> QqLogins.profile(this.client, this.server)).fault()).isEqualTo(Fault.QQ_PARSE);
		byte[] utf8 = "{\"ret\":0,\"nickname\":\"登录🌊\"}".getBytes(StandardCharsets.UTF_8);
		for (String contentType : List.of("text/html", "text/html;charset=ISO-8859-1", "text/html;charset=GBK")) {
			this.server.always(RawServer.reply(200, contentType, utf8));
			assertThat(QqLogins.profile(this.client, this.server).nickname()).isEqualTo("登录🌊");
		}
	}

	static Stream<Arguments> damaged() {
		String control = "\u0000\u0001\b\t\n\u000B\f\r\u000E\u0014\u001B\u001F";
		return Stream.of(Arguments.of(utf8(control + "琦" + control + "娅"), "琦娅"),
				Arguments.of(utf8("琦\u007F\u0085\u009F娅"), "琦娅"), Arguments.of(utf8("琦\\x娅"), "琦x娅"),
				Arguments.of(utf8("C:\\\\琦"), "C:\\琦"), Arguments.of(utf8("琦\\u12娅"), "琦u12娅"),
				Arguments.of(utf8("琦\u0007\\\"\\u5a05\\/"), "琦\"娅/"),
				// an emoji, a character of three bytes and one of two bytes, cut
				Arguments.of(bytes("海豹", 0xF0, 0x9F, 0x8C), "海豹\uFFFD"),
				Arguments.of(bytes("海豹", 0xE6, 0xB5), "海豹\uFFFD"), Arguments.of(bytes("海豹", 0xC3), "海豹\uFFFD"),
				// bytes that are never part of UTF-8, an overlong form, a lone surrogate
				Arguments.of(bytes("海豹", 0xFF), "海豹\uFFFD"), Arguments.of(bytes("海豹", 0x80), "海豹\uFFFD"),
				Arguments.of(bytes("海豹们的", 0xC0, 0xAF), "海豹们的\uFFFD\uFFFD"),
				Arguments.of(bytes("海豹们的", 0xED, 0xA0, 0xBD), "海豹们的\uFFFD"),
				// nothing is left
				Arguments.of(bytes("", 0xF0, 0x9F, 0x8C), null), Arguments.of(utf8("\u0014\u0001"), null));
	}

	@ParameterizedTest
	@MethodSource("damaged")
	void profileWhenNicknameIsDamagedThenRestIsKept(byte[] nickname, @Nullable String kept) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.write(utf8("{\"ret\":0,\"msg\":\"\",\"nickname\":\""));
		body.write(nickname);
		body.write(utf8("\",\"gender\":\"男\",\"figureurl_qq_2\":\"http:\\/\\/q.qlogo.cn\\/a\"}"));
		this.server.always(RawServer.reply(200, "text/html", body.toByteArray()));
		QqProfile profile = QqLogins.profile(this.client, this.server);
		assertThat(profile.nickname()).isEqualTo(kept);
		assertThat(profile.gender()).isEqualTo("男");
		assertThat(profile.avatarUrl()).isEqualTo("https://q.qlogo.cn/a");
	}

	@Test
	void profileWhenErrorHasInvalidCharacterThenNumber() {
		this.server.always(RawServer.reply("{\"ret\":-23,\"msg\":\"a\u0001b\"}"));
		assertThat(QqFailure.of(() -> QqLogins.profile(this.client, this.server)).number()).isEqualTo(-23);
	}

	@Tag("T-18")
	@ParameterizedTest
	@ValueSource(strings = { "{\"ret\":0,\"nickname\":\"a\",\"nickname\":\"\u0001\"}",
			"{\"ret\":0,\"nickname\":\"a\u0001\"", "{\"ret\":0,\"nickname\":\"a\u0001\"}}",
			"<html>{\"ret\":0}\u0001</html>", "\u0001", "{\"nickname\":\"\u0001\"}" })
	void profileWhenNoProfileWithoutInvalidCharactersThenRefused(String body) {
		this.server.always(RawServer.reply(body));
		assertThat(QqFailure.of(() -> QqLogins.profile(this.client, this.server)).fault()).isIn(Fault.QQ_PARSE,
				Fault.QQ_NOT_PROTOCOL);
	}

	@Tag("T-18")
	@Test
	void tokenAndIdentityWhenReplyIsDamagedThenRefused() {
		byte[] cut = bytes("", 0xF0, 0x9F);
		for (byte[] damage : List.of(utf8("\u0014"), utf8("\\x"), cut)) {
			String field = ",\"x\":\"" + new String(damage, StandardCharsets.ISO_8859_1) + "\"}";
			this.server.always(latin1("{\"access_token\":\"AT\",\"openid\":\"" + QqLogins.OPENID + "\"" + field));
			assertThat(QqFailure.of(() -> QqLogins.token(this.client, this.server)).fault()).isEqualTo(Fault.QQ_PARSE);
			this.server.always(latin1(
					"{\"client_id\":\"" + QqLogins.APP_ID + "\",\"openid\":\"" + QqLogins.OPENID + "\"" + field));
			assertThat(QqFailure.of(() -> QqLogins.identity(this.client, this.server)).fault())
				.isEqualTo(Fault.QQ_PARSE);
		}
	}

	private static RawServer.Behaviour latin1(String body) {
		return RawServer.reply(200, "text/html", body.getBytes(StandardCharsets.ISO_8859_1));
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[] bytes(String text, int... rest) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		bytes.writeBytes(utf8(text));
		for (int next : rest) {
			bytes.write(next);
		}
		return bytes.toByteArray();
	}

}
