package io.github.qqoauth2.bind;

import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.transaction.CannotCreateTransactionException;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BindingDecisionTests {

	private final LoginFixture fixture = new LoginFixture();

	private final BindingDecision decision = this.fixture.decision;

	private final MockHttpServletRequest request = LoginFixture.get("/account/qq");

	private PendingBinding pending() {
		return this.fixture.pendingBindings.create(LoginFixture.IDENTITY, LoginFixture.PROFILE, null);
	}

	private BindingQuestion question(PendingBinding pending, Authentication account) {
		return this.decision.question(this.request, pending, account);
	}

	private QqAccountBinding row() {
		return Objects.requireNonNull(this.fixture.bindings.find(LoginFixture.IDENTITY));
	}

	private void nothingHappened() {
		assertThat(this.fixture.outcomes).isEmpty();
		assertThat(this.fixture.events).isEmpty();
	}

	@Test
	void questionWhenLoginIsFreshThenNoProof() {
		Authentication alice = this.fixture.signIn(this.request, "alice");
		PendingBinding pending = pending();
		assertThat(question(pending, alice)).isEqualTo(new BindingQuestion(pending, alice, null, false));
		nothingHappened();
	}

	@Test
	@Tag("T-59")
	void questionWhenLoginIsTooOldThenProof() {
		Authentication alice = this.fixture.signInLongAgo(this.request, "alice");
		assertThat(question(pending(), alice).proofRequired()).isTrue();
	}

	@Test
	void questionWhenUserIsRememberedThenProof() {
		this.fixture.signIn(this.request, "alice");
		assertThat(question(pending(), LoginFixture.remembered("alice")).proofRequired()).isTrue();
	}

	@Test
	@Tag("T-52")
	void questionWhenAdministratorSwitchedToUserThenProof() {
		Authentication admin = this.fixture.signIn(this.request, "bob");
		Authentication switched = UsernamePasswordAuthenticationToken.authenticated("bob", null,
				List.of(new SwitchUserGrantedAuthority("ROLE_PREVIOUS_ADMINISTRATOR", admin)));
		assertThat(question(pending(), admin).proofRequired()).isFalse();
		assertThat(question(pending(), switched).proofRequired()).isTrue();
	}

	@Test
	void questionWhenSessionDoesNotHoldTheLoginThenProof() {
		assertThat(question(pending(), LoginFixture.password("alice")).proofRequired()).isTrue();
		assertThat(this.request.getSession(false)).isNull();
		this.fixture.signIn(this.request, "bob");
		assertThat(question(pending(), LoginFixture.password("alice")).proofRequired()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void questionWhenRegistrationMadeTheBindingThenItCanMoveByTheSameRule(boolean fresh) {
		this.fixture.registered("bob");
		Authentication alice = fresh ? this.fixture.signIn(this.request, "alice")
				: this.fixture.signInLongAgo(this.request, "alice");
		BindingQuestion question = question(pending(), alice);
		assertThat(question.moving()).isEqualTo(row());
		assertThat(question.from()).isEqualTo("bob");
		assertThat(question.proofRequired()).isNotEqualTo(fresh);
		nothingHappened();
	}

	@Test
	@Tag("T-66")
	void questionWhenThisUserAskedToMoveThenItCanMoveToNoOtherAccount() {
		this.fixture.bound("bob");
		Authentication alice = this.fixture.signIn(this.request, "alice");
		assertThat(question(pending().withMoveTo("alice"), alice).from()).isEqualTo("bob");
		assertThat(question(pending().withMoveTo("carol"), alice).moving()).isNull();
		assertThat(question(pending().withMoveTo("bob"), this.fixture.signIn(this.request, "bob")).moving()).isNull();
		nothingHappened();
	}

	@Test
	void questionWhenUserMadeTheBindingThenItCannotMove() {
		this.fixture.bound("bob");
		BindingQuestion question = question(pending(), this.fixture.signIn(this.request, "alice"));
		assertThat(question.moving()).isNull();
		assertThat(question.from()).isNull();
		assertThat(question.proofRequired()).isFalse();
	}

	@Test
	void questionWhenTheBindingIsTheSignedInUsersThenNothingMoves() {
		this.fixture.registered("alice");
		BindingQuestion question = question(pending(), this.fixture.signIn(this.request, "alice"));
		assertThat(question.moving()).isNull();
		assertThat(question.proofRequired()).isFalse();
	}

	@Test
	void questionWhenTheLosingAccountIsGoneThenNothingMoves() {
		this.fixture.registered("gone");
		BindingQuestion question = question(pending(), this.fixture.signIn(this.request, "alice"));
		assertThat(question.moving()).isNull();
		assertThat(this.fixture.rows()).containsExactly("AAAA gone");
	}

	@Test
	void questionWhenDatabaseFailsThenThrows() {
		this.fixture.store.failWith(new DataAccessResourceFailureException("down"));
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> question(pending(), LoginFixture.password("alice")));
	}

	@Test
	void obstacleWhenNeitherIsBoundThenNone() {
		assertThat(this.decision.obstacle(pending(), "alice")).isNull();
		nothingHappened();
		assertThat(this.fixture.rows()).isEmpty();
	}

	@Test
	void obstacleWhenBoundToEachOtherThenNone() {
		this.fixture.bound("alice");
		assertThat(this.decision.obstacle(pending(), "alice")).isNull();
		nothingHappened();
	}

	@Test
	void obstacleWhenIdentityHasAnotherAccountThenOtherAccount() {
		this.fixture.bound("bob");
		assertThat(this.decision.obstacle(pending(), "alice")).isEqualTo(LoginError.OTHER_ACCOUNT);
		assertThat(this.fixture.outcomes).containsExactly("other-account");
		assertThat(this.fixture.events).containsExactly("REFUSED alice other-account");
	}

	@Test
	void obstacleWhenAccountNameDiffersInCaseThenOtherAccount() {
		this.fixture.bound("alice");
		assertThat(this.decision.obstacle(pending(), "Alice")).isEqualTo(LoginError.OTHER_ACCOUNT);
	}

	@Test
	void obstacleWhenAccountHasAnotherIdentityThenOtherQq() {
		this.fixture.bound(LoginFixture.OTHER_IDENTITY, "alice", false);
		assertThat(this.decision.obstacle(pending(), "alice")).isEqualTo(LoginError.OTHER_QQ);
		assertThat(this.fixture.outcomes).containsExactly("other-qq");
		assertThat(this.fixture.events).containsExactly("REFUSED alice other-qq");
	}

	@Test
	void obstacleWhenOpenidDiffersInCaseThenOtherQq() {
		this.fixture.bound(new QqIdentity("101", "aaaa", null), "alice", false);
		assertThat(this.decision.obstacle(pending(), "alice")).isEqualTo(LoginError.OTHER_QQ);
	}

	@Test
	void obstacleWhenTheOtherAccountIsGoneThenItsBindingDoesNotCount() {
		this.fixture.bound("gone");
		assertThat(this.decision.obstacle(pending(), "alice")).isNull();
		this.fixture.bound(LoginFixture.OTHER_IDENTITY, "alice", false);
		assertThat(this.decision.obstacle(pending(), "alice")).isEqualTo(LoginError.OTHER_QQ);
		assertThat(this.fixture.rows()).containsExactly("AAAA gone", "BBBB alice");
	}

	@Test
	void obstacleWhenDatabaseFailsThenNotSaved() {
		for (RuntimeException failure : List.of(new DataAccessResourceFailureException("down"),
				new CannotCreateTransactionException("down"))) {
			this.fixture.store.failWith(failure);
			assertThat(this.decision.obstacle(pending(), "alice")).isEqualTo(LoginError.NOT_SAVED);
		}
		assertThat(this.fixture.outcomes).containsExactly("not-saved", "not-saved");
		assertThat(this.fixture.events).isEmpty();
	}

	@Test
	void obstacleWhenABeanThrowsThenThrows() {
		this.fixture.store.failWith(new IllegalStateException("bean"));
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> this.decision.obstacle(pending(), "alice"));
	}

	@Test
	void bindWhenNothingIsInTheWayThenBound() {
		assertThat(this.decision.bind(pending(), "alice")).isNull();
		assertThat(row().account()).isEqualTo("alice");
		assertThat(row().nickname()).isEqualTo("小明");
		assertThat(row().registered()).isFalse();
		assertThat(this.fixture.outcomes).containsExactly("bound");
		assertThat(this.fixture.events).containsExactly("BOUND alice");
	}

	@Test
	void bindWhenBoundToEachOtherThenNoObstacleAndRowStays() {
		this.fixture.registered("alice");
		QqAccountBinding before = row();
		assertThat(this.decision.bind(pending(), "alice")).isNull();
		assertThat(this.fixture.store.rows()).containsExactly(before);
		assertThat(this.fixture.events).isEmpty();
	}

	@Test
	void bindWhenAccountIsNotFoundThenThrowsWithRemedy() {
		assertThatExceptionOfType(AuthenticationServiceException.class)
			.isThrownBy(() -> this.decision.bind(pending(), "ghost"))
			.withMessageContainingAll("'ghost'", "Declare a QqAccountLoader");
		assertThat(this.fixture.rows()).isEmpty();
		assertThat(this.fixture.events).isEmpty();
	}

	@Test
	void bindWhenIdentityHasAnotherAccountThenOtherAccountAndRowStays() {
		this.fixture.bound("bob");
		assertThat(this.decision.bind(pending(), "alice")).isEqualTo(LoginError.OTHER_ACCOUNT);
		assertThat(this.fixture.rows()).containsExactly("AAAA bob");
		assertThat(this.fixture.outcomes).containsExactly("other-account");
		assertThat(this.fixture.events).containsExactly("REFUSED alice other-account");
	}

	@Test
	void bindWhenAccountHasAnotherIdentityThenOtherQqAndRowStays() {
		this.fixture.bound(LoginFixture.OTHER_IDENTITY, "alice", false);
		assertThat(this.decision.bind(pending(), "alice")).isEqualTo(LoginError.OTHER_QQ);
		assertThat(this.fixture.rows()).containsExactly("BBBB alice");
		assertThat(this.fixture.outcomes).containsExactly("other-qq");
		assertThat(this.fixture.events).containsExactly("REFUSED alice other-qq");
	}

	@Test
	void bindWhenTheOtherAccountIsGoneThenItsBindingIsReplaced() {
		this.fixture.bound("gone");
		assertThat(this.decision.bind(pending(), "alice")).isNull();
		assertThat(this.fixture.rows()).containsExactly("AAAA alice");
		assertThat(this.fixture.events).containsExactly("UNBOUND gone", "BOUND alice");
	}

	@Test
	void bindWhenDatabaseFailsThenNotSaved() {
		this.fixture.store.failWith(new DataAccessResourceFailureException("down"));
		assertThat(this.decision.bind(pending(), "alice")).isEqualTo(LoginError.NOT_SAVED);
		assertThat(this.fixture.outcomes).containsExactly("not-saved");
		assertThat(this.fixture.events).isEmpty();
	}

	@Test
	@Tag("T-64")
	void bindWhenListenerThrowsThenRethrown() {
		this.fixture.listenerFailure = new IllegalStateException("listener");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> this.decision.bind(pending(), "alice"))
			.isSameAs(this.fixture.listenerFailure);
		assertThat(this.fixture.outcomes).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "ghost", "alice@example.com" })
	@Tag("T-51")
	void moveWhenAccountCannotBeLoadedThenThrows(String account) {
		this.fixture.users.put("alice@example.com", LoginFixture.user("alice"));
		this.fixture.registered("bob");
		assertThatExceptionOfType(AuthenticationServiceException.class)
			.isThrownBy(() -> this.decision.move(row(), account));
		assertThatExceptionOfType(AuthenticationServiceException.class)
			.isThrownBy(() -> this.decision.bind(pending(), account));
		assertThat(this.fixture.rows()).containsExactly("AAAA bob");
		assertThat(this.fixture.outcomes).isEmpty();
	}

	@Test
	void moveWhenStillAsReadThenMoved() {
		this.fixture.registered("bob");
		assertThat(this.decision.move(row(), "alice")).isNull();
		assertThat(row().account()).isEqualTo("alice");
		assertThat(row().registered()).isFalse();
		assertThat(this.fixture.outcomes).containsExactly("moved");
		assertThat(this.fixture.events).containsExactly("MOVED alice", "UNBOUND bob");
	}

	@Test
	void moveWhenMovedBeforeThenSameAnswerAndNothingChanges() {
		this.fixture.registered("bob");
		QqAccountBinding read = row();
		this.decision.move(read, "alice");
		assertThat(this.decision.move(read, "alice")).isNull();
		assertThat(this.fixture.rows()).containsExactly("AAAA alice");
		assertThat(this.fixture.outcomes).containsExactly("moved");
		assertThat(this.fixture.events).containsExactly("MOVED alice", "UNBOUND bob");
	}

	@Test
	void moveWhenAccountHasAnotherIdentityThenOtherQq() {
		this.fixture.registered("bob");
		this.fixture.bound(LoginFixture.OTHER_IDENTITY, "alice", false);
		assertThat(this.decision.move(row(), "alice")).isEqualTo(LoginError.OTHER_QQ);
		assertThat(this.fixture.rows()).containsExactly("AAAA bob", "BBBB alice");
		assertThat(this.fixture.outcomes).containsExactly("other-qq");
		assertThat(this.fixture.events).containsExactly("REFUSED alice other-qq");
	}

	@Test
	void moveWhenBindingHasChangedThenBindingChanged() {
		this.fixture.registered("bob");
		QqAccountBinding read = row();
		this.fixture.bindings.remove("bob");
		this.fixture.events.clear();
		assertThat(this.decision.move(read, "alice")).isEqualTo(LoginError.BINDING_CHANGED);
		assertThat(this.fixture.rows()).isEmpty();
		assertThat(this.fixture.outcomes).containsExactly("binding-changed");
		assertThat(this.fixture.events).containsExactly("REFUSED alice binding-changed");
	}

	@Test
	void moveWhenDatabaseFailsThenNotSaved() {
		this.fixture.registered("bob");
		QqAccountBinding read = row();
		this.fixture.store.failWith(new DataAccessResourceFailureException("down"));
		assertThat(this.decision.move(read, "alice")).isEqualTo(LoginError.NOT_SAVED);
		assertThat(this.fixture.outcomes).containsExactly("not-saved");
		assertThat(this.fixture.events).isEmpty();
	}

}
