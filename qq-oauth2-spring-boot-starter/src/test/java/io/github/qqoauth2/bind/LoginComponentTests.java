package io.github.qqoauth2.bind;

import java.time.Duration;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

import static org.assertj.core.api.Assertions.assertThat;

class LoginComponentTests {

	private static final String QQ_SCRIPT = "https://res.connect.qq.com/jssdk/index.js";

	private static ClientRegistration registration(String authorizationUri) {
		return ClientRegistration.withRegistrationId("qq")
			.clientId("101")
			.clientSecret("app-key")
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
			.authorizationUri(authorizationUri)
			.tokenUri("https://graph.qq.com/oauth2.0/token")
			.build();
	}

	private static String script(@Nullable ClientRegistration registration, String start) throws Exception {
		LoginComponent component = new LoginComponent(registration, start, Duration.ofMinutes(5));
		MockHttpServletResponse redirect = new MockHttpServletResponse();
		assertThat(component.answer(get("/login/qq/component.js"), redirect)).isTrue();
		assertThat(redirect.getStatus()).isEqualTo(302);
		MockHttpServletResponse response = new MockHttpServletResponse();
		String name = Objects.requireNonNull(redirect.getHeader("Location"));
		assertThat(component.answer(get("/login/qq/" + name), response)).isTrue();
		return response.getContentAsString();
	}

	private static MockHttpServletRequest get(String path) {
		return new MockHttpServletRequest("GET", path);
	}

	@ParameterizedTest
	@Tag("T-60")
	@CsvSource({ "https://graph.qq.com/oauth2.0/authorize, " + QQ_SCRIPT,
			"http://127.0.0.1:9100/oauth2.0/authorize, http://127.0.0.1:9100/jssdk/index.js",
			"https://localhost:9100/qq/oauth2.0/authorize, https://localhost:9100/qq/jssdk/index.js",
			"https://graph.qq.com.test/oauth2.0/authorize, https://graph.qq.com.test/jssdk/index.js",
			"https://graph.qq.com/oauth2.0/show, " + QQ_SCRIPT })
	void scriptThenAddressOfQqFollowsRegistration(String authorizationUri, String expected) throws Exception {
		assertThat(script(registration(authorizationUri), "/oauth2/authorization/qq"))
			.contains("script: \"" + expected.replace("/", "\\/") + "\"",
					"start: \"\\/oauth2\\/authorization\\/qq\", lifetime: \"300\"")
			.doesNotContain("%", "app-key", "101");
	}

	@Test
	void scriptWhenNoRegistrationThenAddressOfQq() throws Exception {
		assertThat(script(null, "/start/qq")).contains(QQ_SCRIPT.replace("/", "\\/"), "\"\\/start\\/qq\"");
	}

	@Test
	void scriptWhenSettingsContainQuotesThenEscaped() throws Exception {
		assertThat(script(null, "/\"+alert(1)+\"</script>")).contains("\"\\/\\\"+alert(1)+\\\"")
			.doesNotContain("</script>");
	}

	@Test
	void answerWhenOtherPathThenNotAnswered() throws Exception {
		LoginComponent component = new LoginComponent(null, "/oauth2/authorization/qq", Duration.ofMinutes(5));
		for (String path : new String[] { "/login/qq/component-0.js", "/login/qq/component.js/", "/component.js" }) {
			MockHttpServletResponse response = new MockHttpServletResponse();
			assertThat(component.answer(get(path), response)).as(path).isFalse();
			assertThat(response.getContentAsString()).isEmpty();
		}
	}

	/**
	 * What a strict content security policy blocks, and what would let a message or an
	 * attribute of the page decide.
	 */
	@Test
	@Tag("T-60")
	void scriptWhenScannedThenEvaluatesNoTextAndReceivesNoMessage() throws Exception {
		assertThat(script(null, "/oauth2/authorization/qq")).doesNotContain("eval(", "Function(", "innerHTML",
				"outerHTML", "insertAdjacentHTML", "document.write", "\"style\"", "cssText", "\"message\"",
				"postMessage", "window.open", "localStorage", "sessionStorage", "document.cookie");
	}

}
