package io.github.qqoauth2.bind;

import java.time.Duration;
import java.util.Objects;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("T-59")
class SignInAgainTests {

	private static final Authentication ALICE = LoginFixture.password("alice");

	private static final Authentication BOB = LoginFixture.password("bob");

	private final LoginFixture fixture = new LoginFixture();

	private final MockHttpServletRequest request = LoginFixture.post(LoginPaths.SIGN_IN);

	private void begin(String wish) {
		this.request.setParameter("for", wish);
		this.fixture.signInAgain.begin(this.request, new MockHttpServletResponse(), ALICE);
	}

	private boolean isForUnlinking() {
		return this.fixture.signInAgain.isForUnlinking(this.request);
	}

	private boolean isByOtherAccount(Authentication account) {
		return this.fixture.signInAgain.isByOtherAccount(this.request, account);
	}

	@Test
	void beginWhenSignedInThenSessionEndsAndPendingBindingStays() {
		this.fixture.signInLongAgo(this.request, "alice");
		PendingBinding pending = this.fixture.pending(this.request, "/orders");
		MockHttpSession before = LoginFixture.session(this.request);
		begin("confirm");
		assertThat(before.isInvalid()).isTrue();
		assertThat(this.fixture.currentAuthentication.get()).isNull();
		assertThat(this.fixture.pendingBindings.load(this.request)).isEqualTo(pending);
		assertThat(this.fixture.currentAuthentication.inSession(this.request, ALICE)).isNull();
		assertThat(
				Objects.requireNonNull(this.request.getSession(false)).getAttribute(AccountProofRepository.ATTRIBUTE))
			.isNull();
		assertThat(isForUnlinking()).isFalse();
	}

	@Test
	void beginWhenForUnlinkingThenKeptForTheTimeout() {
		this.fixture.signInLongAgo(this.request, "alice");
		begin("unlink");
		assertThat(isForUnlinking()).isTrue();
		assertThat(isByOtherAccount(ALICE)).isFalse();
		assertThat(isByOtherAccount(BOB)).isTrue();
		this.fixture.now = LoginFixture.NOW.plus(Duration.ofMinutes(5)).minusMillis(1);
		assertThat(isForUnlinking()).isTrue();
		this.fixture.now = LoginFixture.NOW.plus(Duration.ofMinutes(5));
		assertThat(isForUnlinking()).isFalse();
		assertThat(isByOtherAccount(BOB)).isFalse();
	}

	@Test
	void beginWhenForUnlinkingAndSomethingIsPendingThenTheQuestionIsAboutThat() {
		this.fixture.signInLongAgo(this.request, "alice");
		this.fixture.pending(this.request, null);
		begin("unlink");
		assertThat(isForUnlinking()).isFalse();
	}

	@Test
	void doneThenForgotten() {
		this.fixture.signInLongAgo(this.request, "alice");
		begin("unlink");
		this.fixture.signInAgain.done(this.request, new MockHttpServletResponse());
		assertThat(isForUnlinking()).isFalse();
		assertThat(isByOtherAccount(BOB)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "soon UNLINK alice", "9999999999999 UNLINK", "99999999999999999999 UNLINK alice" })
	void wishWhenDamagedThenNone(String damaged) {
		this.request.getSession().setAttribute(SignInAgain.ATTRIBUTE, damaged);
		assertThat(isForUnlinking()).isFalse();
		assertThat(isByOtherAccount(BOB)).isFalse();
	}

	@Test
	void beginWhenStatelessThenProofIsForgottenAndNoSessionCreated() {
		LoginFixture stateless = LoginFixture.stateless();
		stateless.proofs.passwordTyped(this.request, new MockHttpServletResponse(), ALICE);
		stateless.pending(this.request, null);
		stateless.signIn(ALICE);
		stateless.signInAgain.begin(this.request, new MockHttpServletResponse(), ALICE);
		assertThat(stateless.proofs.isFresh(this.request, ALICE)).isFalse();
		assertThat(stateless.pendingBindings.load(this.request)).isNotNull();
		assertThat(stateless.currentAuthentication.get()).isNull();
		assertThat(this.request.getSession(false)).isNull();
		assertThat(stateless.signInAgain.isByOtherAccount(this.request, BOB)).isFalse();
	}

}
