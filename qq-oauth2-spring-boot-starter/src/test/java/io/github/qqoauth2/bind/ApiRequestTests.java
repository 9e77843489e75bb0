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
