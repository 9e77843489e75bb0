package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AccountPageFilterTests {

	private final LoginFixture fixture = new LoginFixture();

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final MockFilterChain rest = new MockFilterChain();

	/** What the failure handler of QQ logins was called with. */
	private final List<AuthenticationException> failures = new ArrayList<>();

	private MockHttpServletRequest request = LoginFixture.get(LoginPaths.ACCOUNT_PAGE);

	private void run() throws Exception {
		AccountPassword password = this.fixture.password(AccountPageFilterTests::authenticate);
		OtherSessions otherSessions = new OtherSessions(new StaticApplicationContext());
		new AccountPageFilter(this.fixture.currentAuthentication, this.fixture.pendingBindings,
				new Confirmation(this.fixture.pendingBindings, this.fixture.decision, password,
						this.fixture.signInAgain, otherSessions, this.fixture.ended, this.fixture.responses),
				new Unlinking(this.fixture.bindings, this.fixture.proofs, password, this.fixture.signInAgain,
						otherSessions, this.fixture.responses, this.fixture.outcomes::add),
				this.fixture.signInAgain, this.fixture.responses,
				(request, response, failure) -> this.failures.add(failure))
			.doFilter(this.request, this.response, this.rest);
	}

	private static Authentication authenticate(Authentication token) {
		if ("right".equals(token.getCredentials())) {
			return LoginFixture.password(token.getName());
		}
		throw new BadCredentialsException("wrong");
	}

	private void signedIn(String method, String path) {
		this.request = new MockHttpServletRequest(method, path);
		this.fixture.signIn(this.request, "alice");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/account", "/account/qq/", "/account/qq/other", "/login/qq/bind" })
	void doFilterWhenOtherPathThenContinuesChain(String path) throws Exception {
		signedIn("GET", path);
		run();
		assertThat(this.rest.getRequest()).isSameAs(this.request);
	}

	@Test
	void doFilterWhenNotSignedInThenAuthenticationRequired() {
		assertThatExceptionOfType(InsufficientAuthenticationException.class).isThrownBy(this::run);
	}

	@ParameterizedTest
	@CsvSource({ "PUT, /account/qq, 'GET, HEAD, POST'", "GET, /account/qq/link, POST", "GET, /account/qq/unlink, POST",
			"DELETE, /account/qq/unlink, POST" })
	@Tag("T-06")
	void doFilterWhenMethodNotSupportedThenRefused(String method, String path, String allowed) throws Exception {
		this.fixture.bound("alice");
		signedIn(method, path);
		run();
		assertThat(this.response.getStatus()).isEqualTo(405);
		assertThat(this.response.getHeader("Allow")).isEqualTo(allowed);
		assertThat(this.fixture.rows()).containsExactly("AAAA alice");
	}

	@Test
	void getWhenBoundThenShowsBinding() throws Exception {
		this.fixture.bound("alice");
		signedIn("GET", LoginPaths.ACCOUNT_PAGE);
		run();
		assertThat(this.response.getContentAsString()).contains("小明", "action=\"/account/qq/unlink\"");
	}

	@Test
	void getWhenIdentityIsPendingThenAsksForConfirmation() throws Exception {
		signedIn("GET", LoginPaths.ACCOUNT_PAGE);
		PendingBinding pending = this.fixture.pending(this.request, null);
		run();
		assertThat(this.response.getContentAsString()).contains("Link QQ 小明 to your account alice?", pending.id());
		assertThat(this.fixture.rows()).isEmpty();
	}

	@Test
	void postWhenConfirmedThenBinds() throws Exception {
		signedIn("POST", LoginPaths.ACCOUNT_PAGE);
		PendingBinding pending = this.fixture.pending(this.request, "/orders");
		this.request.setParameter("binding", pending.id());
		this.request.setParameter("password", "right");
		run();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/orders");
		assertThat(this.fixture.rows()).containsExactly("AAAA alice");
	}

	@Test
	void postWhenLinkThenSendsToQq() throws Exception {
		signedIn("POST", LoginPaths.LINK);
		run();
		assertThat(this.response.getRedirectedUrl()).startsWith("/oauth2/authorization/qq");
	}

	@Test
	void postWhenUnlinkThenRemovesBinding() throws Exception {
		this.fixture.bound("alice");
		signedIn("POST", LoginPaths.UNLINK);
		this.request.setParameter("password", "right");
		run();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/account/qq");
		assertThat(this.fixture.rows()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "GET, /account/qq, could not finish the sign-in", "POST, /account/qq/unlink, link was not saved" })
	void doFilterWhenDatabaseFailsThenErrorPage(String method, String path, String sentence) throws Exception {
		signedIn(method, path);
		this.fixture.store.failWith(new QueryTimeoutException("down"));
		run();
		assertThat(this.response.getStatus()).isEqualTo(503);
		assertThat(this.response.getContentAsString()).contains(sentence);
		assertThat(this.failures).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "GET, /account/qq", "POST, /account/qq/unlink" })
	@Tag("T-64")
	void doFilterWhenBeanThrowsThenFailureHandler(String method, String path) throws Exception {
		signedIn(method, path);
		IllegalStateException failure = new IllegalStateException("store");
		this.fixture.store.failWith(failure);
		run();
		assertThat(this.failures).singleElement().satisfies((handled) -> {
			assertThat(LoginError.of(handled)).isEqualTo(LoginError.INTERNAL);
			assertThat(handled).hasCause(failure);
		});
	}

	@Test
	void doFilterWhenBeanThrowsAfterTheResponseThenRethrown() {
		signedIn("GET", LoginPaths.ACCOUNT_PAGE);
		this.response.setCommitted(true);
		IllegalStateException failure = new IllegalStateException("store");
		this.fixture.store.failWith(failure);
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::run).isSameAs(failure);
		assertThat(this.failures).isEmpty();
	}

}
