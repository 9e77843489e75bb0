package io.github.qqoauth2.client;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of errors in all observed and documented formats.
 */
class ErrorReplyTests {

	private final RawServer server = new RawServer();

	private final QqClient client = QqLogins.client(this.server);

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	static Stream<String> errors() {
		return Stream.of("callback( {\"error\":100020,\"error_description\":\"x\"} );", "{\"error\":100020}",
				"{\"error\":\"100020\"}", "{\"error\":\"+100020\"}", "{\"ret\":100020}", "{\"ret\":\"100020\"}",
				"code=100020&msg=reused+code", "code=100020", "error=100020&error_description=a%20b",
				"jsonp_1(\r\n{\"error\" : 100020}\r\n)\r\n;\r\n", "\uFEFF{\"error\":100020}",
				"{\"error\":100020,\"access_token\":\"A\",\"openid\":\"B\",\"ret\":0}", "access_token=A&error=100020",
				"{\"ret\":0,\"error\":100020}", "{\"\\u0065rror\":100020}",
				"{\"error\":\"\",\"code\":\"100020\",\"msg\":null}", "error=&code=100020&msg=",
				"{\"error\":null,\"ret\":100020}");
	}

	@ParameterizedTest
	@MethodSource("errors")
	void replyWhenErrorInAnyFormatThenNumber(String body) {
		for (int status : new int[] { 200, 400, 401, 407, 500, 503 }) {
			this.server.always(RawServer.reply(status, "text/html", body));
			QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
			assertThat(failure.fault()).isEqualTo(Fault.QQ_ERROR);
			assertThat(failure.number()).isEqualTo(100020);
			assertThat(failure.code()).isEqualTo(QqOAuth2Error.LOGIN_EXPIRED);
			assertThat(failure.message()).contains("returned error 100020 after");
		}
	}

	@Test
	void replyWhenErrorHasNoValidNumberThenErrorWithoutNumber() {
		for (String error : List.of("\"invalid_grant\"", "\" \"", "true", "1.5", "[1]", "{}", "99999999999",
				"\"99999999999999999999\"", "\"0x1\"")) {
			this.server.always(RawServer.reply("{\"error\":" + error + ",\"access_token\":\"A\"}"));
			QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
			assertThat(failure.fault()).isEqualTo(Fault.QQ_ERROR);
			assertThat(failure.number()).isNull();
			assertThat(failure.code()).isEqualTo(QqOAuth2Error.UNAVAILABLE);
			assertThat(failure.message()).contains("returned an error without a number after");
		}
	}

	@Test
	void replyWhenNumberIsNegativeOrUnknownThenKept() {
		this.server.always(RawServer.reply("{\"ret\":\"-23\"}"));
		QqFailure negative = QqFailure.of(() -> QqLogins.profile(this.client, this.server));
		assertThat(negative.number()).isEqualTo(-23);
		assertThat(negative.code()).isEqualTo(QqOAuth2Error.LOGIN_EXPIRED);
		this.server.always(RawServer.reply("{\"ret\":424242}"));
		QqFailure unknown = QqFailure.of(() -> QqLogins.profile(this.client, this.server));
		assertThat(unknown.number()).isEqualTo(424242);
		assertThat(unknown.code()).isEqualTo(QqOAuth2Error.UNAVAILABLE);
	}

	@Test
	void replyWhenZeroInAnyFormatThenSuccess() {
		for (String zero : List.of("0", "\"0\"", "-0", "\"-0\"", "\"00\"")) {
			this.server.always(RawServer.reply("{\"ret\":" + zero + ",\"error\":0,\"nickname\":\"N\"}"));
			assertThat(QqLogins.profile(this.client, this.server).nickname()).isEqualTo("N");
		}
	}

}
