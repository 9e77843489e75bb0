package io.github.qqoauth2.simulator;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link UserInfoEndpoint}.
 */
class UserInfoEndpointTests {

	private final QqSimulator simulator = QqSimulator.start();

	private final TestClient client = new TestClient(this.simulator);

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void getWhenValidThenRepliesRecordedFields() {
		HttpResponse<String> response = get(parameters(QqPerson.XIAO_MING));
		assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html");
		assertThat(Recorded.profileShape(response.body()))
			.isEqualTo(Recorded.profileShape(Recorded.reply("userinfo-ok-2021.json")));
	}

	@Test
	void getWhenValidThenRepliesProfileOfPerson() {
		String openid = QqPerson.XIAO_MING.openid(QqSimulator.APP_ID);
		assertThat(get(parameters(QqPerson.XIAO_MING)).body())
			.contains("\"nickname\": \"小明\"", "\"gender\": \"男\"", "\"gender_type\": 1", "\"province\": \"广东\"",
					"\"city\": \"深圳\"", "\"year\": \"1990\"")
			.contains("\"figureurl_2\": \"http:\\/\\/qzapp.qlogo.cn\\/qzapp\\/101000001\\/" + openid + "\\/100\"")
			.contains("\"figureurl_qq_1\": \"http://thirdqq.qlogo.cn/g?b=oidb&k=3FD1A7C05E9B42D8A6F1&s=40&t=")
			.contains("&s=640&t=")
			.doesNotContain("openid");
	}

	@Test
	void getWhenNicknameIsEmojiThenIsNotEscaped() {
		assertThat(get(parameters(QqPerson.PANDA)).body()).contains("\"nickname\": \"🐼🎋\"", "\"gender_type\": 2");
		assertThat(Recorded.reply("userinfo-ok-2021-emoji-min.json")).doesNotContain("\\u").contains("🌊");
	}

	@Test
	void getWhenPersonHasNoAvatarThenUrlsAreEmpty() {
		assertThat(get(parameters(QqPerson.NOBODY)).body()).contains("\"nickname\": \"\"", "\"figureurl_qq_1\": \"\"",
				"\"figureurl_qq_2\": \"\"", "\"figureurl\": \"\"");
	}

	@Test
	void getWhenNicknameHasSpecialCharactersThenEscapesThem() {
		QqPerson person = new QqPerson("x", "a\"b\\c\n{{gender}}$1", "女", null);
		this.simulator.addPerson(person);
		assertThat(get(parameters(person)).body()).contains("\"nickname\": \"a\\\"b\\\\c\\u000a{{gender}}$1\"");
	}

	@ParameterizedTest
	@CsvSource({ "access_token,,-1", "oauth_consumer_key,,-1", "openid,,-1", "openid,short,-1",
			"oauth_consumer_key,999,-2", "openid,0123456789ABCDEF0123456789ABCDEF,-22", "access_token,wrong,-23" })
	void getWhenParameterIsMissingOrWrongThenRepliesRet(String name, @Nullable String value, int ret) {
		Map<String, String> parameters = TestClient.without(parameters(QqPerson.PANDA), name);
		if (value != null) {
			parameters.put(name, value);
		}
		HttpResponse<String> response = get(parameters);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.body()).startsWith("{\"ret\":" + ret + ",\"msg\":\"");
	}

	@Test
	void getWhenRefusedThenRepliesRecordedError() {
		Map<String, String> parameters = parameters(QqPerson.PANDA);
		assertThat(get(TestClient.with(parameters, "openid", "x")).body())
			.isEqualTo(Recorded.reply("userinfo-error-minus1.json").strip());
		assertThat(get(TestClient.with(parameters, "access_token", "x")).body())
			.isEqualTo(Recorded.reply("userinfo-error-minus23.json").strip());
	}

	@Test
	void getWhenTokenIsOfAnotherAppThenRepliesInvalid() {
		this.simulator.addApp(new QqApp("102000002", "other"));
		assertThat(get(TestClient.with(parameters(QqPerson.PANDA), "oauth_consumer_key", "102000002")).body())
			.startsWith("{\"ret\":-23,");
	}

	private HttpResponse<String> get(Map<String, String> parameters) {
		return this.client.get(QqEndpoint.USER_INFO, parameters);
	}

	private Map<String, String> parameters(QqPerson person) {
		Map<String, String> parameters = new LinkedHashMap<>();
		parameters.put("access_token", this.client.accessToken(person));
		parameters.put("oauth_consumer_key", QqSimulator.APP_ID);
		parameters.put("openid", person.openid(QqSimulator.APP_ID));
		return parameters;
	}

}
