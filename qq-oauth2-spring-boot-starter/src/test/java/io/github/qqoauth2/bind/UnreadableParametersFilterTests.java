package io.github.qqoauth2.bind;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class UnreadableParametersFilterTests {

	private final UnreadableParametersFilter filter = new UnreadableParametersFilter(
			(request) -> request.getRequestURI().equals("/login/qq/bind"));

	private final MockFilterChain rest = new MockFilterChain();

	private static MockHttpServletRequest unreadable(String uri) {
		return new MockHttpServletRequest("GET", uri) {

			@Override
			public Map<String, String[]> getParameterMap() {
				throw new IllegalStateException("Character decoding failed");
			}

		};
	}

	private HttpServletRequest passed(MockHttpServletRequest request) throws Exception {
		this.filter.doFilter(request, new MockHttpServletResponse(), this.rest);
		assertThat(this.rest.getRequest()).isInstanceOf(HttpServletRequest.class);
		return (HttpServletRequest) this.rest.getRequest();
	}

	@Test
	void requestWhenParametersAreReadableThenPassesAsItIs() throws Exception {
		MockHttpServletRequest request = LoginFixture.get("/login/qq/bind");
		assertThat(passed(request)).isSameAs(request);
	}

	@Test
	void requestWhenParametersAreUnreadableThenPassesWithoutThem() throws Exception {
		HttpServletRequest passed = passed(unreadable("/login/qq/bind"));
		assertThat(passed.getParameterMap()).isEmpty();
		assertThat(passed.getParameter("binding")).isNull();
		assertThat(passed.getRequestURI()).isEqualTo("/login/qq/bind");
	}

	@Test
	void requestWhenAtOtherAddressThenPassesAsItIs() throws Exception {
		MockHttpServletRequest request = unreadable("/orders");
		assertThat(passed(request)).isSameAs(request);
	}

}
