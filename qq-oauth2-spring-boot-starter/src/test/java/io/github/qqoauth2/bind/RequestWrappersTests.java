package io.github.qqoauth2.bind;

import java.util.Collections;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.util.ServletRequestPathUtils;

import static org.assertj.core.api.Assertions.assertThat;

class RequestWrappersTests {

	@Test
	@Tag("T-02")
	void parameterRequestWhenReadThenOnlyGivenParameters() {
		MockHttpServletRequest sent = new MockHttpServletRequest("GET", "/login/oauth2/code/qq");
		sent.addParameter("code", "C", "D");
		sent.addParameter("remember-me", "true");
		ParameterRequest request = new ParameterRequest(sent, Map.of("state", new String[] { "S" }));
		assertThat(request.getParameter("state")).isEqualTo("S");
		assertThat(request.getParameter("code")).isNull();
		assertThat(request.getParameterValues("state")).containsExactly("S");
		assertThat(request.getParameterValues("code")).isNull();
		assertThat(request.getParameterMap()).containsOnlyKeys("state");
		assertThat(Collections.list(request.getParameterNames())).containsExactly("state");
	}

	@Test
	void localPathRequestWhenCreatedThenGetOfPath() {
		MockHttpServletRequest sent = new MockHttpServletRequest("POST", "/shop/login/qq/bind");
		sent.setContextPath("/shop");
		sent.setServletPath("/login/qq/bind");
		sent.setQueryString("a=b");
		sent.addParameter("password", "p");
		LocalPathRequest request = new LocalPathRequest(sent, "/orders?page=2");
		assertThat(request.getMethod()).isEqualTo("GET");
		assertThat(request.getRequestURI()).isEqualTo("/shop/orders");
		assertThat(request.getRequestURL().toString()).isEqualTo("http://localhost/shop/orders");
		assertThat(request.getServletPath()).isEqualTo("/orders");
		assertThat(request.getQueryString()).isEqualTo("page=2");
		assertThat(request.getParameterMap()).isEmpty();
	}

	@Test
	void localPathRequestWhenPathParsedThenWrappedRequestUnchanged() {
		MockHttpServletRequest sent = new MockHttpServletRequest("POST", "/login/qq/bind");
		ServletRequestPathUtils.parseAndCache(sent);
		LocalPathRequest request = new LocalPathRequest(sent, "/orders");
		assertThat(request.getAttribute(ServletRequestPathUtils.PATH_ATTRIBUTE)).isNull();
		assertThat(ServletRequestPathUtils.parseAndCache(request).value()).isEqualTo("/orders");
		assertThat(ServletRequestPathUtils.getParsedRequestPath(sent).value()).isEqualTo("/login/qq/bind");
		ServletRequestPathUtils.clearParsedRequestPath(request);
		assertThat(request.getAttribute(ServletRequestPathUtils.PATH_ATTRIBUTE)).isNull();
		assertThat(ServletRequestPathUtils.getParsedRequestPath(sent).value()).isEqualTo("/login/qq/bind");
		request.setAttribute("other", 1);
		assertThat(sent.getAttribute("other")).isEqualTo(1);
		request.removeAttribute("other");
		assertThat(sent.getAttribute("other")).isNull();
	}

}
