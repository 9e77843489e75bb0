package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class PendingBindingRequiredFilterTests {

	private LoginFixture fixture = new LoginFixture();

	private MockHttpServletRequest request = LoginFixture.get(LoginPaths.BIND_PAGE);

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private MockFilterChain rest = new MockFilterChain();

	private void run() throws Exception {
		new PendingBindingRequiredFilter(this.fixture.pendingBindings, this.fixture.currentAuthentication,
				this.fixture.ended, this.fixture.responses)
			.doFilter(this.request, this.response, this.rest);
	}

	private void refusedWith(int status) throws Exception {
		this.rest = new MockFilterChain(new Refusing(status));
		run();
	}

	private void signInAfterLogin() {
		this.request.getSession();
		this.fixture.ended.add(this.request, "BINDING", EndedLogins.End.SIGNED_IN, "/orders");
		this.fixture.signIn(LoginFixture.password("alice"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login/qq/error", "/login/qq/binding", "/account/qq", "/shop/login/qq/bind" })
	void requestWhenAnotherPageThenPasses(String path) throws Exception {
		this.request.setRequestURI(path);
		run();
		assertThat(this.rest.getRequest()).isSameAs(this.request);
		assertThat(this.rest.getResponse()).isSameAs(this.response);
	}

	@ParameterizedTest
	@CsvSource({ "GET, /login/qq/bind", "POST, /login/qq/bind", "POST, /login/qq/register", "GET, /login/qq/register" })
	void requestWhenNothingIsPendingThenBindingExpiredAndNoSession(String method, String path) throws Exception {
		this.request = new MockHttpServletRequest(method, path);
		run();
		assertThat(this.response.getStatus()).isEqualTo(410);
		assertThat(this.rest.getRequest()).isNull();
		assertThat(this.request.getSession(false)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login/qq/bind", "/login/qq/register" })
	void requestWhenPendingThenPasses(String path) throws Exception {
		this.request = LoginFixture.post(path);
		this.fixture.pending(this.request, null);
		run();
		assertThat(this.rest.getRequest()).isSameAs(this.request);
		assertThat(this.response.getStatus()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD" })
	void visitWhenBoundMeanwhileThenWhereThatLoginLed(String method) throws Exception {
		this.request = new MockHttpServletRequest(method, LoginPaths.BIND_PAGE);
		signInAfterLogin();
		run();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/orders");
		assertThat(this.rest.getRequest()).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "POST, /login/qq/bind", "GET, /login/qq/register", "POST, /login/qq/register" })
	void requestWhenBoundMeanwhileAndNoVisitOfTheBindPageThenBindingExpired(String method, String path)
			throws Exception {
		this.request = new MockHttpServletRequest(method, path);
		signInAfterLogin();
		run();
		assertThat(this.response.getStatus()).isEqualTo(410);
		assertThat(this.response.getRedirectedUrl()).isNull();
	}

	@Test
	void visitWhenBoundMeanwhileAndFrontEndThenProblem() throws Exception {
		LoginFixture.json(this.request);
		signInAfterLogin();
		run();
		assertThat(this.response.getStatus()).isEqualTo(410);
		assertThat(this.response.getContentAsString()).contains("\"code\":\"binding-expired\"");
	}

	@Test
	void visitWhenSignedInWithoutALoginByQqThenBindingExpired() throws Exception {
		this.fixture.signIn(LoginFixture.password("alice"));
		run();
		assertThat(this.response.getStatus()).isEqualTo(410);
	}

	@Test
	void visitWhenALoginByQqEndedButNoUserIsSignedInThenBindingExpired() throws Exception {
		signInAfterLogin();
		this.fixture.contexts.clearContext();
		run();
		assertThat(this.response.getStatus()).isEqualTo(410);
		assertThat(this.response.getRedirectedUrl()).isNull();
	}

	@Test
	void requestWhenTicketIsDamagedThenExpired() throws Exception {
		this.fixture = LoginFixture.stateless();
		LoginFixture.json(this.request);
		this.request.setCookies(new Cookie("qq-pending", "damaged"));
		run();
		assertThat(this.response.getStatus()).isEqualTo(400);
		assertThat(this.response.getContentAsString()).contains("\"code\":\"expired\"");
	}

	@Test
	void formWhenRestForbidsThenFormRefused() throws Exception {
		this.request = LoginFixture.post(LoginPaths.BIND_PAGE);
		PendingBinding pending = this.fixture.pending(this.request, "/orders");
		refusedWith(403);
		assertThat(this.response.getStatus()).isEqualTo(403);
		assertThat(this.response.getErrorMessage()).as("left to the container").isNull();
		assertThat(this.response.getContentAsString()).contains("next=%2Forders");
		assertThat(this.fixture.pendingBindings.load(this.request)).isEqualTo(pending);
	}

	@Test
	void formWhenRestRefusesOtherwiseThenLeftToTheContainer() throws Exception {
		this.request = LoginFixture.post(LoginPaths.BIND_PAGE);
		this.fixture.pending(this.request, null);
		refusedWith(405);
		assertThat(this.response.getStatus()).isEqualTo(405);
		assertThat(this.response.getErrorMessage()).isEqualTo("refused");
		assertThat(this.response.getContentAsString()).isEmpty();
	}

	@Test
	void formWhenRestForbidsAndFrontEndThenLeftToTheOtherFilters() throws Exception {
		this.request = LoginFixture.json(LoginFixture.post(LoginPaths.BIND_PAGE));
		this.fixture.pending(this.request, null);
		refusedWith(403);
		assertThat(this.response.getErrorMessage()).isEqualTo("refused");
		assertThat(this.response.getContentAsString()).isEmpty();
	}

	/**
	 * Refuses every request.
	 */
	private static final class Refusing extends HttpServlet {

		private static final long serialVersionUID = 1L;

		private final int status;

		Refusing(int status) {
			this.status = status;
		}

		@Override
		protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
			response.sendError(this.status, "refused");
		}

	}

}
