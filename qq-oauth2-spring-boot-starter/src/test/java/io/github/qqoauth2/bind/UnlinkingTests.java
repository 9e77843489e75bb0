package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.session.SessionRegistryImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UnlinkingTests {

	private final LoginFixture fixture = new LoginFixture();

	private final MockHttpServletRequest request = LoginFixture.json(LoginFixture.post(LoginPaths.UNLINK));

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final List<String> asked = new ArrayList<>();

	private final SessionRegistryImpl registry = new SessionRegistryImpl();

	private AuthenticationException failure = new BadCredentialsException("wrong");

	private Runnable beforeRemoval = () -> {
	};

	private void unlink() throws IOException {
		StaticApplicationContext context = new StaticApplicationContext();
		context.getBeanFactory().registerSingleton("registry", this.registry);
		this.registry.registerNewSession("of-alice", this.fixture.account("alice"));
		this.registry.registerNewSession("of-bob", this.fixture.account("bob"));
		new Unlinking(this.fixture.bindings, this.fixture.proofs, this.fixture.password(this::authenticate),
				this.fixture.signInAgain, new OtherSessions(context), this.fixture.responses,
				this.fixture.outcomes::add)
			.unlink(this.request, this.response, LoginFixture.password("alice"));
	}

	private Authentication authenticate(Authentication token) {
		this.asked.add(token.getName() + ":" + token.getCredentials());
		if ("right".equals(token.getCredentials())) {
			this.beforeRemoval.run();
			return LoginFixture.password(token.getName());
		}
		throw this.failure;
	}

	private void password(String password) {
		this.request.setParameter("password", password);
	}

	private boolean hasEnded(String session) {
		return Objects.requireNonNull(this.registry.getSessionInformation(session)).isExpired();
	}

	private void refused(int status, String code) throws IOException {
		assertThat(this.response.getStatus()).isEqualTo(status);
		assertThat(this.response.getContentAsString()).contains("\"code\":\"" + code + "\"");
		assertThat(hasEnded("of-alice")).isFalse();
		assertThat(this.fixture.outcomes).isEmpty();
		assertThat(this.fixture.events).isEmpty();
	}

	@Test
	void unlinkWhenPasswordIsRightThenRemovedAndOtherSessionsEnd() throws Exception {
		this.fixture.bound("alice");
		this.fixture.bound(LoginFixture.OTHER_IDENTITY, "bob", false);
		password("right");
		unlink();
		assertThat(this.fixture.rows()).containsExactly("BBBB bob");
		assertThat(this.asked).containsExactly("alice:right");
		assertThat(hasEnded("of-alice")).isTrue();
		assertThat(hasEnded("of-bob")).isFalse();
		assertThat(this.fixture.outcomes).containsExactly("unbound");
		assertThat(this.fixture.events).containsExactly("UNBOUND alice");
		assertThat(this.response.getContentAsString()).contains("\"bound\":false");
	}

	@Test
	@Tag("T-13")
	void unlinkWhenRequestNamesAnotherAccountThenTheSignedInUsersBindingIsRemoved() throws Exception {
		this.fixture.bound("alice");
		this.fixture.bound(LoginFixture.OTHER_IDENTITY, "bob", false);
		this.request.setParameter("username", "bob");
		this.request.setParameter("account", "bob");
		password("right");
		unlink();
		assertThat(this.fixture.rows()).containsExactly("BBBB bob");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void unlinkWhenPasswordIsMissingThenRequired(boolean empty) throws Exception {
		this.fixture.bound("alice");
		if (empty) {
			password("");
		}
		unlink();
		refused(403, "proof-required");
		assertThat(this.asked).isEmpty();
		assertThat(this.fixture.rows()).containsExactly("AAAA alice");
	}

	@Test
	void unlinkWhenPasswordIsWrongThenBindingStays() throws Exception {
		this.fixture.bound("alice");
		password("guess");
		unlink();
		refused(403, "wrong-password");
		assertThat(this.fixture.rows()).containsExactly("AAAA alice");
	}

	@Test
	void unlinkWhenLoginIsFreshThenRemovedWithoutPassword() throws Exception {
		this.fixture.registered("alice");
		this.fixture.signIn(this.request, "alice");
		unlink();
		assertThat(this.fixture.rows()).isEmpty();
		assertThat(this.asked).isEmpty();
		assertThat(this.fixture.events).containsExactly("UNBOUND alice");
		assertThat(hasEnded("of-alice")).isTrue();
	}

	@Test
	@Tag("T-30")
	void unlinkWhenLoginWasByQqThenProofRequired() throws Exception {
		this.fixture.bound("alice");
		this.fixture.signInByQq(this.request, "alice");
		unlink();
		refused(403, "proof-required");
		assertThat(this.response.getContentAsString()).contains("\"ways\":[\"password\",\"login\"]");
		assertThat(this.fixture.rows()).containsExactly("AAAA alice");
	}

	@Test
	@Tag("T-59")
	void unlinkWhenLoginIsTooOldThenProofRequired() throws Exception {
		this.fixture.bound("alice");
		this.fixture.signInLongAgo(this.request, "alice");
		unlink();
		refused(403, "proof-required");
		assertThat(this.fixture.rows()).containsExactly("AAAA alice");
	}

	@Test
	void unlinkWhenAccountsHaveNoPasswordsThenAPasswordProvesNothing() throws Exception {
		LoginFixture fixture = LoginFixture.withoutPasswords();
		fixture.bound("alice");
		password("right");
		new Unlinking(fixture.bindings, fixture.proofs, fixture.password(this::authenticate), fixture.signInAgain,
				new OtherSessions(new StaticApplicationContext()), fixture.responses, fixture.outcomes::add)
			.unlink(this.request, this.response, LoginFixture.password("alice"));
		assertThat(this.response.getContentAsString()).contains("\"code\":\"proof-required\"", "\"ways\":[\"login\"]");
		assertThat(this.asked).isEmpty();
		assertThat(fixture.rows()).containsExactly("AAAA alice");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void unlinkWhenAccountIsLockedAndPasswordIsRightThenThatErrorHoweverItWasMade(boolean registered) throws Exception {
		this.fixture.bound(LoginFixture.IDENTITY, "alice", registered);
		this.failure = new LockedException("locked");
		password("alice-password");
		unlink();
		refused(403, "account-status");
	}

	@Test
	void unlinkWhenRemovalFailsThenNotSaved() throws Exception {
		this.fixture.bound("alice");
		this.beforeRemoval = () -> this.fixture.store.failWritesWith(new QueryTimeoutException("database"));
		password("right");
		unlink();
		refused(503, "not-saved");
	}

	@Test
	void unlinkWhenRemovedMeanwhileThenDoneWithoutOutcome() throws Exception {
		this.fixture.bound("alice");
		this.beforeRemoval = () -> {
			this.fixture.bindings.remove("alice");
			this.fixture.events.clear();
		};
		password("right");
		unlink();
		assertThat(this.response.getStatus()).isEqualTo(200);
		assertThat(this.fixture.outcomes).isEmpty();
		assertThat(this.fixture.events).isEmpty();
		assertThat(hasEnded("of-alice")).isTrue();
	}

	@Test
	void unlinkWhenNothingIsBoundThenDoneWithoutPassword() throws Exception {
		unlink();
		assertThat(this.response.getStatus()).isEqualTo(200);
		assertThat(this.response.getContentAsString()).contains("\"bound\":false");
		assertThat(this.asked).isEmpty();
		assertThat(hasEnded("of-alice")).isFalse();
		assertThat(this.fixture.outcomes).isEmpty();
	}

	@Test
	void unlinkWhenDatabaseFailsThenThrows() {
		this.fixture.store.failWith(new DataAccessResourceFailureException("down"));
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(this::unlink);
	}

}
