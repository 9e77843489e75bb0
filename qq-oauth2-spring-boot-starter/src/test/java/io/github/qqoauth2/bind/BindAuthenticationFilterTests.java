package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;

import static org.assertj.core.api.Assertions.assertThat;

class BindAuthenticationFilterTests {

	private final LoginFixture fixture = new LoginFixture();

	private final MockHttpServletRequest request = LoginFixture.post(LoginPaths.BIND_PAGE);

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final List<String> asked = new ArrayList<>();

	private final List<String> successes = new ArrayList<>();

	/** What the failure handler of QQ logins was called with. */
	private final List<AuthenticationException> failures = new ArrayList<>();

	private AuthenticationException failure = new BadCredentialsException("wrong");

	private @Nullable SessionAuthenticationException sessionFailure;

	private BindAuthenticationFilter filter() {
		BindAuthenticationFilter filter = new BindAuthenticationFilter(this.fixture.chain, this.fixture.pendingBindings,
				this.fixture.ended, this.fixture.decision, this.fixture.passwordFailure, this.fixture.responses,
				this.fixture.currentAuthentication);
		filter.setSecurityContextHolderStrategy(this.fixture.contexts);
		filter.setAuthenticationManager(this::authenticate);
		filter.setSessionAuthenticationStrategy((account, request, response) -> {
			if (this.sessionFailure != null) {
				throw this.sessionFailure;
			}
		});
		filter.setAuthenticationSuccessHandler((request, response, account) -> this.successes.add(account.getName()));
		filter.setAuthenticationFailureHandler((request, response, failure) -> this.failures.add(failure));
		return filter;
	}

	private Authentication authenticate(Authentication token) {
		this.asked.add(token.getName() + ":" + token.getCredentials());
		if ("right".equals(token.getCredentials())) {
			return LoginFixture.password(token.getName());
		}
		throw this.failure;
	}

	private PendingBinding pending() {
		return named(this.fixture.pending(this.request, "/orders"));
	}

	private PendingBinding named(PendingBinding pending) {
		this.fixture.pendingBindings.save(this.request, this.response, pending);
		this.request.setParameter("binding", pending.id());
		return pending;
	}

	private void post(String username, String password) throws Exception {
		this.request.setParameter("username", username);
		this.request.setParameter("password", password);
		run();
	}

	private void run() throws Exception {
		filter().doFilter(this.request, this.response, new MockFilterChain());
	}

	private PendingBinding kept() {
		return Objects.requireNonNull(this.fixture.pendingBindings.load(this.request));
	}

	private @Nullable String savedPage() {
		return this.fixture.chain.savedPages().path(this.request, this.response);
	}

	private void notSignedIn() {
		assertThat(this.successes).isEmpty();
		assertThat(this.fixture.contexts.getContext().getAuthentication()).isNull();
	}

	private int triesLeft(PendingBinding pending) {
		int left = 0;
		while (this.fixture.pendingBindings.tries().begin(pending)) {
			left++;
		}
		return left;
	}

	@Test
	void attemptWhenPasswordIsRightThenBoundAndSignedIn() throws Exception {
		pending();
		post("alice", "right");
		assertThat(this.successes).containsExactly("alice");
		assertThat(this.fixture.rows()).containsExactly("AAAA alice");
		assertThat(this.fixture.pendingBindings.load(this.request)).isNull();
		assertThat(savedPage()).isEqualTo("/orders");
		assertThat(this.fixture.outcomes).containsExactly("bound");
	}

	@Test
	void attemptWhenUsernameHasBlanksAroundItThenWithoutThem() throws Exception {
		pending();
		post(" alice\t", " right ");
		assertThat(this.asked).containsExactly("alice: right ");
	}

	@Test
	void attemptWhenParametersAreMissingThenEmpty() throws Exception {
		pending();
		run();
		assertThat(this.asked).containsExactly(":");
		notSignedIn();
	}

