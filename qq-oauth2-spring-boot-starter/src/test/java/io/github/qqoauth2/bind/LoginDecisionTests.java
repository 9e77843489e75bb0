package io.github.qqoauth2.bind;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.security.authentication.AccountExpiredException;
import org.springframework.security.authentication.CredentialsExpiredException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.transaction.support.TransactionOperations;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindingStore;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqAuthorizedClients;
import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.client.QqClient;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class LoginDecisionTests {

	private static final String FACTOR = "FACTOR_AUTHORIZATION_CODE";

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10Z");

	private static final Duration MAX_AGE = Duration.ofDays(7);

	private static final QqIdentity QQ = new QqIdentity("101", "AAAA", null);

	private static final QqProfile PROFILE = QqProfile.of(Map.of("nickname", "小明"));

	private final SingleRowStore store = new SingleRowStore();

	private final Map<String, UserDetails> users = new HashMap<>(
			Map.of("alice", User.withUsername("alice").password("x").roles("USER").build(), "bob",
					User.withUsername("bob").password("x").roles("USER").build()));

	private final List<String> events = new ArrayList<>();

	private final QqAccountBindings bindings = new QqAccountBindings(this.store, "101", clock(),
			TransactionOperations.withoutTransaction(), (published) -> {
				QqAccountEvent event = (QqAccountEvent) published;
				this.events
					.add(event.kind() + " " + event.account() + ((event.reason() != null) ? " " + event.reason() : ""));
			});

	private final BoundAccounts accounts = new BoundAccounts(this.bindings, this.users::get);

	private int profileRequests;

	private static Clock clock() {
		return Clock.fixed(NOW, ZoneOffset.UTC);
	}

	private LoginDecision decision(@Nullable QqAccountRegistrar automatic) {
		return new LoginDecision(this.accounts, this.bindings,
				(automatic != null) ? new RegistrationForm(automatic, this.bindings, this.accounts) : null,
				new LoginTokens(() -> null), MAX_AGE, clock());
	}

	private LoginResult decide(@Nullable Authentication current) {
		return decide(current, false);
	}

	private LoginResult decide(@Nullable Authentication current, boolean mergesFactors) {
		return decision(null).decide(login(), current, mergesFactors);
	}

	private OAuth2LoginAuthenticationToken login() {
		ClientRegistration registration = ClientRegistration.withRegistrationId("qq")
			.clientId("101")
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("https://www.example.com/cb")
			.authorizationUri("https://graph.qq.com/oauth2.0/authorize")
			.tokenUri("https://graph.qq.com/oauth2.0/token")
			.build();
		OAuth2AuthorizationRequest request = OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://graph.qq.com/oauth2.0/authorize")
			.clientId("101")
			.state("STATE")
			.build();
		OAuth2AuthorizationResponse response = OAuth2AuthorizationResponse.success("CODE")
			.redirectUri("https://www.example.com/cb")
			.state("STATE")
			.build();
		return new OAuth2LoginAuthenticationToken(registration, new OAuth2AuthorizationExchange(request, response),
				new QqOAuth2User(QQ, () -> {
					this.profileRequests++;
					return PROFILE;
				}), AuthorityUtils.createAuthorityList(FACTOR),
				new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, "TOKEN", NOW, NOW.plusSeconds(60)));
	}

	private static Authentication password(String account, String... authorities) {
		return UsernamePasswordAuthenticationToken.authenticated(account, null,
				AuthorityUtils.createAuthorityList(authorities));
	}

	private static Authentication remembered(String account) {
		return new RememberMeAuthenticationToken("key", account, AuthorityUtils.createAuthorityList("ROLE_USER"));
	}

	private void bound(String account, boolean registered, @Nullable Instant profileAt) {
		this.store.binding = new QqAccountBinding("101", "AAAA", account, null, "old", null, null, profileAt,
				registered, NOW.minus(Duration.ofDays(400)), NOW);
	}

	private void bound(String account) {
		bound(account, false, NOW);
	}

	private UserDetails user(String name) {
		return Objects.requireNonNull(this.users.get(name));
	}

	private void assertSignedInAs(LoginResult result, String account) {
		assertThat(result).isEqualTo(new LoginResult.SignedIn(user(account)));
		assertThat(this.events).contains("LOGGED_IN " + account);
	}

	@Test
	void decideWhenUnboundThenBindingRequired() {
		assertThat(decide(null)).isEqualTo(new LoginResult.BindingRequired(QQ, PROFILE, null));
		assertThat(this.events).isEmpty();
		assertThat(this.store.binding).isNull();
	}

	@Test
	void decideWhenAccountNoLongerExistsThenBindingRequiredAndKeepsBinding() {
		bound("gone");
		assertThat(decide(null)).isEqualTo(new LoginResult.BindingRequired(QQ, PROFILE, null));
		assertThat(this.store.binding).isNotNull();
	}

	@Test
	void decideWhenUnboundAndSignedInThenConfirmationRequired() {
		for (Authentication current : List.of(password("alice"), remembered("alice"))) {
			assertThat(decide(current)).isEqualTo(new LoginResult.ConfirmationRequired(QQ, PROFILE, null));
			assertThat(decide(current, true)).isEqualTo(new LoginResult.ConfirmationRequired(QQ, PROFILE, null));
			assertThat(decision((registration) -> user("bob")).decide(login(), current, false))
				.as("no account is created while a user is signed in")
				.isEqualTo(new LoginResult.ConfirmationRequired(QQ, PROFILE, null));
		}
		assertThat(this.events).isEmpty();
	}

	@Test
	void decideWhenBoundThenSignedInWithoutLoadingProfile() {
		bound("alice");
		assertSignedInAs(decide(null), "alice");
		assertThat(this.profileRequests).isZero();
		assertThat(this.store.updates).isZero();
	}

	@Test
	void decideWhenStoredProfileIsStaleThenLoadsProfile() {
		bound("alice", false, NOW.minus(MAX_AGE));
		assertSignedInAs(decide(null), "alice");
		assertThat(this.profileRequests).isZero();
		bound("alice", false, NOW.minus(MAX_AGE).minusMillis(1));
		assertSignedInAs(decide(null), "alice");
		assertThat(this.profileRequests).isOne();
		assertThat(Objects.requireNonNull(this.store.binding).nickname()).isEqualTo("小明");
		bound("alice", false, null);
		assertSignedInAs(decide(null), "alice");
		assertThat(this.profileRequests).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(classes = { LockedException.class, DisabledException.class, AccountExpiredException.class,
			CredentialsExpiredException.class })
	@Tag("T-33")
	void decideWhenAccountStatusInvalidThenRefusedWithoutUpdate(Class<?> type) {
		this.users.put("alice",
				User.withUsername("alice")
					.password("x")
					.roles("USER")
					.accountLocked(type == LockedException.class)
					.disabled(type == DisabledException.class)
					.accountExpired(type == AccountExpiredException.class)
					.credentialsExpired(type == CredentialsExpiredException.class)
					.build());
		bound("alice", false, null);
		for (LoginResult result : List.of(decide(null), decide(remembered("alice")))) {
			LoginResult.Refused refused = (LoginResult.Refused) result;
			assertThat(refused.failure()).isInstanceOf(type);
			assertThat(refused.account()).isEqualTo("alice");
		}
		assertThat(this.events).containsExactly("REFUSED alice account-status", "REFUSED alice account-status");
		assertThat(this.store.updates).isZero();
		assertThat(this.profileRequests).isZero();
	}

	@Test
	void decideWhenSameAccountSignedInThenSameAccount() {
		bound("alice", false, null);
		assertThat(decide(password("alice", "ROLE_USER"))).isEqualTo(new LoginResult.SameAccount());
		assertThat(this.events).isEmpty();
		assertThat(this.store.updates).isZero();
	}

	@Test
	void decideWhenSameAccountRememberedThenSignedIn() {
		bound("alice");
		assertSignedInAs(decide(remembered("alice")), "alice");
	}

	@Test
	void decideWhenFactorsMergedThenSignedInUnlessFactorPresent() {
		bound("alice");
		assertSignedInAs(decide(password("alice", "ROLE_USER", "FACTOR_PASSWORD"), true), "alice");
		this.events.clear();
		assertThat(decide(password("alice", "FACTOR_PASSWORD", FACTOR), true)).isEqualTo(new LoginResult.SameAccount());
		assertThat(this.events).isEmpty();
	}

	@Test
	void decideWhenOtherAccountSignedInThenOtherAccount() {
		bound("bob");
		for (Authentication current : List.of(password("alice"), remembered("alice"), password("BOB"))) {
			assertThat(decide(current)).isEqualTo(new LoginResult.OtherAccount());
			assertThat(decide(current, true)).isEqualTo(new LoginResult.OtherAccount());
		}
		assertThat(this.events).containsOnly("REFUSED alice other-account", "REFUSED BOB other-account").hasSize(6);
		assertThat(Objects.requireNonNull(this.store.binding).account()).isEqualTo("bob");
	}

	@Test
	void decideWhenOtherAccountSignedInAndBindingRegisteredThenConfirmationRequired() {
		bound("bob", true, NOW);
		assertThat(decide(password("alice"))).isEqualTo(new LoginResult.ConfirmationRequired(QQ, PROFILE, null));
		assertThat(this.events).isEmpty();
	}

	@Test
	@Tag("T-34")
	void decideWhenAutomaticRegistrationThenSignedInAsNewAccount() {
		LoginResult result = decision((registration) -> {
			UserDetails made = User.withUsername(registration.username()).password("x").roles("USER").build();
			this.users.put(made.getUsername(), made);
			return made;
		}).decide(login(), null, false);
		String name = Objects.requireNonNull(this.store.binding).account();
		assertSignedInAs(result, name);
		assertThat(name).startsWith("qq_");
		assertThat(this.store.binding.registered()).isTrue();
		assertThat(this.events).containsExactly("REGISTERED " + name, "LOGGED_IN " + name);
		assertThat(this.profileRequests).as("loaded once").isOne();
	}

	@Test
	void decideWhenRegistrarRefusesThenBindingRequired() {
		assertThat(decision((registration) -> {
			throw new QqRegistrationException("username", "invalid");
		}).decide(login(), null, false)).isEqualTo(new LoginResult.BindingRequired(QQ, PROFILE, null));
		assertThat(this.store.binding).isNull();
	}

	@Test
	void decideWhenBoundDuringRegistrationThenSignedInAsBoundAccount() {
		assertSignedInAs(decision((registration) -> {
			bound("bob");
			return user("alice");
		}).decide(login(), null, false), "bob");
	}

	@Test
	void decideWhenNewAccountNotFoundThenIllegalState() {
		LoginDecision decision = decision(
				(registration) -> User.withUsername("unknown").password("x").roles("USER").build());
		assertThatIllegalStateException().isThrownBy(() -> decision.decide(login(), null, false));
	}

	@Test
	void decideWhenNewAccountDisabledThenRefused() {
		LoginResult result = decision((registration) -> {
			UserDetails made = User.withUsername("new").password("x").roles("USER").disabled(true).build();
			this.users.put("new", made);
			return made;
		}).decide(login(), null, false);
		assertThat(((LoginResult.Refused) result).failure()).isInstanceOf(DisabledException.class);
		assertThat(this.events).containsExactly("REGISTERED new", "REFUSED new account-status");
	}

	@Test
	void decideWhenTokensNotStoredThenSignedIn() {
		bound("alice");
		DriverManagerDataSource withoutTable = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID());
		QqAuthorizedClients tokens = new QqAuthorizedClients(JdbcClient.create(withoutTable), this.bindings,
				new QqClient(URI.create("http://127.0.0.1:1"), false, Duration.ofSeconds(1), 1,
						ObservationRegistry.NOOP),
				() -> login().getClientRegistration(), List.of("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="),
				TransactionOperations.withoutTransaction(), clock());
		LoginDecision decision = new LoginDecision(this.accounts, this.bindings, null, new LoginTokens(() -> tokens),
				MAX_AGE, clock());
		assertSignedInAs(decision.decide(login(), null, false), "alice");
		assertThat(decision.decide(login(), password("alice"), false)).isEqualTo(new LoginResult.SameAccount());
	}

	/**
	 * A store with a single row.
	 */
	private static final class SingleRowStore implements QqAccountBindingStore {

		private @Nullable QqAccountBinding binding;

		private int updates;

		@Override
		public @Nullable QqAccountBinding find(QqIdentity identity) {
			return (this.binding != null && this.binding.openid().equals(identity.openid())) ? this.binding : null;
		}

		@Override
		public @Nullable QqAccountBinding find(String appId, String account) {
			return (this.binding != null && this.binding.account().equals(account)) ? this.binding : null;
		}

		@Override
		public boolean insert(QqAccountBinding binding) {
			if (this.binding != null) {
				return false;
			}
			this.binding = binding;
			return true;
		}

		@Override
		public void update(QqAccountBinding binding) {
			this.binding = binding;
			this.updates++;
		}

		@Override
		public boolean move(QqAccountBinding binding, String from) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean delete(QqAccountBinding binding) {
			this.binding = null;
			return true;
		}

	}

}
