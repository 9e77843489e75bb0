package io.github.qqoauth2.client;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
			assertThat(QqFailure.of(() -> QqLogins.profile(this.client, this.server)).fault())
				.isEqualTo(Fault.QQ_PARSE);
		}
		for (String contentType : List.of("text/html;charset=GBK", "text/html; Charset=\"gb18030\"")) {
			this.server.always(RawServer.reply(200, contentType, gbk));
			assertThat(QqLogins.profile(this.client, this.server).nickname()).isEqualTo("登录");
		}
		byte[] utf8 = "{\"ret\":0,\"nickname\":\"登录🌊\"}".getBytes(StandardCharsets.UTF_8);
		for (String contentType : List.of("text/html", "text/html;charset=ISO-8859-1", "text/html;charset=GBK")) {
			this.server.always(RawServer.reply(200, contentType, utf8));
			assertThat(QqLogins.profile(this.client, this.server).nickname()).isEqualTo("登录🌊");
		}
	}

}
