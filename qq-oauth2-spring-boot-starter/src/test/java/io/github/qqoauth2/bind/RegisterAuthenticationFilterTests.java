package io.github.qqoauth2.bind;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;

import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.account.QqRegistrationField;

import static org.assertj.core.api.Assertions.assertThat;

class RegisterAuthenticationFilterTests {

	private final LoginFixture fixture = new LoginFixture();

	private final MockHttpServletRequest request = LoginFixture.post(LoginPaths.REGISTER_PAGE);

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final List<String> asked = new ArrayList<>();

	private final List<String> successes = new ArrayList<>();

	private final List<QqRegistration> registrations = new ArrayList<>();

	/** What the failure handler of QQ logins was called with. */
	private final List<AuthenticationException> failures = new ArrayList<>();

	private List<QqRegistrationField> fields = List.of(QqRegistrationField.USERNAME, QqRegistrationField.PASSWORD);

	private @Nullable RuntimeException registrarFailure;

	private @Nullable AuthenticationException failure;

	private RegisterAuthenticationFilter filter() {
		RegisterAuthenticationFilter filter = new RegisterAuthenticationFilter(this.fixture.chain,
				this.fixture.pendingBindings, this.fixture.ended, login(), this.fixture.responses,
				this.fixture.currentAuthentication, this.fixture.outcomes::add);
		filter.setSecurityContextHolderStrategy(this.fixture.contexts);
		filter.setAuthenticationManager(this::authenticate);
		filter.setAuthenticationSuccessHandler((request, response, account) -> this.successes.add(account.getName()));
		filter.setAuthenticationFailureHandler((request, response, failure) -> this.failures.add(failure));
		return filter;
	}

	private RegistrationLogin login() {
		LoginDecision decision = new LoginDecision(this.fixture.accounts, this.fixture.bindings, null,
				new LoginTokens(() -> null), Duration.ofDays(7), this.fixture.clock);
		return new RegistrationLogin(
				new RegistrationForm(new Registrar(), this.fixture.bindings, this.fixture.accounts), decision,
				new AccountAuthentication(new DefaultAuthenticationEventPublisher()));
	}

	private UserDetails register(QqRegistration registration) {
		this.registrations.add(registration);
		if (this.registrarFailure != null) {
			throw this.registrarFailure;
		}
		UserDetails account = LoginFixture.user(registration.username());
		this.fixture.users.put(account.getUsername(), account);
		return account;
	}

	private Authentication authenticate(Authentication token) {
		this.asked.add(token.getName() + ":" + token.getCredentials());
		if (this.failure != null) {
			throw this.failure;
		}
		return LoginFixture.password(token.getName());
	}

	private PendingBinding pending() {
		PendingBinding pending = this.fixture.pending(this.request, "/orders");
		this.request.setParameter("binding", pending.id());
		return pending;
	}

	private void post(String username, String password) throws Exception {
		this.request.setParameter("username", username);
		this.request.setParameter("password", password);
		filter().doFilter(this.request, this.response, new MockFilterChain());
	}

	private PendingBinding kept() {
		return Objects.requireNonNull(this.fixture.pendingBindings.load(this.request));
	}

	private LoginError error() {
		return Objects.requireNonNull(this.fixture.errors.stored(this.request)).error();
	}

	private void notSignedIn() {
		assertThat(this.asked).isEmpty();
		assertThat(this.successes).isEmpty();
		assertThat(this.fixture.contexts.getContext().getAuthentication()).isNull();
	}

	@Test
	void attemptWhenFieldsAreValidThenAccountBoundAndSignedIn() throws Exception {
		pending();
		post(" dora ", "long enough");
		assertThat(this.successes).containsExactly("dora");
		assertThat(this.asked).containsExactly("dora:long enough");
		assertThat(this.fixture.rows()).containsExactly("AAAA dora");
		assertThat(Objects.requireNonNull(this.fixture.bindings.find("dora")).registered()).isFalse();
		assertThat(this.fixture.outcomes).containsExactly("registered");
		assertThat(this.fixture.events).containsExactly("REGISTERED dora");
		assertThat(this.fixture.pendingBindings.load(this.request)).isNull();
		assertThat(this.fixture.chain.savedPages().path(this.request, this.response)).isEqualTo("/orders");
	}

	/**
	 * The random password is not used to sign in, since it proves nothing.
	 */
	@Test
	void attemptWhenNoFieldsThenRegisteredAndSignedInWithoutPassword() throws Exception {
		this.fields = List.of();
		pending();
		post("dora", "long enough");
		assertThat(this.asked).isEmpty();
		QqRegistration registration = this.registrations.get(0);
		assertThat(registration.username()).startsWith("qq_");
		assertThat(registration.automatic()).isTrue();
		assertThat(this.successes).containsExactly(registration.username());
		assertThat(Objects.requireNonNull(this.fixture.bindings.find(registration.username())).registered()).isTrue();
		assertThat(this.fixture.events).containsExactly("REGISTERED " + registration.username(),
				"LOGGED_IN " + registration.username());
		assertThat(QqLogin.isQqLogin(this.request)).isTrue();
	}

