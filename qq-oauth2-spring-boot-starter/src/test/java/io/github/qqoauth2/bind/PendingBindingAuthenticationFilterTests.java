package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What both forms of the bind page have in common.
 */
class PendingBindingAuthenticationFilterTests {

	private static final String PATH = "/login/qq/form";

	private final LoginFixture fixture = new LoginFixture();

	private MockHttpServletRequest request = LoginFixture.post(PATH);

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final MockFilterChain rest = new MockFilterChain();

	private final List<PendingBinding> attempts = new ArrayList<>();

	private final List<AuthenticationException> failures = new ArrayList<>();

	private final List<Authentication> asked = new ArrayList<>();

	private @Nullable Authentication result = LoginFixture.password("alice");

	private AuthenticationSuccessHandler success = (request, response, authentication) -> response
		.sendRedirect("/orders");

	private Form filter() {
		Form filter = new Form();
		filter.setSecurityContextHolderStrategy(this.fixture.contexts);
		filter.setAuthenticationManager((token) -> {
			this.asked.add(token);
			return LoginFixture.password(token.getName());
		});
		filter.setAuthenticationDetailsSource((request) -> "the details");
		filter.setAuthenticationSuccessHandler((request, response, authentication) -> this.success
			.onAuthenticationSuccess(request, response, authentication));
		filter.setAuthenticationFailureHandler((request, response, failure) -> this.failures.add(failure));
		return filter;
	}

	private void run() throws Exception {
		filter().doFilter(this.request, this.response, this.rest);
	}

	private PendingBinding pending() {
		PendingBinding pending = this.fixture.pending(this.request, "/orders", false);
		this.request.setParameter("binding", pending.id());
		return pending;
	}

	private @Nullable Authentication signedIn() {
		return this.fixture.contexts.getContext().getAuthentication();
	}

	@ParameterizedTest
	@CsvSource({ "GET, /login/qq/form", "PUT, /login/qq/form", "POST, /login/qq/form/", "POST, /login/qq/bind",
			"POST, /shop/login/qq/form" })
	void doFilterWhenNotAPostOfTheFormThenContinuesChain(String method, String path) throws Exception {
		this.request = new MockHttpServletRequest(method, path);
		pending();
		run();
		assertThat(this.rest.getRequest()).isSameAs(this.request);
		assertThat(this.attempts).isEmpty();
	}

	@Test
	void doFilterWhenApplicationHasAContextPathThenFormIsBelowIt() throws Exception {
		this.request = LoginFixture.post("/shop" + PATH);
		this.request.setContextPath("/shop");
		pending();
		run();
		assertThat(this.attempts).hasSize(1);
	}