	@Test
	void attemptWhenAccountMayNotConfirmYetThenSignedInAndStillPending() throws Exception {
		PendingBinding pending = named(pending().withError(LoginError.CREDENTIALS));
		this.fixture.mayConfirm = false;
		post("alice", "right");
		assertThat(this.successes).containsExactly("alice");
		assertThat(this.fixture.rows()).isEmpty();
		assertThat(kept()).isEqualTo(pending.withError(null));
		assertThat(savedPage()).isEqualTo("/account/qq");
		assertThat(this.fixture.outcomes).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T-06")
	void attemptWhenIdentityHasAnotherAccountThenNotSignedIn(boolean mayConfirm) throws Exception {
		this.fixture.mayConfirm = mayConfirm;
		this.fixture.bound("bob");
		PendingBinding pending = pending();
		post("alice", "right");
		assertThat(this.response.getStatus()).isEqualTo(409);
		notSignedIn();
		assertThat(this.fixture.rows()).containsExactly("AAAA bob");
		assertThat(kept()).isEqualTo(pending);
		assertThat(savedPage()).isNull();
		assertThat(this.fixture.outcomes).containsExactly("other-account");
	}

	@Test
	void attemptWhenBindingIsNotSavedThenNotSignedInAndStillPending() throws Exception {
		this.fixture.store.failWritesWith(new QueryTimeoutException("database"));
		PendingBinding pending = pending();
		post("alice", "right");
		assertThat(this.response.getStatus()).isEqualTo(503);
		notSignedIn();
		assertThat(kept()).isEqualTo(pending);
		assertThat(savedPage()).isNull();
		assertThat(this.fixture.outcomes).containsExactly("not-saved");
	}

	@Test
	@Tag("T-64")
	void attemptWhenListenerThrowsThenFailureHandlerAndStillPending() throws Exception {
		this.fixture.listenerFailure = new IllegalStateException("listener");
		PendingBinding pending = pending();
		post("alice", "right");
		assertThat(this.failures).singleElement().satisfies((failure) -> {
			assertThat(LoginError.of(failure)).isEqualTo(LoginError.INTERNAL);
			assertThat(failure).hasCause(this.fixture.listenerFailure);
		});
		notSignedIn();
		assertThat(kept()).isEqualTo(pending);
		assertThat(triesLeft(pending)).isEqualTo(PendingBinding.FAILURES_ALLOWED);
	}

	@Test
	void attemptWhenPasswordIsRightAndBindingRefusedThenNoTryIsUsed() throws Exception {
		this.fixture.bound("bob");
		PendingBinding pending = pending();
		post("alice", "right");
		assertThat(triesLeft(pending)).isEqualTo(PendingBinding.FAILURES_ALLOWED);
	}

	@Test
	void attemptWhenNoTryIsLeftThenPasswordIsNotChecked() throws Exception {
		PendingBinding pending = pending();
		assertThat(triesLeft(pending)).isEqualTo(PendingBinding.FAILURES_ALLOWED);
		post("alice", "right");
		assertThat(this.asked).isEmpty();
		notSignedIn();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/error");
		LoginErrorRepository.Shown shown = Objects.requireNonNull(this.fixture.errors.stored(this.request));
		assertThat(shown.error()).isEqualTo(LoginError.TOO_MANY_ATTEMPTS);
		assertThat(shown.next()).isEqualTo("/orders");
		assertThat(this.fixture.pendingBindings.load(this.request)).isNull();
		assertThat(this.fixture.rows()).isEmpty();
	}

	@Test
	void failedWhenPasswordIsWrongThenCountedAndBindPageAgain() throws Exception {
		PendingBinding pending = pending();
		post("alice", "guess");
		notSignedIn();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/bind");
		assertThat(kept()).isEqualTo(pending.withFailure());
		assertThat(triesLeft(pending)).isEqualTo(PendingBinding.FAILURES_ALLOWED - 1);
		assertThat(this.fixture.rows()).isEmpty();
	}

	@Test
	void failedWhenPasswordIsWrongForTheFifthTimeThenNothingIsPending() throws Exception {
		named(pending().withFailure().withFailure().withFailure().withFailure());
		post("alice", "guess");
		assertThat(this.asked).hasSize(1);
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/error");
		assertThat(Objects.requireNonNull(this.fixture.errors.stored(this.request)).error())
			.isEqualTo(LoginError.TOO_MANY_ATTEMPTS);
		assertThat(this.fixture.pendingBindings.load(this.request)).isNull();
	}

	@Test
	void failedWhenAccountIsLockedAndPasswordIsRightThenNotCounted() throws Exception {
		PendingBinding pending = pending();
		this.failure = new LockedException("locked");
		post("alice", "alice-password");
		assertThat(kept()).isEqualTo(pending.withError(LoginError.ACCOUNT_STATUS));
		assertThat(triesLeft(pending)).isEqualTo(PendingBinding.FAILURES_ALLOWED);
	}

	@Test
	@Tag("T-54")
	void failedWhenAccountIsLockedAndPasswordIsWrongThenAsAnyWrongPassword() throws Exception {
		PendingBinding pending = pending();
		this.failure = new LockedException("locked");
		post("alice", "guess");
		assertThat(kept()).isEqualTo(pending.withFailure());
		assertThat(triesLeft(pending)).isEqualTo(PendingBinding.FAILURES_ALLOWED - 1);
	}

	@Test
	void failedWhenPasswordCouldNotBeCheckedThenNotCounted() throws Exception {
		PendingBinding pending = pending();
		this.failure = new InternalAuthenticationServiceException("down");
		post("alice", "guess");
		assertThat(this.failures).singleElement().extracting(LoginError::of).isEqualTo(LoginError.INTERNAL);
		assertThat(kept()).isEqualTo(pending);
		assertThat(triesLeft(pending)).isEqualTo(PendingBinding.FAILURES_ALLOWED);
	}

	@Test
	@Tag("T-63")
	void failedWhenSessionLimitIsReachedThenNotBoundAndStillPending() throws Exception {
		PendingBinding pending = pending();
		this.sessionFailure = new SessionAuthenticationException("too many");
		post("alice", "right");
		notSignedIn();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/bind");
		assertThat(kept()).isEqualTo(pending.withError(LoginError.SESSION_LIMIT));
		assertThat(triesLeft(pending)).isEqualTo(PendingBinding.FAILURES_ALLOWED);
		assertThat(this.fixture.rows()).isEmpty();
	}

	@Test
	void failedWhenSessionLimitIsReachedAndAccountMayNotConfirmYetThenStillPending() throws Exception {
		PendingBinding pending = pending();
		this.fixture.mayConfirm = false;
		this.sessionFailure = new SessionAuthenticationException("too many");
		post("alice", "right");
		assertThat(kept().failures()).isZero();
		assertThat(kept().id()).isEqualTo(pending.id());
	}

	@Test
	void failedWhenNothingIsPendingAnyMoreThenBindingExpired() throws Exception {
		filter().failed(this.request, this.response, this.failure);
		assertThat(this.response.getStatus()).isEqualTo(410);
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void failedWhenAnotherIdentityIsPendingMeanwhileThenItsTriesAreNotCounted() throws Exception {
		PendingBinding pending = pending();
		this.request.setParameter("binding", "the one before");
		filter().failed(this.request, this.response, this.failure);
		assertThat(this.response.getStatus()).isEqualTo(410);
		assertThat(kept()).isEqualTo(pending);
	}

	@Test
	void failedWhenFrontEndThenProblem() throws Exception {
		LoginFixture.json(this.request);
		pending();
		post("alice", "guess");
		assertThat(this.response.getStatus()).isEqualTo(401);
		assertThat(this.response.getContentAsString()).contains("\"code\":\"credentials\"");
		assertThat(kept().failures()).isOne();
	}

}
