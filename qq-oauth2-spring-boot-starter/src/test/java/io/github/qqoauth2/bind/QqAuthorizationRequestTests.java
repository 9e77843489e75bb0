package io.github.qqoauth2.bind;

import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

import static org.assertj.core.api.Assertions.assertThat;

class QqAuthorizationRequestTests {

	private static OAuth2AuthorizationRequest request(String next) {
		return OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://graph.qq.com/oauth2.0/authorize")
			.clientId("101")
			.redirectUri("https://www.example.com/login/oauth2/code/qq")
			.state("STATE")
			.attributes(Map.of("registration_id", "qq", QqAuthorizationRequest.NEXT, next))
			.build();
	}

	@Test
	@Tag("T-38")
	void nextWhenStoredNextIsNotLocalThenNull() {
		assertThat(QqAuthorizationRequest.next(request("/orders/3"))).isEqualTo("/orders/3");
		assertThat(QqAuthorizationRequest.next(request("//e.test"))).isNull();
		assertThat(QqAuthorizationRequest.next(request("https://e.test/"))).isNull();
	}

	@Test
	void readWhenWrittenThenEqual() {
		OAuth2AuthorizationRequest read = Objects
			.requireNonNull(QqAuthorizationRequest.read(QqAuthorizationRequest.write(request("/orders/3"))));
		assertThat(QqAuthorizationRequest.isQq(read)).isTrue();
		assertThat(read.getState()).isEqualTo("STATE");
		assertThat(read.getClientId()).isEqualTo("101");
		assertThat(read.getRedirectUri()).isEqualTo("https://www.example.com/login/oauth2/code/qq");
		assertThat(read.getAttributes()).isEqualTo(request("/orders/3").getAttributes());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "{}", "{\"v\":\"2\"}", "{\"v\":\"1\",\"state\":\"S\"}" })
	void readWhenDamagedOrOtherVersionThenNull(String text) {
		assertThat(QqAuthorizationRequest.read(text)).isNull();
	}

}
