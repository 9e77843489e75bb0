package io.github.qqoauth2.bind;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

import static org.assertj.core.api.Assertions.assertThat;

class QqCallbackFilterTests {

	private static QqCallbackFilter.Callback callback(String next) {
		return new QqCallbackFilter.Callback(OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://graph.qq.com/oauth2.0/authorize")
			.clientId("101")
			.attributes(Map.of(QqAuthorizationRequestResolver.NEXT, next))
			.build());
	}

	@Test
	@Tag("T-38")
	void nextWhenStoredOneLeadsElsewhereThenNone() {
		assertThat(callback("/orders/3").next()).isEqualTo("/orders/3");
		assertThat(callback("//e.test").next()).isNull();
		assertThat(callback("https://e.test/").next()).isNull();
		assertThat(new QqCallbackFilter.Callback(null).next()).isNull();
	}

}
