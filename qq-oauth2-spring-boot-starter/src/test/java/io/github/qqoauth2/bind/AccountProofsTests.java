package io.github.qqoauth2.bind;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.switchuser.SwitchUserGrantedAuthority;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("T-59")
class AccountProofsTests {

	private static final Duration TIMEOUT = Duration.ofMinutes(5);

	private static final Authentication ALICE = LoginFixture.password("alice");

	private static final Authentication BOB = LoginFixture.password("bob");

	private final LoginFixture fixture = new LoginFixture();

	private final MockHttpServletRequest request = LoginFixture.get("/account/qq");

	private boolean isFresh(Authentication account) {
		return this.fixture.proofs.isFresh(this.request, account);
	}

	private boolean isFreshWithoutQq(Authentication account) {
		return this.fixture.proofs.isFreshWithoutQq(this.request, account);
	}

	private void later(Duration duration) {
		this.fixture.now = this.fixture.now.plus(duration);
	}

	private void createdAt(Instant created) {
		this.request.setSession(new MockHttpSession() {

			@Override
			public long getCreationTime() {
				return created.toEpochMilli();
			}

		});
	}

	private void kept(Authentication account) {
		this.request.getSession()
			.setAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY,
					new SecurityContextImpl(account));
	}

	private void newRequestOfTheSameSession() {
		MockHttpSession session = LoginFixture.session(this.request);
		this.request.clearAttributes();
		this.request.setSession(session);
	}

	@Test
	void isFreshWhenLoggedInThenForTheTimeoutAndForThatAccountOnly() {
		this.fixture.signIn(this.request, "alice");
		assertThat(isFresh(ALICE)).isTrue();
		assertThat(isFreshWithoutQq(ALICE)).isTrue();
		assertThat(isFresh(BOB)).isFalse();
		assertThat(isFresh(LoginFixture.password("Alice"))).isFalse();
		later(TIMEOUT);
		assertThat(isFresh(ALICE)).isTrue();
		assertThat(isFreshWithoutQq(ALICE)).isTrue();
		later(Duration.ofMillis(1));
		assertThat(isFresh(ALICE)).isFalse();
		assertThat(isFreshWithoutQq(ALICE)).isFalse();
	}

	@Test
	void isFreshWhenLoggedInByQqThenNotWithoutQq() {
		this.fixture.signInByQq(this.request, "alice");
		newRequestOfTheSameSession();
		assertThat(isFresh(ALICE)).isTrue();
		assertThat(isFreshWithoutQq(ALICE)).isFalse();
	}

	@Test
	void isFreshWhenLoggedInByQqAfterAnotherWayThenEachHasItsTime() {
		this.fixture.signIn(this.request, "alice");
		later(TIMEOUT);
		this.fixture.signInByQq(this.request, "alice");
		newRequestOfTheSameSession();
		assertThat(isFreshWithoutQq(ALICE)).isTrue();
		later(Duration.ofMillis(1));
		assertThat(isFreshWithoutQq(ALICE)).isFalse();
		assertThat(isFresh(ALICE)).isTrue();
	}

	@Test
	void isFreshWhenAnotherAccountLoggedInSinceThenItsProofOnly() {
		this.fixture.signIn(this.request, "alice");
		this.fixture.signInByQq(this.request, "bob");
		newRequestOfTheSameSession();
		assertThat(isFresh(BOB)).isTrue();
		assertThat(isFreshWithoutQq(BOB)).isFalse();
		kept(ALICE);
		assertThat(isFresh(ALICE)).isFalse();
	}

	@Test
	void isFreshWhenRegistrationFormSignedInThenNotWithoutQq() {
		this.request.setRequestURI(LoginPaths.REGISTER_PAGE);
		this.fixture.signIn(this.request, "alice");
		assertThat(isFresh(ALICE)).isTrue();
		assertThat(isFreshWithoutQq(ALICE)).isFalse();
	}

	@Test
	void isFreshWhenSessionDoesNotHoldTheAccountThenFalse() {
		this.fixture.signIn(this.request, "alice");
		this.request.getSession().removeAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY);
		assertThat(isFresh(ALICE)).isFalse();
	}

	@Test
	void isFreshWhenControllerSavedTheContextThenFromTheCreationOfTheSession() {
		createdAt(LoginFixture.NOW.minus(TIMEOUT));
		kept(ALICE);
		assertThat(isFresh(ALICE)).isTrue();
		assertThat(isFreshWithoutQq(ALICE)).isTrue();
		later(Duration.ofMillis(1));
		assertThat(isFresh(ALICE)).isFalse();
		assertThat(isFreshWithoutQq(ALICE)).isFalse();
	}

	@Test
	void isFreshWhenFactorIsNewerThanTheSessionThenFromItsTime() {
		createdAt(LoginFixture.NOW.minus(Duration.ofHours(1)));
		kept(factor("FACTOR_WEBAUTHN", LoginFixture.NOW.minus(TIMEOUT)));
		assertThat(isFresh(ALICE)).isTrue();
		assertThat(isFreshWithoutQq(ALICE)).isTrue();
		later(Duration.ofMillis(1));
		assertThat(isFresh(ALICE)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "FACTOR_AUTHORIZATION_CODE, true", "FACTOR_X509, false", "FACTOR_BEARER, false" })
	void isFreshWhenFactorIsNoOwnLoginThenNotWithoutQq(String authority, boolean fresh) {
		createdAt(LoginFixture.NOW.minus(Duration.ofHours(1)));
		kept(factor(authority, LoginFixture.NOW));
		assertThat(isFresh(ALICE)).isEqualTo(fresh);
		assertThat(isFreshWithoutQq(ALICE)).isFalse();
	}

	@Test
	@Tag("T-30")
	void isFreshWhenFactorIsThatOfARecordedLoginByQqThenNotWithoutQq() {
		this.fixture.signInByQq(this.request, "alice");
		newRequestOfTheSameSession();
		kept(factor("FACTOR_PASSWORD", LoginFixture.NOW));
		assertThat(isFresh(ALICE)).isTrue();
		assertThat(isFreshWithoutQq(ALICE)).isFalse();
		later(Duration.ofSeconds(1));
		kept(factor("FACTOR_PASSWORD", LoginFixture.NOW.plusMillis(1)));
		assertThat(isFreshWithoutQq(ALICE)).as("a later factor").isTrue();
	}

	private static Authentication factor(String authority, Instant at) {
		return UsernamePasswordAuthenticationToken.authenticated(LoginFixture.user("alice"), null,
				List.of(FactorGrantedAuthority.withAuthority(authority).issuedAt(at).build()));
	}

	@Test
	@Tag("T-52")
	void isFreshWhenNotInteractiveThenFalse() {
		createdAt(LoginFixture.NOW);
		List<Authentication> others = List.of(
				new RememberMeAuthenticationToken("key", LoginFixture.user("alice"), List.of()),
				new PreAuthenticatedAuthenticationToken("alice", "", List.of()),
				UsernamePasswordAuthenticationToken.authenticated("alice", null,
						List.of(new SwitchUserGrantedAuthority("ROLE_PREVIOUS_ADMINISTRATOR", BOB))),
				new TestingAuthenticationToken("alice",
						new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "token", null, null)));
		for (Authentication other : others) {
			kept(other);
			this.fixture.proofs.onAuthentication(other, this.request, new MockHttpServletResponse());
			assertThat(isFresh(other)).as(other.getClass().getName()).isFalse();
			assertThat(isFresh(ALICE)).as("in the session: " + other.getClass().getName()).isFalse();
			this.request.getSession().removeAttribute(AccountProofRepository.ATTRIBUTE);
		}
		kept(ALICE);
		assertThat(isFresh(ALICE)).isTrue();
		assertThat(isFresh(others.get(0))).isFalse();
	}

	@Test
	void onAuthenticationWhenThereIsNoSessionThenCreatesNone() {
		this.fixture.proofs.onAuthentication(ALICE, this.request, new MockHttpServletResponse());
		assertThat(this.request.getSession(false)).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "2 0 0 alice", "1 0 alice", "1 now now alice", "'1 - - alice'", "''" })
	void isFreshWhenRecordIsDamagedThenFromTheCreationOfTheSession(String damaged) {
		createdAt(LoginFixture.NOW.minus(Duration.ofHours(1)));
		kept(ALICE);
		this.request.getSession().setAttribute(AccountProofRepository.ATTRIBUTE, damaged);
		assertThat(isFresh(ALICE)).isFalse();
	}

	@Test
	void isFreshWhenStatelessThenOnlyWhatWasReported() {
		LoginFixture stateless = LoginFixture.stateless();
		stateless.saveContext(this.request, "alice");
		stateless.proofs.onAuthentication(ALICE, this.request, new MockHttpServletResponse());
		assertThat(stateless.proofs.isFresh(this.request, ALICE)).isFalse();
		stateless.proofs.passwordTyped(this.request, new MockHttpServletResponse(), ALICE);
		assertThat(stateless.proofs.isFreshWithoutQq(this.request, ALICE)).isTrue();
		assertThat(stateless.proofs.isFresh(this.request, BOB)).isFalse();
		stateless.now = LoginFixture.NOW.plus(TIMEOUT).plusMillis(1);
		assertThat(stateless.proofs.isFresh(this.request, ALICE)).isFalse();
	}

	@Test
	void waysWhenAccountsHaveNoPasswordsThenLoginOnly() {
		assertThat(this.fixture.proofs.ways()).containsExactly("password", "login");
		assertThat(LoginFixture.withoutPasswords().proofs.ways()).containsExactly("login");
	}

}
