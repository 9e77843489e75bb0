package io.github.qqoauth2.bind;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class ApiRequestFilterTests {

	private static final String START = "/oauth2/authorization/qq";

	private static final String CALLBACK = "/login/oauth2/code/qq";

	private final LoginFixture fixture = new LoginFixture();

	private MockHttpServletRequest request = LoginFixture.json(LoginFixture.get(LoginPaths.ACCOUNT_PAGE));

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private MockFilterChain rest = new MockFilterChain();

	private void run() throws Exception {
		new ApiRequestFilter((request) -> request.getRequestURI().equals(START),
				(request) -> request.getRequestURI().equals(CALLBACK), this.fixture.responses)
			.doFilter(this.request, this.response, this.rest);
	}

	private void run(Answer answer) throws Exception {
		this.rest = new MockFilterChain(new Answering(answer));
		run();
	}

	private void post(String path, String body) {
		this.request = LoginFixture.json(LoginFixture.post(path));
		this.request.setContentType("application/json");
		this.request.setContent(body.getBytes(StandardCharsets.UTF_8));
	}

	private void problem(int status, String code) throws Exception {
		assertThat(this.response.getStatus()).isEqualTo(status);
		assertThat(this.response.getContentType()).startsWith("application/problem+json");
		assertThat(this.response.getContentAsString()).contains("\"code\":\"" + code + "\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/account/qq", "/account/qq/link", "/account/qq/unlink", "/login/qq/bind",
			"/login/qq/register", "/login/qq/error", START, CALLBACK })
	void requestWhenPageThenPassesAsItIs(String path) throws Exception {
		this.request = LoginFixture.post(path);
		run();
		assertThat(this.rest.getRequest()).isSameAs(this.request);
		assertThat(this.rest.getResponse()).isSameAs(this.response);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/orders", "/account/qq/other", "/login/qq/other", "/shop/account/qq" })
	void requestWhenAnotherAddressThenPassesAsItIs(String path) throws Exception {
		this.request = LoginFixture.json(LoginFixture.post(path));
		run();
		assertThat(this.rest.getRequest()).isSameAs(this.request);
		assertThat(this.rest.getResponse()).isSameAs(this.response);
	}

	@ParameterizedTest
	@CsvSource({ "GET, /account/qq", "HEAD, /account/qq", "OPTIONS, /account/qq", "GET, /login/qq/bind",
			"GET, /login/qq/error", "HEAD, " + START, "GET, " + START })
	void requestWhenReadingThenPasses(String method, String path) throws Exception {
		this.request = LoginFixture.json(new MockHttpServletRequest(method, path));
		run();
		assertThat(this.rest.getRequest()).isSameAs(this.request);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "PUT|/account/qq|GET, HEAD, OPTIONS, POST", "DELETE|/login/qq/bind|GET, HEAD, OPTIONS, POST",
					"GET|/login/qq/register|POST", "GET|/account/qq/link|POST", "GET|/account/qq/unlink|POST",
					"GET|" + CALLBACK + "|POST", "POST|/login/qq/error|GET, HEAD, OPTIONS",
					"POST|" + START + "|GET, HEAD, OPTIONS" })
	void requestWhenMethodIsNotAllowedThenNamesThoseThatAre(String method, String path, String allowed)
			throws Exception {
		this.request = LoginFixture.json(new MockHttpServletRequest(method, path));
		run();
		problem(405, "method-not-allowed");
		assertThat(this.response.getHeader("Allow")).isEqualTo(allowed);
		assertThat(this.rest.getRequest()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/account/qq", "/account/qq/link", "/account/qq/unlink", "/login/qq/bind",
			"/login/qq/register", CALLBACK })
	@Tag("T-13")
	void postWhenJsonThenItsMembersAreTheOnlyParameters(String path) throws Exception {
		post(path, "{\"password\":\"secret\"}");
		this.request.setParameter("username", "mallory");
		run();
		HttpServletRequest seen = (HttpServletRequest) Objects.requireNonNull(this.rest.getRequest());
		assertThat(seen.getParameterMap()).containsOnlyKeys("password");
		assertThat(seen.getParameter("password")).isEqualTo("secret");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/x-www-form-urlencoded", "text/plain", "application/json;charset=GBK",
			"application/jsonp" })
	@Tag("T-41")
	void postWhenBodyIsNotSaidToBeJsonThenUnsupported(String type) throws Exception {
		post("/login/qq/bind", "{}");
		this.request.setContentType(type);
		run();
		problem(415, "unsupported-media-type");
		assertThat(this.rest.getRequest()).isNull();
	}

	@Test
	void postWhenBodyIsNoObjectThenInvalid() throws Exception {
		post("/login/qq/bind", "[]");
		run();
		problem(400, "invalid-request");
		assertThat(this.rest.getRequest()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "401, 401, login-required", "403, 403, forbidden", "405, 405, method-not-allowed" })
	void refusalWhenSentAsErrorThenProblem(int status, int expected, String code) throws Exception {
		run((response) -> response.sendError(status));
		problem(expected, code);
		assertThat(this.response.getErrorMessage()).isNull();
	}

	@Test
	void refusalWhenSentWithAMessageThenProblemWithoutIt() throws Exception {
		run((response) -> response.sendError(403, "for the container"));
		problem(403, "forbidden");
		assertThat(this.response.getErrorMessage()).isNull();
	}

	@Test
	void refusalWhenAnotherErrorThenLeftToTheContainer() throws Exception {
		run((response) -> response.sendError(404, "missing"));
		assertThat(this.response.getErrorMessage()).isEqualTo("missing");
		assertThat(this.response.getContentAsString()).isEmpty();
	}

	@Test
	void refusalWhenOnlyTheStatusIsSetThenProblem() throws Exception {
		run((response) -> response.setStatus(401));
		problem(401, "login-required");
	}

	@Test
	void answerWhenItHasABodyThenStays() throws Exception {
		run((response) -> {
			response.setStatus(403);
			response.setContentType("application/json");
			response.getWriter().write("{}");
		});
		assertThat(this.response.getStatus()).isEqualTo(403);
		assertThat(this.response.getContentAsString()).isEqualTo("{}");
	}

	@Test
	void answerWhenItIsCommittedThenStays() throws Exception {
		run((response) -> {
			response.setStatus(401);
			response.flushBuffer();
		});
		assertThat(this.response.getStatus()).isEqualTo(401);
		assertThat(this.response.getContentAsString()).isEmpty();
	}

	@Test
	void answerWhenItIsNoRefusalThenStays() throws Exception {
		run((response) -> response.setStatus(204));
		assertThat(this.response.getStatus()).isEqualTo(204);
		assertThat(this.response.getContentAsString()).isEmpty();
	}

	@Test
	void callbackWhenForbiddenAndBrowserBroughtNoCookieThenNoSession() throws Exception {
		post(CALLBACK, "{}");
		run((response) -> response.sendError(403));
		problem(LoginError.NO_SESSION.problemStatus(), "no-session");
	}

	@Test
	void callbackWhenForbiddenAndBrowserBroughtACookieThenForbidden() throws Exception {
		post(CALLBACK, "{}");
		this.request.setRequestedSessionId("of-before");
		run((response) -> response.sendError(403));
		problem(403, "forbidden");
	}

	@Test
	void callbackWhenUnauthorizedAndBrowserBroughtNoCookieThenLoginRequired() throws Exception {
		post(CALLBACK, "{}");
		run((response) -> response.sendError(401));
		problem(401, "login-required");
	}

	@Test
	void redirectWhenAtTheAccountThenLoginRequired() throws Exception {
		run((response) -> response.sendRedirect("/login"));
		problem(401, "login-required");
		assertThat(this.response.getRedirectedUrl()).isNull();
	}

	@Test
	void redirectWhenElsewhereThenStays() throws Exception {
		this.request = LoginFixture.json(LoginFixture.get(START));
		run((response) -> response.sendRedirect("https://graph.qq.com/"));
		assertThat(this.response.getRedirectedUrl()).isEqualTo("https://graph.qq.com/");
	}

	/**
	 * What the rest of the chain answers.
	 */
	@FunctionalInterface
	private interface Answer {

		void write(HttpServletResponse response) throws IOException;

	}

	/**
	 * The rest of the chain.
	 */
	private static final class Answering extends HttpServlet {

		private static final long serialVersionUID = 1L;

		private final transient Answer answer;

		Answering(Answer answer) {
			this.answer = answer;
		}

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
			this.answer.write(response);
		}

	}

}
