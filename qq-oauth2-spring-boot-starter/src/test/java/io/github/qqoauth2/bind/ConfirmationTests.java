package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.session.SessionRegistryImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConfirmationTests {

	private final LoginFixture fixture = new LoginFixture();

	private final MockHttpServletRequest request = LoginFixture.post("/account/qq");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final List<String> passwords = new ArrayList<>();

	private final SessionRegistryImpl registry = new SessionRegistryImpl();

	private AuthenticationException passwordFailure = new BadCredentialsException("wrong");

	private Authentication alice = LoginFixture.password("alice");

	private Confirmation confirmation() {
		StaticApplicationContext context = new StaticApplicationContext();
		context.getBeanFactory().registerSingleton("registry", this.registry);
		return new Confirmation(this.fixture.pendingBindings, this.fixture.decision,
				this.fixture.password(this::authenticate), this.fixture.signInAgain, new OtherSessions(context),
				this.fixture.ended, this.fixture.responses);
	}

	private Authentication authenticate(Authentication token) {
		this.passwords.add(token.getName() + " " + token.getCredentials());
		if ("right".equals(token.getCredentials())) {
			return LoginFixture.password(token.getName());
		}
		throw this.passwordFailure;
	}

	/**
	 * Saves a pending binding that alice, signed in afterwards, may confirm without a
	 * password.
	 */
	private PendingBinding pendingInFreshSession() {
		this.alice = this.fixture.signIn(this.request, "alice");
		return named(this.fixture.pending(this.request, "/orders"));
	}

	private PendingBinding pendingInOldSession() {
		this.alice = this.fixture.signInLongAgo(this.request, "alice");
		return named(this.fixture.pending(this.request, "/orders"));
	}

	private PendingBinding named(PendingBinding pending) {
		this.request.setParameter("binding", pending.id());
		return pending;
	}

	private void answer() throws IOException {
		confirmation().answer(this.request, this.response, this.alice);
	}

	private String body() throws IOException {
		return this.response.getContentAsString();
	}

	private PendingBinding kept() {
		return Objects.requireNonNull(this.fixture.pendingBindings.load(this.request));
	}

	private void isDone(PendingBinding pending, String location) {
		assertThat(this.response.getRedirectedUrl()).isEqualTo(location);
		assertThat(this.fixture.pendingBindings.load(this.request)).isNull();
		assertThat(this.fixture.ended.find(this.request, pending.id()))
			.isEqualTo(new EndedLogins.Ended(EndedLogins.End.SIGNED_IN, location));
	}

	@Test
	void askWhenPendingThenQuestionAndNothingChanges() throws Exception {
		PendingBinding pending = pendingInFreshSession();
		confirmation().ask(this.request, this.response, this.alice, pending);
		assertThat(this.response.getStatus()).isEqualTo(200);
		assertThat(body()).contains("value=\"" + pending.id() + "\"", "alice").doesNotContain("name=\"password\"");
		assertThat(kept()).isEqualTo(pending);
		assertThat(this.fixture.rows()).isEmpty();
	}

	@Test
	void askWhenAccountWasAuthenticatedBeforeThenQuestionWithPassword() throws Exception {
		PendingBinding pending = pendingInOldSession();
		confirmation().ask(this.request, this.response, this.alice, pending);
		assertThat(body()).contains("name=\"password\"").doesNotContain("role=\"alert\"");
	}

	@Test
	void answerWhenNothingIsPendingThenBindingExpired() throws Exception {
		this.request.setParameter("binding", "unknown");
		answer();
		assertThat(this.response.getStatus()).isEqualTo(410);
		assertThat(this.fixture.rows()).isEmpty();
		assertThat(this.request.getSession(false)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "unknown" })
	void answerWhenFormIsOfAnotherPendingBindingThenChangesNothing(String binding) throws Exception {
		PendingBinding pending = pendingInFreshSession();
		this.request.setParameter("binding", binding);
		this.request.setParameter("dismiss", "true");
		answer();
		assertThat(this.response.getStatus()).isEqualTo(409);
		assertThat(kept()).isEqualTo(pending);
		assertThat(this.fixture.rows()).isEmpty();
	}

	@Test
	void answerWhenFormNamesNoPendingBindingThenChangesNothing() throws Exception {
		PendingBinding pending = pendingInFreshSession();
		this.request.removeParameter("binding");
		answer();
		assertThat(this.response.getStatus()).isEqualTo(409);
		assertThat(kept()).isEqualTo(pending);
		assertThat(this.fixture.rows()).isEmpty();
	}

	@Test
	void answerWhenDismissedThenRemovedAndNotBound() throws Exception {
		PendingBinding pending = pendingInOldSession();
		this.request.setParameter("dismiss", "true");
		answer();
		isDone(pending, "/orders");
		assertThat(this.fixture.rows()).isEmpty();
		assertThat(this.passwords).isEmpty();
		assertThat(this.fixture.outcomes).isEmpty();
	}

	@Test
	void answerWhenNoPasswordIsRequiredThenBound() throws Exception {
		PendingBinding pending = pendingInFreshSession();
		answer();
		isDone(pending, "/orders");
		assertThat(this.fixture.rows()).containsExactly("AAAA alice");
		assertThat(this.passwords).isEmpty();
	}

	@Test
	void answerWhenNoPageWasWantedThenStartPage() throws Exception {
		this.alice = this.fixture.signIn(this.request, "alice");
		PendingBinding pending = named(this.fixture.pending(this.request, null));
		answer();
		isDone(pending, "/");
	}

	@Test
	void answerWhenApplicationHasAContextPathThenEndHasItToo() throws Exception {
		PendingBinding pending = pendingInFreshSession();
		this.request.setContextPath("/shop");
		answer();
		isDone(pending, "/shop/orders");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T-09")
	void answerWhenPasswordIsMissingThenAskedAgainAndNotCounted(boolean empty) throws Exception {
		PendingBinding pending = pendingInOldSession();
		if (empty) {
			this.request.setParameter("password", "");
		}
		answer();
		assertThat(this.response.getStatus()).isEqualTo(403);
		assertThat(body()).contains("name=\"password\"", "role=\"alert\"");
		assertThat(this.passwords).isEmpty();
		assertThat(this.fixture.rows()).isEmpty();
		assertThat(kept()).isEqualTo(pending);
	}

	@Test
	void answerWhenPasswordIsRightThenBound() throws Exception {
		PendingBinding pending = pendingInOldSession();
		this.request.setParameter("password", "right");
		answer();
		isDone(pending, "/orders");
		assertThat(this.fixture.rows()).containsExactly("AAAA alice");
		assertThat(this.passwords).containsExactly("alice right");
	}

	@Test
	void answerWhenPasswordIsWrongThenCountedAndAskedAgain() throws Exception {
		pendingInOldSession();
		this.request.setParameter("password", "guess");
		answer();
		assertThat(this.response.getStatus()).isEqualTo(403);
		assertThat(body()).contains("name=\"password\"", "role=\"alert\"");
		assertThat(kept().failures()).isOne();
		assertThat(this.fixture.rows()).isEmpty();
		assertThat(this.fixture.outcomes).isEmpty();
	}

	@Test
	void answerWhenPasswordIsWrongForTheFifthTimeThenNothingIsPending() throws Exception {
		PendingBinding pending = pendingInOldSession().withFailure().withFailure().withFailure().withFailure();
		this.fixture.pendingBindings.save(this.request, this.response, pending);
		this.request.setParameter("password", "guess");
		answer();
		assertThat(this.passwords).hasSize(1);
		assertThat(this.fixture.pendingBindings.load(this.request)).isNull();
		assertThat(body()).contains("next=%2Forders");
		assertThat(this.fixture.rows()).isEmpty();
	}

	@Test
	void answerWhenNoTryIsLeftThenPasswordIsNotChecked() throws Exception {
		PendingBinding pending = pendingInOldSession();
		for (int i = 0; i < PendingBinding.FAILURES_ALLOWED; i++) {
			assertThat(this.fixture.pendingBindings.tries().begin(pending)).isTrue();
		}
		this.request.setParameter("password", "right");
		answer();
		assertThat(this.passwords).isEmpty();
		assertThat(this.fixture.pendingBindings.load(this.request)).isNull();
		assertThat(this.fixture.rows()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void answerWhenFailureIsNotOfThePasswordThenNotCounted(boolean locked) throws Exception {
		PendingBinding pending = pendingInOldSession();
		this.request.setParameter("password", "alice-password");
		if (locked) {
			this.passwordFailure = new LockedException("locked");
			answer();
			assertThat(this.response.getStatus()).isEqualTo(200);
		}
		else {
			this.passwordFailure = new InternalAuthenticationServiceException("down");
			assertThatExceptionOfType(AuthenticationServiceException.class).isThrownBy(this::answer);
		}
		assertThat(kept()).isEqualTo(pending);
		for (int i = 0; i < PendingBinding.FAILURES_ALLOWED; i++) {
			assertThat(this.fixture.pendingBindings.tries().begin(pending)).isTrue();
		}
		assertThat(this.fixture.rows()).isEmpty();
	}

	@Test
	void answerWhenPasswordIsRightAndBindingRefusedThenNoTryIsUsed() throws Exception {
		this.fixture.bound("bob");
		PendingBinding pending = pendingInOldSession();
		this.request.setParameter("password", "right");
		answer();
		assertThat(this.response.getStatus()).isEqualTo(409);
		for (int i = 0; i < PendingBinding.FAILURES_ALLOWED; i++) {
			assertThat(this.fixture.pendingBindings.tries().begin(pending)).isTrue();
		}
	}

	@ParameterizedTest
	@EnumSource(value = LoginError.class, names = { "OTHER_ACCOUNT", "OTHER_QQ", "NOT_SAVED" })
	void answerWhenBindingIsRefusedThenErrorAndStillPending(LoginError obstacle) throws Exception {
		PendingBinding pending = pendingInFreshSession();
		if (obstacle == LoginError.OTHER_ACCOUNT) {
			this.fixture.bound("bob");
		}
		else if (obstacle == LoginError.OTHER_QQ) {
			this.fixture.bound(LoginFixture.OTHER_IDENTITY, "alice", false);
		}
		else {
			this.fixture.store.failWritesWith(new QueryTimeoutException("database"));
		}
		answer();
		assertThat(this.response.getStatus()).isEqualTo(obstacle.status());
		assertThat(this.fixture.outcomes).containsExactly(obstacle.code());
		assertThat(kept()).isEqualTo(pending);
		assertThat(this.response.getRedirectedUrl()).isNull();
	}

	@Test
	void answerWhenItMovesAndTheLosingAccountIsNamedThenMovedAndItsSessionsEnd() throws Exception {
		this.fixture.registered("bob");
		PendingBinding pending = pendingInFreshSession();
		this.registry.registerNewSession("of-bob", this.fixture.account("bob"));
		this.registry.registerNewSession("of-alice", this.fixture.account("alice"));
		this.request.setParameter("from", "bob");
		this.request.setParameter("password", "right");
		answer();
		isDone(pending, "/orders");
		assertThat(this.fixture.rows()).containsExactly("AAAA alice");
		assertThat(this.fixture.outcomes).containsExactly("moved");
		assertThat(Objects.requireNonNull(this.registry.getSessionInformation("of-bob")).isExpired()).isTrue();
		assertThat(Objects.requireNonNull(this.registry.getSessionInformation("of-alice")).isExpired()).isFalse();
	}

	@Test
	void answerWhenBoundThenSessionsGoOn() throws Exception {
		pendingInFreshSession();
		this.registry.registerNewSession("of-bob", this.fixture.account("bob"));
		this.registry.registerNewSession("of-alice", this.fixture.account("alice"));
		answer();
		assertThat(Objects.requireNonNull(this.registry.getSessionInformation("of-bob")).isExpired()).isFalse();
		assertThat(Objects.requireNonNull(this.registry.getSessionInformation("of-alice")).isExpired()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "carol" })
	void answerWhenItMovesAndAnotherAccountIsNamedThenChangesNothing(String from) throws Exception {
		this.fixture.registered("bob");
		PendingBinding pending = pendingInFreshSession();
		if (!from.isEmpty()) {
			this.request.setParameter("from", from);
		}
		this.request.setParameter("password", "right");
		answer();
		assertThat(this.response.getStatus()).isEqualTo(409);
		assertThat(this.fixture.rows()).containsExactly("AAAA bob");
		assertThat(kept()).isEqualTo(pending);
	}

	@Test
	void answerWhenItMovesInAnOldSessionThenChangesNothing() throws Exception {
		this.fixture.registered("bob");
		pendingInOldSession();
		this.request.setParameter("from", "bob");
		answer();
		assertThat(this.response.getStatus()).isEqualTo(403);
		assertThat(this.fixture.rows()).containsExactly("AAAA bob");
	}

	@Test
	void answerWhenNothingMovesAndAnAccountIsNamedThenChangesNothing() throws Exception {
		pendingInFreshSession();
		this.request.setParameter("from", "bob");
		answer();
		assertThat(this.response.getStatus()).isEqualTo(409);
		assertThat(this.fixture.rows()).isEmpty();
	}

	@Test
	void answerWhenMoveIsRefusedThenErrorAndSessionsGoOn() throws Exception {
		this.fixture.registered("bob");
		this.fixture.bound(LoginFixture.OTHER_IDENTITY, "alice", false);
		PendingBinding pending = pendingInFreshSession();
		this.registry.registerNewSession("of-bob", this.fixture.account("bob"));
		this.request.setParameter("from", "bob");
		this.request.setParameter("password", "right");
		answer();
		assertThat(this.response.getStatus()).isEqualTo(409);
		assertThat(this.fixture.rows()).containsExactly("AAAA bob", "BBBB alice");
		assertThat(Objects.requireNonNull(this.registry.getSessionInformation("of-bob")).isExpired()).isFalse();
		assertThat(kept()).isEqualTo(pending);
	}

	@Test
	void answerWhenDatabaseFailsThenThrows() {
		pendingInFreshSession();
		this.fixture.store.failWith(new DataAccessResourceFailureException("down"));
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(this::answer);
	}

}
