package io.github.qqoauth2.client;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the validation of openids.
 */
class OpenidTests {

	private static final String ME = "\"client_id\":\"" + QqLogins.APP_ID + "\"";

	private final RawServer server = new RawServer();

	private final QqClient client = QqLogins.client(this.server);

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	static Stream<String> invalidOpenids() {
		String invalid = """
				" "
				"\\t"
				"\\n"
				"\\u0000"
				"\\u3000"
				"null"
				"NULL"
				"Null"
				"undefined"
				0
				1
				-1
				1.5
				1e3
				12345678901234567890
				true
				false
				[]
				["6B1F38ABB8E76CDA577251D321D88CAF"]
				{}
				{"openid":"6B1F38ABB8E76CDA577251D321D88CAF"}
				" 6B1F38ABB8E76CDA577251D321D88CAF"
				"6B1F38ABB8E76CDA577251D321D88CAF "
				"6B1F38ABB8E76CDA577251D321D88CAF\\n"
				"6B1F38AB B8E76CDA577251D321D88CAF"
				"6B1F38ABB8E76CDA577251D321D88CAF\\u0000"
				"6B1F38ABB8E76CDA577251D321D88CAF'--"
				"6B1F38ABB8E76CDA577251D321D88CAF%00"
				"６Ｂ１Ｆ３８ＡＢ"
				"openid\\u202e"
				"openid\\ufeff"
				"open.id"
				"open/id"
				"../openid"
				"open+id"
				"open=id"
				"open:id"
				"<svg>"
				"${jndi}"
				"登录"
				"\\ud83d\\ude00"
				"\\ud83d"
				""";
		return Stream.concat(invalid.lines(),
				Stream.of("\"" + "A".repeat(65) + "\"", "\"" + "A".repeat(10_240) + "\""));
	}

	@Tag("T-14")
	@ParameterizedTest
	@MethodSource("invalidOpenids")
	void identityWhenOpenidIsInvalidThenRefused(String openid) {
		this.server.always(RawServer.reply("{" + ME + ",\"openid\":" + openid + "}"));
		QqFailure failure = QqFailure.of(() -> QqLogins.identity(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_PARSE);
	}

	@Tag("T-14")
	@ParameterizedTest
	@MethodSource("invalidOpenids")
	void tokenWhenOpenidIsInvalidThenRefused(String openid) {
		this.server.always(RawServer.reply("{\"access_token\":\"AT\",\"openid\":" + openid + "}"));
		QqFailure failure = QqFailure.of(() -> QqLogins.token(this.client, this.server));
		assertThat(failure.fault()).isEqualTo(Fault.QQ_PARSE);
		assertThat(this.server.requests()).hasSize(1);
	}

	@Tag("T-14")
	@Test
	void invalidOpenidsWhenCountedThenAtLeastForty() {
		assertThat(invalidOpenids()).hasSizeGreaterThanOrEqualTo(40);
	}

	@Tag("T-14")
	@ParameterizedTest
	@ValueSource(strings = { "", ",\"openid\":\"\"", ",\"openid\":null" })
	void identityWhenOpenidIsMissingThenRefused(String openid) {
		this.server.always(RawServer.reply("{" + ME + openid + "}"));
		assertThat(QqFailure.of(() -> QqLogins.identity(this.client, this.server)).fault()).isEqualTo(Fault.QQ_PARSE);
	}

}
