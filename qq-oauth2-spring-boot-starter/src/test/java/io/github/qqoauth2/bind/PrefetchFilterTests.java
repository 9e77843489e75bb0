package io.github.qqoauth2.bind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class PrefetchFilterTests {

	private final PrefetchFilter filter = new PrefetchFilter((request) -> request.getRequestURI().equals("/start"),
			(request) -> request.getRequestURI().equals("/callback"));

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final MockFilterChain rest = new MockFilterChain();

	private void send(MockHttpServletRequest request) throws Exception {
		this.filter.doFilter(request, this.response, this.rest);
		assertThat(request.getSession(false)).isNull();
	}

	private void refused(int status) {
		assertThat(this.rest.getRequest()).isNull();
		assertThat(this.response.getStatus()).isEqualTo(status);
		assertThat(this.response.getHeader("Cache-Control")).isEqualTo("no-store, private");
		assertThat(this.response.getHeader("Vary")).isEqualTo("Sec-Purpose, Purpose, X-Moz");
	}

	private void passed() {
		assertThat(this.rest.getRequest()).isNotNull();
		assertThat(this.response.getStatus()).isEqualTo(200);
		assertThat(this.response.getHeaderNames()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "/start|Sec-Purpose|prefetch", "/callback|Sec-Purpose|prefetch;prerender",
					"/start|Sec-Purpose|prerender", "/callback|Purpose|prefetch", "/start|Purpose|preview",
					"/callback|X-Moz|prefetch" })
	void requestWhenPrefetchThenUnavailable(String path, String header, String value) throws Exception {
		MockHttpServletRequest request = LoginFixture.get(path);
		request.addHeader(header, value);
		send(request);
		refused(503);
	}

	@ParameterizedTest
	@CsvSource({ "HEAD, /start", "OPTIONS, /start", "HEAD, /callback", "OPTIONS, /callback" })
	void requestWhenItHasNoBodyThenNoContent(String method, String path) throws Exception {
		send(new MockHttpServletRequest(method, path));
		refused(204);
	}

	@Test
	void requestWhenPrefetchAndHeadThenUnavailable() throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest("HEAD", "/start");
		request.addHeader("Purpose", "prefetch");
		send(request);
		refused(503);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "POST" })
	void requestWhenNavigationThenPasses(String method) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest(method, "/callback");
		request.addHeader("Sec-Purpose", "navigation");
		send(request);
		passed();
	}

	@Test
	void requestWhenPrefetchOfAnotherPageThenPasses() throws Exception {
		MockHttpServletRequest request = LoginFixture.get("/orders");
		request.addHeader("Sec-Purpose", "prefetch");
		send(request);
		passed();
	}

	@Test
	void requestWhenHeadOfAnotherPageThenPasses() throws Exception {
		send(new MockHttpServletRequest("HEAD", "/orders"));
		passed();
	}

}
