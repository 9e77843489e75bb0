package io.github.qqoauth2.bind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

class ApiRequestTests {

	private static @Nullable ApiRequest read(String body) throws IOException {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/login/qq/bind");
		request.setParameter("username", "mallory");
		request.setContent(body.getBytes(StandardCharsets.UTF_8));
		return ApiRequest.read(request);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "[]", "null", "\"x\"", "1", "true", "{\"a\":1}x", "{\"a\":1}{\"a\":2}",
			"{\"a\":1,\"a\":2}", "{a:1}", "{'a':1}", "{\"a\":1,}", "{\"a\":1}//", "\uFEFF{\"a\":1}" })
	@Tag("T-41")
	void readWhenBodyIsNotJsonObjectThenNull(String body) throws IOException {
		assertThat(read(body)).isNull();
	}

	private static boolean prefersJson(String... accept) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/account/qq");
		for (String value : accept) {
			request.addHeader("Accept", value);
		}
		return ApiRequest.matches(request);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/problem+json", "application/json, text/html",
			"text/html;q=0.9, application/json", "APPLICATION/JSON", "application/json;Q=0.5",
			"a/b;Q=x, application/json", "a/b;q=x, application/json", ";;;, application/json",
			"application/json, a/b;Q=x", "text/html;Q=x, application/json;q=0.1",
			"text/html;q=2, application/json;q=0.1", "text/html;charset=nonsense, application/json" })
	void matchesWhenAcceptPrefersJsonThenTrue(String accept) {
		assertThat(prefersJson(accept)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "*/*", "text/html", "application/json;q=0", "text/html, application/json",
			"application/json;q=0.8, text/html;q=0.9", "a/b;Q=x", "a/b;q=x", "a/b;Q=NaN", "a/b;q=", "a/b;q", "/", "a",
			";", ",,,", "application/json;Q=x", "application/json;q=NaN", "application/json;Q=NaN",
			"application/json;Q=2", "application/json;Q=-1", "application/json;Q=1e400", "application/json;q=2",
			"application/json;charset=x", "application/json;CHARSET=x", "application/json;charset=\"",
			"application/json;", "application/*", "\u00ff/\u00ff", "application /json" })
	void matchesWhenAcceptPrefersNoJsonOrIsInvalidThenFalse(String accept) {
		assertThat(prefersJson(accept)).isEqualTo(accept.equals("application/json;"));
	}

	@Test
	void matchesWhenSeveralAcceptHeadersThenOneList() {
		assertThat(prefersJson("a/b;Q=x", "application/json")).isTrue();
		assertThat(prefersJson("text/html", "application/json")).isFalse();
		assertThat(prefersJson()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", ";", "/", "json", "text/plain", "application/x-www-form-urlencoded",
			"multipart/form-data", "application/json;charset=utf-16", "application/json;charset=nonsense",
			"application/json;charset=", "application/json;CHARSET=nonsense", "application/json;CHARSET=utf-16",
			"application/json;charset=\"", "application/json;q=x", "application/json;Q=x", "\u00ff/\u00ff",
			"application/*" })
	@Tag("T-41")
	void isJsonBodyWhenOtherOrInvalidContentTypeThenFalse(String type) {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/login/qq/bind");
		request.setContentType(type);
		assertThat(ApiRequest.isJsonBody(request)).isFalse();
		assertThat(ApiRequest.isJsonBody(new MockHttpServletRequest())).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/json;charset=utf-8",
			"Application/JSON; CharSet=\"UTF-8\"", "application/json;a=b", "application/json;a" })
	void isJsonBodyWhenJsonInUtf8ThenTrue(String type) {
		MockHttpServletRequest request = new MockHttpServletRequest("POST", "/login/qq/bind");
		request.setContentType(type);
		assertThat(ApiRequest.isJsonBody(request)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\":", "[", "{\"a\":[" })
	@Tag("T-41")
	void readWhenNestedWithoutEndThenNull(String level) throws IOException {
		assertThat(read("{\"a\":" + level.repeat(60_000 / level.length()))).isNull();
		assertThat(read("{\"a\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"a\":1e999999999}", "{\"a\":-0.0000e-99999}", "{\"a\":99999999999999999999999}",
			"{\"a\":\"\\ud800\"}", "{\"a\":\"\\u0000\"}", "{\"a\":NaN}", "{\"a\":01}", "{\"\":\"\"}" })
	void readWhenValueIsUnusualThenNoException(String body) throws IOException {
		ApiRequest request = read(body);
		assertThat(request == null || request.getParameterMap().size() <= 1).isTrue();
	}

	@Test
	@Tag("T-13")
	void readWhenBodyIsJsonObjectThenOnlyMembersAreParameters() throws IOException {
		ApiRequest request = read("{\"password\":\" p\",\"n\":12,\"yes\":true,\"no\":false,\"none\":null,"
				+ "\"list\":[\"x\"],\"object\":{\"username\":\"x\"}}");
		assertThat(request).isNotNull();
		assertThat(request.getParameterMap()).containsOnlyKeys("password", "n", "yes");
		assertThat(request.getParameter("password")).isEqualTo(" p");
		assertThat(request.getParameter("n")).isEqualTo("12");
		assertThat(request.getParameterValues("yes")).containsExactly("true");
		assertThat(request.getParameterValues("username")).isNull();
		assertThat(request.getParameter("username")).isNull();
	}

}
