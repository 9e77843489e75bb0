package io.github.qqoauth2.client;

import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class AvatarTests {

	private final RawServer server = new RawServer();

	private final QqClient client = QqLogins.client(this.server);

	@AfterEach
	void stop() throws IOException {
		this.server.close();
	}

	static Stream<String> hostileUrls() {
		return Stream.concat("""
				javascript:alert(1)
				javascript://q.qlogo.cn/%0aalert(1)
				data:image/svg+xml,<svg onload=alert(1)>
				data:text/html;base64,PHN2Zz4=
				vbscript:x
				file:///etc/passwd
				ftp://q.qlogo.cn/a
				http://169.254.169.254/latest/meta-data
				http://127.0.0.1/a
				http://[::1]/a
				http://2130706433/a
				http://0x7f.1/a
				http://localhost/a
				https://evil.example/a
				https://qlogo.cn.evil.example/a
				https://evilqlogo.cn/a
				https://q.qlogo.cn@evil.example/a
				https://user:pass@q.qlogo.cn/a
				https://q.qlogo.cn:8443/a
				https://q.qlogo.cn:443/a
				https://q.qlogo.cn\\@evil.example/a
				https:\\\\q.qlogo.cn/a
				https:/q.qlogo.cn/a
				https:q.qlogo.cn/a
				//q.qlogo.cn/a
				/a
				q.qlogo.cn/a
				https://
				https://q.qlogo.cn。evil.example/a
				https://ｑ.ｑｌｏｇｏ.ｃｎ/a
				https://q.qlogo.cn./a
				https://q..qlogo.cn/a
				https://.qlogo.cn/a
				https://q.qlogo.cn/a b
				https://q.qlogo.cn/"onerror=alert(1)
				https://q.qlogo.cn/<svg>
				https://q.qlogo.cn/%zz
				https://q.qlogo.cn/a#fragment
				https://q.qlogo.cn%2eevil.example/a
				""".lines(), Stream.of("", " ", "https://q.qlogo.cn/" + "a".repeat(1024), "x".repeat(5000)));
	}

	@Tag("T-22")
	@ParameterizedTest
	@MethodSource("hostileUrls")
	void profileWhenAvatarUrlIsForeignThenOmittedAndNotFetched(String address) {
		String json = JSONObjectUtils
			.toJSONString(Map.of("ret", 0, "nickname", "N", "figureurl_qq_2", address, "figureurl_qq_1", address));
		this.server.always(RawServer.reply(json));
		QqProfile profile = QqLogins.profile(this.client, this.server);
		assertThat(profile.avatarUrl()).isNull();
		assertThat(profile.attributes()).containsOnlyKeys("nickname");
		assertThat(this.server.requests()).hasSize(1);
	}

	@Tag("T-22")
	@Test
	void hostileUrlsWhenCountedThenAtLeastThirty() {
		assertThat(hostileUrls()).hasSizeGreaterThanOrEqualTo(30);
	}

	@ParameterizedTest
	@CsvSource({ "http://thirdqq.qlogo.cn/g?b=oidb&k=A&s=100, https://thirdqq.qlogo.cn/g?b=oidb&k=A&s=100",
			"https://q.qlogo.cn/a, https://q.qlogo.cn/a", "HTTP://Q.QLOGO.CN/A, https://Q.QLOGO.CN/A",
			"https://qlogo.cn/, https://qlogo.cn/", "http://qlogo.cn, https://qlogo.cn",
			"http://q.qlogo.cn/登, https://q.qlogo.cn/%E7%99%BB" })
	void checkWhenUrlIsOnHostOfQqThenHttps(String address, String expected) {
		assertThat(Avatar.check(address)).isEqualTo(expected);
	}

	@Test
	void ofWhenAvatarFieldIsMissingOrInvalidThenUsesNext() {
		String url = "https://q.qlogo.cn/";
		Map<String, String> all = Map.of("figureurl_qq_2", url + 1, "figureurl_qq_1", url + 2, "figureurl_2", url + 3,
				"figureurl_qq", url + 4, "figureurl_1", url + 5, "figureurl", url + 6);
		assertThat(QqProfile.of(all).avatarUrl()).isEqualTo(url + 1);
		assertThat(QqProfile.of(Map.of("figureurl_qq_2", "", "figureurl_qq_1", url)).avatarUrl()).isEqualTo(url);
		assertThat(QqProfile.of(Map.of("figureurl_qq_2", "https://qq/a", "figureurl", url)).avatarUrl()).isEqualTo(url);
	}

}