	@Test
	void attemptWhenNothingIsPendingThenBindingExpiredAndNoSession() throws Exception {
		this.request.setParameter("binding", "unknown");
		run();
		assertThat(this.response.getStatus()).isEqualTo(410);
		assertThat(this.attempts).isEmpty();
		assertThat(this.request.getSession(false)).isNull();
		assertThat(this.rest.getRequest()).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "unknown" })
	void attemptWhenFormIsOfAnotherPendingBindingThenBindingChanged(String binding) throws Exception {
		PendingBinding pending = pending();
		this.request.setParameter("binding", binding);
		run();
		assertThat(this.response.getStatus()).isEqualTo(409);
		assertThat(this.attempts).isEmpty();
		assertThat(this.fixture.pendingBindings.load(this.request)).isEqualTo(pending);
	}

	@Test
	void attemptWhenFormNamesNoPendingBindingThenBindingChanged() throws Exception {
		pending();
		this.request.removeParameter("binding");
		run();
		assertThat(this.response.getStatus()).isEqualTo(409);
		assertThat(this.attempts).isEmpty();
	}

	@Test
	void attemptWhenItSucceedsThenSignedInAndWhereItLedIsRemembered() throws Exception {
		PendingBinding pending = pending();
		run();
		assertThat(this.attempts).containsExactly(pending);
		assertThat(signedIn()).isSameAs(this.result);
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/orders");
		assertThat(this.fixture.ended.find(this.request, pending.id()))
			.isEqualTo(new EndedLogins.Ended(EndedLogins.End.SIGNED_IN, "/orders"));
	}

	@Test
	void attemptWhenItIsAnsweredThenNotSignedIn() throws Exception {
		this.result = null;
		pending();
		run();
		assertThat(this.attempts).hasSize(1);
		assertThat(signedIn()).isNull();
		assertThat(this.failures).isEmpty();
		assertThat(this.response.getRedirectedUrl()).isNull();
		assertThat(this.rest.getRequest()).isNull();
	}

	@Test
	void authenticateWhenCalledThenChainsManagerIsAskedWithDetails() {
		Authentication account = filter().authenticate(this.request, "bob", "secret");
		assertThat(account.getName()).isEqualTo("bob");
		assertThat(this.asked).singleElement().satisfies((token) -> {
			assertThat(token.getPrincipal()).isEqualTo("bob");
			assertThat(token.getCredentials()).isEqualTo("secret");
			assertThat(token.getDetails()).isEqualTo("the details");
			assertThat(token.isAuthenticated()).isFalse();
		});
	}

	@Test
	@Tag("T-64")
	void successWhenHandlerThrowsThenLoginUndoneAndFailureHandler() throws Exception {
		IllegalStateException failure = new IllegalStateException("handler");
		this.success = (request, response, authentication) -> {
			throw failure;
		};
		pending();
		run();
		assertThat(this.failures).singleElement().satisfies((handled) -> {
			assertThat(LoginError.of(handled)).isEqualTo(LoginError.INTERNAL);
			assertThat(handled).hasCause(failure);
		});
		assertThat(signedIn()).isNull();
		assertThat(
				new HttpSessionSecurityContextRepository().loadDeferredContext(this.request).get().getAuthentication())
			.isNull();
	}

	@Test
	@Tag("T-63")
	void successWhenHandlerThrowsAfterTheBindingThenFailureSaysSo() throws Exception {
		this.success = (request, response, authentication) -> {
			throw new IllegalStateException("handler");
		};
		PendingBinding pending = pending();
		filter().bound(this.request, this.response, pending, "alice");
		this.fixture.pendingBindings.save(this.request, this.response, pending);
		run();
		assertThat(this.failures).singleElement().extracting(LoginError::of).isEqualTo(LoginError.INTERNAL_BOUND);
	}

	@Test
	void failureWhenFailureHandlerThrowsThenRethrownOnce() {
		IllegalStateException failure = new IllegalStateException("failure handler");
		this.success = (request, response, authentication) -> {
			throw new IllegalStateException("handler");
		};
		pending();
		Form filter = filter();
		filter.setAuthenticationFailureHandler((request, response, handled) -> {
			this.failures.add(handled);
			throw failure;
		});
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> filter.doFilter(this.request, this.response, this.rest))
			.isSameAs(failure);
		assertThat(this.failures).hasSize(1);
	}

	@Test
	void successWhenHandlerThrowsAfterTheResponseThenRethrown() {
		this.success = (request, response, authentication) -> {
			response.flushBuffer();
			throw new IllegalStateException("handler");
		};
		pending();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::run).withMessage("handler");
	}

	@ParameterizedTest
	@CsvSource(nullValues = "none", value = { "/orders, none, /orders", "/orders, /account/qq, /orders",
			"/orders, /basket, /basket", "none, /account/qq, none", "none, /basket, /basket", "none, none, none" })
	void boundWhenPagesWereWantedThenTheOneToLeadToIsSaved(@Nullable String target, @Nullable String saved,
			@Nullable String expected) {
		PendingBinding pending = this.fixture.pending(this.request, target, false);
		if (saved != null) {
			this.fixture.chain.savedPages().save(this.request, this.response, saved);
		}
		filter().bound(this.request, this.response, pending, "alice");
		assertThat(this.fixture.chain.savedPages().path(this.request, this.response)).isEqualTo(expected);
		assertThat(this.request.getAttribute(LoginPaths.NEXT_ATTRIBUTE)).isEqualTo(target);
		assertThat(this.fixture.pendingBindings.load(this.request)).isNull();
	}

	@Test
	void failedWhenAttemptThrowsThenFormAnswersIt() throws Exception {
		pending();
		this.result = LoginFixture.remembered("alice");
		run();
		assertThat(this.failures).singleElement().isInstanceOf(BadCredentialsException.class);
		assertThat(signedIn()).isNull();
	}

	/**
	 * A form that records its attempts, and refuses a remembered user.
	 */
	private final class Form extends PendingBindingAuthenticationFilter {

		Form() {
			super(PATH, PendingBindingAuthenticationFilterTests.this.fixture.chain,
					PendingBindingAuthenticationFilterTests.this.fixture.pendingBindings,
					PendingBindingAuthenticationFilterTests.this.fixture.ended,
					PendingBindingAuthenticationFilterTests.this.fixture.responses,
					PendingBindingAuthenticationFilterTests.this.fixture.currentAuthentication);
		}

		@Override
		@Nullable Authentication attempt(HttpServletRequest request, HttpServletResponse response, PendingBinding pending) {
			PendingBindingAuthenticationFilterTests.this.attempts.add(pending);
			Authentication result = PendingBindingAuthenticationFilterTests.this.result;
			if (result != null && PendingBindingAuthenticationFilterTests.this.fixture.currentAuthentication
				.isByOtherMeans(result)) {
				throw new BadCredentialsException("remembered");
			}
			return result;
		}

		@Override
		boolean complete(HttpServletRequest request, HttpServletResponse response, Authentication account) {
			return true;
		}

		@Override
		void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure) {
			PendingBindingAuthenticationFilterTests.this.failures.add(failure);
		}

	}

}