	@Test
	void attemptWhenNoPasswordFieldThenNotRegisteredByQqAloneAndSignedInWithoutPassword() throws Exception {
		this.fields = List.of(QqRegistrationField.USERNAME);
		pending();
		post("dora", "long enough");
		assertThat(this.asked).isEmpty();
		assertThat(this.registrations.get(0).automatic()).isFalse();
		assertThat(this.successes).containsExactly("dora");
		assertThat(Objects.requireNonNull(this.fixture.bindings.find("dora")).registered()).isFalse();
	}

	@Test
	@Tag("T-34")
	void attemptWhenNameIsTakenThenFormAgainWithoutPassword() throws Exception {
		PendingBinding pending = pending();
		post("alice", "long enough");
		assertThat(this.registrations).isEmpty();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/bind");
		assertThat(kept()).isEqualTo(pending.withRegistration(
				new PendingBinding.RefusedRegistration(Map.of("username", "alice"), Map.of("username", "taken"))));
		assertThat(this.fixture.rows()).isEmpty();
		assertThat(this.fixture.outcomes).isEmpty();
		notSignedIn();
	}

	@Test
	void attemptWhenRegistrarRefusesThenFormAgain() throws Exception {
		pending();
		this.registrarFailure = new QqRegistrationException("username", "reserved");
		post("dora", "long enough");
		assertThat(Objects.requireNonNull(kept().registration()).errors()).isEqualTo(Map.of("username", "reserved"));
		assertThat(Objects.requireNonNull(kept().registration()).values()).isEqualTo(Map.of("username", "dora"));
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/bind");
		assertThat(this.fixture.rows()).isEmpty();
		notSignedIn();
	}

	@Test
	void attemptWhenIdentityIsBoundMeanwhileThenOtherAccount() throws Exception {
		this.fixture.bound("bob");
		PendingBinding pending = pending();
		post("dora", "long enough");
		assertThat(this.response.getStatus()).isEqualTo(409);
		assertThat(this.fixture.rows()).containsExactly("AAAA bob");
		assertThat(this.fixture.outcomes).containsExactly("other-account");
		assertThat(kept()).isEqualTo(pending);
		notSignedIn();
	}

	@Test
	void attemptWhenDatabaseFailsThenNotSaved() throws Exception {
		PendingBinding pending = pending();
		this.registrarFailure = new QueryTimeoutException("down");
		post("dora", "long enough");
		assertThat(this.response.getStatus()).isEqualTo(503);
		assertThat(this.fixture.rows()).isEmpty();
		assertThat(this.fixture.outcomes).containsExactly("not-saved");
		assertThat(kept()).isEqualTo(pending);
		notSignedIn();
	}

	@Test
	@Tag("T-64")
	void attemptWhenRegistrarThrowsThenFailureHandlerAndStillPending() throws Exception {
		PendingBinding pending = pending();
		this.registrarFailure = new IllegalStateException("registrar");
		post("dora", "long enough");
		assertThat(this.failures).singleElement().satisfies((failure) -> {
			assertThat(LoginError.of(failure)).isEqualTo(LoginError.INTERNAL);
			assertThat(failure).hasCause(this.registrarFailure);
		});
		assertThat(this.fixture.rows()).isEmpty();
		assertThat(kept()).isEqualTo(pending);
		notSignedIn();
	}

	@Test
	@Tag("T-63")
	void attemptWhenAccountsCannotBeReadAfterTheBindingThenFailureSaysSo() throws Exception {
		pending();
		this.failure = new InternalAuthenticationServiceException("down");
		post("dora", "long enough");
		assertThat(this.failures).singleElement().extracting(LoginError::of).isEqualTo(LoginError.INTERNAL_BOUND);
		assertThat(this.fixture.rows()).containsExactly("AAAA dora");
		assertThat(this.successes).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void failedWhenAccountMayNotLogInYetThenErrorPageAndBindingStays(boolean disabled) throws Exception {
		this.request.getSession();
		pending();
		this.failure = disabled ? new DisabledException("to be activated")
				: new SessionAuthenticationException("too many");
		post("dora", "long enough");
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/error");
		assertThat(error()).isEqualTo(disabled ? LoginError.ACCOUNT_STATUS : LoginError.SESSION_LIMIT);
		assertThat(this.fixture.rows()).containsExactly("AAAA dora");
		assertThat(this.successes).isEmpty();
		assertThat(this.fixture.outcomes).containsExactly("registered");
	}

	@Test
	void failedWhenAccountTakesNoPasswordThenLogsInByQq() throws Exception {
		pending();
		this.failure = new BadCredentialsException("no password");
		post("dora", "long enough");
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/oauth2/authorization/qq");
		assertThat(this.fixture.errors.stored(this.request)).isNull();
		assertThat(this.fixture.rows()).containsExactly("AAAA dora");
		assertThat(this.successes).isEmpty();
	}

	@Test
	void failedWhenAccountTakesNoPasswordAndFrontEndThenAddressOfQq() throws Exception {
		LoginFixture.json(this.request);
		pending();
		this.failure = new BadCredentialsException("no password");
		post("dora", "long enough");
		assertThat(this.response.getContentAsString()).startsWith("{\"authorizationUrl\":\"https://graph.qq.com/");
	}

	/**
	 * Declares the fields of the test.
	 */
	private final class Registrar implements QqAccountRegistrar {

		@Override
		public List<QqRegistrationField> fields() {
			return RegisterAuthenticationFilterTests.this.fields;
		}

		@Override
		public UserDetails register(QqRegistration registration) {
			return RegisterAuthenticationFilterTests.this.register(registration);
		}

	}

}
