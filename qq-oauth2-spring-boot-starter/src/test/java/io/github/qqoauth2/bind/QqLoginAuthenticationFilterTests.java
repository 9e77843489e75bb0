package io.github.qqoauth2.bind;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.rememberme.TokenBasedRememberMeServices;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The filter with recorders in place of the chain's session strategy, context repository,
 * remember-me services, event publisher and handlers.
 */
class QqLoginAuthenticationFilterTests {

	private static final String FACTOR = "FACTOR_AUTHORIZATION_CODE";

	private static final String SPRING_SESSION = "org.springframework.session.SessionRepository.CURRENT_SESSION";

	private LoginFixture fixture = new LoginFixture();

	/** What the filter did to the chain's parts, in that order. */
	private final List<String> effects = new ArrayList<>();

	private final List<OAuth2LoginAuthenticationToken> asked = new ArrayList<>();

	private final List<Authentication> attempted = new ArrayList<>();

	private MockHttpServletRequest request = LoginFixture.get("/login/oauth2/code/qq");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final MockFilterChain rest = new MockFilterChain();

	private AuthenticationSuccessHandler success = (request, response, authentication) -> response
		.sendRedirect("/orders");

	private AuthenticationFailureHandler failure = (request, response, exception) -> {
	};

	private @Nullable AuthenticationException thrown;

	private @Nullable RuntimeException identityFailure;

	private @Nullable RuntimeException sessionFailure;

	private @Nullable RuntimeException successListenerFailure;

	private @Nullable RuntimeException failureListenerFailure;

	private @Nullable RuntimeException contextFailure;

	private Consumer<QqLoginAuthenticationFilter> settings = (filter) -> {
	};

	private @Nullable AuthorizationRequestStore requests;

	private @Nullable Authentication signedIn;

	private QqLoginAuthenticationFilter filter() {
		LoginFixture parts = this.fixture;
		QqAuthenticationFailureHandler failures = new QqAuthenticationFailureHandler(
				new SimpleUrlAuthenticationFailureHandler(), parts.chain, parts.responses, parts.models, parts.errors,
				parts.ended, parts.outcomes::add);
		RepeatedCallback repeated = new RepeatedCallback(parts.ended, parts.pendingBindings,
				parts.currentAuthentication, parts.responses,
				new QqAuthenticationSuccessHandler(new SavedRequestAwareAuthenticationSuccessHandler(), parts.chain,
						parts.responses, parts.models, parts.errors),
				failures);
		QqLoginAuthenticationFilter filter = new QqLoginAuthenticationFilter(
				(this.requests != null) ? this.requests : parts.requests, repeated,
				new IdentityAuthenticator(
						new InMemoryClientRegistrationRepository(LoginFixture.REGISTRATION), this::authenticate),
				parts.currentAuthentication,
				new LoginDecision(parts.accounts, parts.bindings, null, new LoginTokens(() -> null), Duration.ofDays(7),
						parts.clock),
				new LoginResultHandler(parts.chain, parts.pendingBindings, parts.ended, parts.errors, parts.responses,
						parts.outcomes::add),
				new Events());
		filter.setRequiresAuthenticationRequestMatcher((request) -> request.getRequestURI().endsWith("/code/qq"));
		filter.setSecurityContextHolderStrategy(parts.contexts);
		filter.setSecurityContextRepository(new Contexts());
		filter.setRememberMeServices(new RememberMe());
		filter.setAuthenticationDetailsSource((request) -> "the details");
		filter.setSessionAuthenticationStrategy((authentication, request, response) -> {
			this.effects.add("session " + authentication.getName());
			throwIfSet(this.sessionFailure);
		});
		filter.setAuthenticationSuccessHandler((request, response, authentication) -> {
			this.effects.add("success " + authentication.getName());
			this.signedIn = authentication;
			this.success.onAuthenticationSuccess(request, response, authentication);
		});
		filter.setAuthenticationFailureHandler((request, response, exception) -> {
			this.effects.add("failure " + name(exception));
			this.thrown = exception;
			this.failure.onAuthenticationFailure(request, response, exception);
		});
		this.settings.accept(filter);
		return filter;
	}

	private static void throwIfSet(@Nullable RuntimeException failure) {
		if (failure != null) {
			throw failure;
		}
	}

	private static String name(AuthenticationException failure) {
		return (failure instanceof OAuth2AuthenticationException oauth2) ? oauth2.getError().getErrorCode()
				: failure.getClass().getSimpleName();
	}

	private OAuth2LoginAuthenticationToken authenticate(Authentication token) {
		OAuth2LoginAuthenticationToken attempt = (OAuth2LoginAuthenticationToken) token;
		this.asked.add(attempt);
		throwIfSet(this.identityFailure);
		OAuth2LoginAuthenticationToken login = new OAuth2LoginAuthenticationToken(attempt.getClientRegistration(),
				attempt.getAuthorizationExchange(), new QqOAuth2User(LoginFixture.IDENTITY, () -> LoginFixture.PROFILE),
				AuthorityUtils.createAuthorityList(FACTOR), new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER,
						"TOKEN", LoginFixture.NOW, LoginFixture.NOW.plusSeconds(60)));
		login.setDetails(attempt.getDetails());
		return login;
	}

	private void run() throws IOException, ServletException {
		filter().doFilter(this.request, this.response, this.rest);
	}

	/**
	 * Makes the request a callback whose state was stored.
	 */
	private void callback(Map<String, Object> attributes) {
		this.fixture.requests.save(LoginFixture.authorizationRequest("STATE", attributes), this.request, this.response);
		this.request.setParameter("state", "STATE");
		this.request.setParameter("code", "CODE");
	}

	private void callback() {
		callback(Map.of());
	}

	private MockHttpSession session() {
		return LoginFixture.session(this.request);
	}

	private EndedLogins.@Nullable Ended ended() {
		return this.fixture.ended.find(this.request, "STATE");
	}

	private AuthenticationException failure() {
		return Objects.requireNonNull(this.thrown);
	}

	private Authentication signedIn() {
		return Objects.requireNonNull(this.signedIn);
	}

	private static List<String> names(Collection<? extends GrantedAuthority> authorities) {
		return authorities.stream().map((authority) -> String.valueOf(authority.getAuthority())).toList();
	}

	@Test
	void doFilterWhenNoCallbackThenContinuesChain() throws Exception {
		this.request.setRequestURI("/login/oauth2/code/github");
		run();
		assertThat(this.rest.getRequest()).isSameAs(this.request);
		assertThat(this.rest.getResponse()).isSameAs(this.response);
		assertThat(this.effects).isEmpty();
		assertThat(this.request.getAttributeNames().hasMoreElements()).isFalse();
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void callbackWhenBoundThenSignedInAsAccount() throws Exception {
		this.fixture.bound("alice");
		callback();
		run();
		assertThat(this.effects).containsExactly("event success alice", "session alice", "save alice",
				"remember success alice", "success alice");
		assertThat(signedIn()).isInstanceOf(UsernamePasswordAuthenticationToken.class);
		assertThat(signedIn().getPrincipal()).isSameAs(this.fixture.account("alice"));
		assertThat(names(signedIn().getAuthorities())).containsExactly("ROLE_USER", FACTOR);
		assertThat(signedIn().getDetails()).isEqualTo("the details");
		assertThat(signedIn().getCredentials()).isNull();
		assertThat(this.fixture.account("alice").getPassword()).as("erased as after a password").isNull();
		assertThat(this.fixture.contexts.getContext().getAuthentication()).isSameAs(signedIn());
		assertThat(this.fixture.events).containsExactly("LOGGED_IN alice");
		assertThat(this.fixture.outcomes).containsExactly("logged-in");
		assertThat(this.rest.getRequest()).isNull();
	}

	@Test
	void callbackWhenBoundThenIdentityIsAskedOnceByTheStoredRequest() throws Exception {
		this.fixture.bound("alice");
		callback();
		run();
		assertThat(this.asked).singleElement().satisfies((token) -> {
			assertThat(token.getAuthorizationExchange().getAuthorizationResponse().getCode()).isEqualTo("CODE");
			assertThat(token.getAuthorizationExchange().getAuthorizationRequest().getState()).isEqualTo("STATE");
			assertThat(token.getDetails()).isEqualTo("the details");
		});
	}

	@Test
	void callbackWhenAccountIsOAuth2UserThenOAuth2AuthenticationToken() throws Exception {
		this.fixture.users.put("alice", new OAuth2Account());
		this.fixture.bound("alice");
		callback();
		run();
		assertThat(signedIn()).isInstanceOfSatisfying(OAuth2AuthenticationToken.class,
				(token) -> assertThat(token.getAuthorizedClientRegistrationId()).isEqualTo("qq"));
		assertThat(signedIn().getPrincipal()).isSameAs(this.fixture.account("alice"));
		assertThat(names(signedIn().getAuthorities())).contains("ROLE_USER", FACTOR);
	}

	@Test
	void callbackWhenAccountReturnsNullAuthoritiesThenOnlyTheFactor() throws Exception {
		UserDetails alice = (UserDetails) Proxy.newProxyInstance(UserDetails.class.getClassLoader(),
				new Class<?>[] { UserDetails.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "getUsername" -> "alice";
					case "getAuthorities", "getPassword" -> null;
					default -> true;
				});
		this.fixture.users.put("alice", alice);
		this.fixture.bound("alice");
		callback();
		run();
		assertThat(signedIn().getName()).isEqualTo("alice");
		assertThat(names(signedIn().getAuthorities())).containsExactly(FACTOR);
	}

	@Test
	void callbackWhenSignedInThenWhereItLeadsIsRemembered() throws Exception {
		this.fixture.bound("alice");
		callback();
		session();
		run();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/orders");
		assertThat(ended()).isEqualTo(new EndedLogins.Ended(EndedLogins.End.SIGNED_IN, "/orders"));
	}

	@Test
	void callbackWhenSignedInWithoutRedirectThenEndIsRememberedWithoutLocation() throws Exception {
		this.fixture.bound("alice");
		this.success = (request, response, authentication) -> {
		};
		callback();
		session();
		run();
		assertThat(ended()).isEqualTo(new EndedLogins.Ended(EndedLogins.End.SIGNED_IN, ""));
	}

	@Test
	void callbackWhenSignedInThenHandlersSeeNoParametersOfTheAddress() throws Exception {
		this.fixture.bound("alice");
		List<String> parameters = new ArrayList<>();
		this.success = (request, response, authentication) -> parameters.addAll(request.getParameterMap().keySet());
		callback();
		this.request.setParameter("remember-me", "true");
		this.request.setParameter("continue", "https://e.test/");
		run();
		assertThat(parameters).isEmpty();
		assertThat(this.effects).contains("remember success alice");
	}

	@Test
	void callbackWhenRememberMeWasWantedThenServicesSeeTheirParameter() throws Exception {
		this.fixture.bound("alice");
		callback(Map.of(QqAuthorizationRequest.REMEMBER_ME, "true"));
		run();
		assertThat(this.effects).contains("remember success alice remember-me=true");
	}

	@Test
	void callbackWhenRememberMeServicesNameTheirParameterThenItIsThatOne() throws Exception {
		this.fixture.bound("alice");
		TokenBasedRememberMeServices services = new TokenBasedRememberMeServices("key", LoginFixture::user);
		services.setParameter("keep");
		this.settings = (filter) -> filter.setRememberMeServices(services);
		callback(Map.of(QqAuthorizationRequest.REMEMBER_ME, "true"));
		run();
		assertThat(this.response.getCookie("remember-me")).isNotNull();
	}

	@Test
	void callbackWhenRememberMeStandsInTheAddressOnlyThenNoCookie() throws Exception {
		this.fixture.bound("alice");
		this.settings = (filter) -> filter
			.setRememberMeServices(new TokenBasedRememberMeServices("key", LoginFixture::user));
		callback();
		this.request.setParameter("remember-me", "true");
		run();
		assertThat(this.response.getCookie("remember-me")).isNull();
	}

	@Test
	void callbackWhenNotBoundThenBindingRequiredAndNothingIsAuthenticated() throws Exception {
		SecurityContext before = this.fixture.contexts.getContext();
		callback();
		run();
		assertThat(this.effects).isEmpty();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/bind");
		assertThat(this.fixture.contexts.getContext()).isSameAs(before);
		assertThat(before.getAuthentication()).isNull();
		assertThat(this.fixture.pendingBindings.load(this.request)).isNotNull();
		assertThat(this.fixture.rows()).isEmpty();
		assertThat(this.rest.getRequest()).isNull();
	}

	@Test
	void callbackWhenNotBoundAndUserIsSignedInThenConfirmationAndContextStays() throws Exception {
		SecurityContext before = this.fixture.signIn(LoginFixture.password("alice"));
		callback();
		run();
		assertThat(this.effects).isEmpty();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/account/qq");
		assertThat(this.fixture.contexts.getContext()).isSameAs(before);
		assertThat(this.fixture.outcomes).containsExactly("confirmation-required");
	}

	@Test
	void callbackWhenBoundToTheSignedInUserThenContextStays() throws Exception {
		this.fixture.bound("alice");
		SecurityContext before = this.fixture.signIn(LoginFixture.password("alice"));
		callback(Map.of(QqAuthorizationRequest.NEXT, "/orders"));
		run();
		assertThat(this.effects).isEmpty();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/orders");
		assertThat(this.fixture.contexts.getContext()).isSameAs(before);
		assertThat(this.fixture.outcomes).containsExactly("same-account");
	}

	@Test
	void callbackWhenBoundToAnotherAccountThenErrorPageAndContextStays() throws Exception {
		this.fixture.bound("bob");
		SecurityContext before = this.fixture.signIn(LoginFixture.password("alice"));
		callback();
		run();
		assertThat(this.effects).isEmpty();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/error");
		assertThat(this.fixture.contexts.getContext()).isSameAs(before);
		assertThat(this.fixture.outcomes).containsExactly("other-account");
	}

	@Test
	void callbackWhenAccountIsLockedThenFailureHandlerAndNothingElse() throws Exception {
		this.fixture.users.put("alice",
				User.withUsername("alice").password("x").roles("USER").accountLocked(true).build());
		this.fixture.bound("alice");
		callback();
		run();
		assertThat(this.effects).containsExactly("event failure LockedException", "failure LockedException");
		assertThat(failure()).isInstanceOf(LockedException.class);
		assertThat(this.attempted).singleElement().satisfies((attempt) -> {
			assertThat(attempt.getPrincipal()).isEqualTo("alice");
			assertThat(attempt.isAuthenticated()).isFalse();
			assertThat(attempt.getDetails()).isEqualTo("the details");
		});
		assertThat(this.fixture.contexts.getContext().getAuthentication()).isNull();
	}

	@Test
	@Tag("T-02")
	void callbackWhenStateIsUnknownThenFailsWithoutAskingQqOrPublishing() throws Exception {
		this.fixture.bound("alice");
		this.request.setParameter("state", "OTHER");
		this.request.setParameter("code", "CODE");
		run();
		assertThat(this.effects).containsExactly("failure authorization_request_not_found");
		assertThat(this.asked).isEmpty();
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void callbackWhenStateIsUnknownThenTheStoredRequestStays() throws Exception {
		callback();
		this.request.setParameter("state", "OTHER");
		run();
		assertThat(this.asked).isEmpty();
		assertThat(this.fixture.requests.take("STATE", this.request, this.response)).isNotNull();
	}

	@Test
	void callbackWhenStateIsMissingThenFails() throws Exception {
		this.request.setParameter("code", "CODE");
		run();
		assertThat(this.effects).containsExactly("failure authorization_request_not_found");
	}

	@Test
	void callbackWhenVisitorCancelledThenFailureIsPublishedAndRequestIsUsedUp() throws Exception {
		callback();
		this.request.setParameter("usercancel", "1");
		run();
		assertThat(this.effects).containsExactly("event failure access_denied", "failure access_denied");
		assertThat(this.asked).isEmpty();
		assertThat(this.attempted).singleElement().satisfies((attempt) -> {
			assertThat(attempt.getPrincipal()).isEqualTo("");
			assertThat(attempt.getDetails()).isEqualTo("the details");
		});
		assertThat(this.fixture.requests.take("STATE", this.request, this.response)).isNull();
	}

	@Test
	void callbackWhenItFailsAndUserIsSignedInThenNotPublishedAndContextStays() throws Exception {
		SecurityContext before = this.fixture.signIn(LoginFixture.password("alice"));
		callback();
		this.request.setParameter("error", "access_denied");
		run();
		assertThat(this.effects).containsExactly("failure access_denied");
		assertThat(this.fixture.contexts.getContext()).isSameAs(before);
	}

	@Test
	@Tag("T-02")
	void callbackWhenItsStateEndedInThisSessionThenAnsweredWithoutAskingQq() throws Exception {
		this.fixture.signIn(LoginFixture.password("alice"));
		session();
		this.fixture.ended.add(this.request, "STATE", EndedLogins.End.SAME_ACCOUNT, "/orders");
		this.request.setParameter("state", "STATE");
		this.request.setParameter("code", "CODE");
		run();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/orders");
		assertThat(this.asked).isEmpty();
		assertThat(this.effects).isEmpty();
	}

	@Test
	void callbackWhenStoredThenAnEarlierEndOfItsStateDoesNotCount() throws Exception {
		this.fixture.bound("alice");
		session();
		this.fixture.ended.add(this.request, "STATE", EndedLogins.End.BINDING_REQUIRED, "");
		this.fixture.pending(this.request, null, false);
		callback();
		run();
		assertThat(this.asked).hasSize(1);
		assertThat(this.effects).contains("success alice");
	}

	@Test
	void callbackWhenIdentityIsNotAuthenticatedThenThatFailure() throws Exception {
		this.identityFailure = new BadCredentialsException("no identity");
		callback();
		run();
		assertThat(this.effects).containsExactly("event failure BadCredentialsException",
				"failure BadCredentialsException");
		assertThat(failure()).isSameAs(this.identityFailure);
	}

	@Test
	void callbackWhenDatabaseFailsThenServerError() throws Exception {
		DataAccessResourceFailureException cause = new DataAccessResourceFailureException("down");
		this.fixture.store.failWith(cause);
		callback();
		run();
		assertThat(this.effects).containsExactly("event failure server_error", "failure server_error");
		assertThat(failure()).hasMessage("The database failed during a QQ login").hasCause(cause);
	}

	@Test
	void callbackWhenABeanThrowsThenServerError() throws Exception {
		this.identityFailure = new IllegalStateException("bean");
		callback();
		run();
		assertThat(this.effects).containsExactly("event failure server_error", "failure server_error");
		assertThat(failure()).hasMessage("A QQ login failed in the application").hasCause(this.identityFailure);
	}

	@Test
	void callbackWhenRequestRepositoryThrowsThenServerErrorIsNotPublished() throws Exception {
		this.requests = new FailingRequests();
		this.request.setParameter("state", "STATE");
		this.request.setParameter("code", "CODE");
		run();
		assertThat(this.effects).containsExactly("failure server_error");
	}

	@Test
	void callbackWhenDetailsSourceThrowsThenServerError() throws Exception {
		this.settings = (filter) -> filter.setAuthenticationDetailsSource((request) -> {
			throw new IllegalStateException("details");
		});
		callback();
		run();
		assertThat(this.effects).containsExactly("event failure server_error", "failure server_error");
		assertThat(this.asked).isEmpty();
	}

	@Test
	void callbackWhenListenerOfSuccessRefusesThenThatFailureAndNotSignedIn() throws Exception {
		this.fixture.bound("alice");
		this.successListenerFailure = new DisabledException("listener");
		callback();
		run();
		assertThat(this.effects).containsExactly("event success alice", "event failure DisabledException",
				"failure DisabledException");
		assertThat(this.fixture.contexts.getContext().getAuthentication()).isNull();
	}

	@Test
	void callbackWhenListenerOfFailureThrowsThenItsFailureIsHandled() throws Exception {
		this.failureListenerFailure = new IllegalStateException("listener");
		callback();
		this.request.setParameter("error", "access_denied");
		run();
		assertThat(this.effects).containsExactly("event failure access_denied", "failure server_error");
		assertThat(failure()).hasCause(this.failureListenerFailure);
	}

	@Test
	void callbackWhenSessionLimitIsReachedThenContextAndRememberMeStay() throws Exception {
		this.fixture.bound("alice");
		Authentication remembered = LoginFixture.remembered("alice");
		SecurityContext before = this.fixture.signIn(remembered);
		this.sessionFailure = new SessionAuthenticationException("too many");
		callback();
		run();
		assertThat(this.effects).containsExactly("event success alice", "session alice",
				"failure SessionAuthenticationException");
		assertThat(this.fixture.contexts.getContext()).isSameAs(before);
		assertThat(before.getAuthentication()).isSameAs(remembered);
	}

	@Test
	void callbackWhenSessionStrategyThrowsThenServerErrorIsPublished() throws Exception {
		this.fixture.bound("alice");
		this.sessionFailure = new IllegalStateException("session");
		callback();
		run();
		assertThat(this.effects).containsExactly("event success alice", "session alice", "event failure server_error",
				"failure server_error");
	}

	@Test
	void callbackWhenSuccessHandlerThrowsThenLoginIsUndone() throws Exception {
		this.fixture.bound("alice");
		IllegalStateException cause = new IllegalStateException("handler");
		this.success = (request, response, authentication) -> {
			throw cause;
		};
		SecurityContext before = this.fixture.contexts.getContext();
		callback();
		run();
		assertThat(this.effects).containsExactly("event success alice", "session alice", "save alice",
				"remember success alice", "success alice", "save none", "failure server_error");
		assertThat(failure()).hasCause(cause);
		assertThat(this.fixture.contexts.getContext()).isSameAs(before);
		assertThat(this.fixture.contexts.getContext().getAuthentication()).isNull();
	}

	@Test
	void callbackWhenSuccessHandlerThrowsServletExceptionThenLoginIsUndone() throws Exception {
		this.fixture.bound("alice");
		this.success = (request, response, authentication) -> {
			throw new ServletException("handler");
		};
		callback();
		run();
		assertThat(this.effects).endsWith("success alice", "save none", "failure server_error");
	}

	@Test
	void callbackWhenSuccessHandlerRefusesThenRememberedUserIsBack() throws Exception {
		this.fixture.bound("alice");
		SecurityContext before = this.fixture.signIn(LoginFixture.remembered("alice"));
		this.success = (request, response, authentication) -> {
			throw new DisabledException("handler");
		};
		callback();
		run();
		assertThat(this.effects).endsWith("success alice", "save alice", "failure DisabledException");
		assertThat(this.fixture.contexts.getContext()).isSameAs(before);
	}

	@Test
	void callbackWhenLoginIsUndoneAndRememberMeWasWantedThenCookieIsCancelled() throws Exception {
		this.fixture.bound("alice");
		this.success = (request, response, authentication) -> {
			throw new IllegalStateException("handler");
		};
		callback(Map.of(QqAuthorizationRequest.REMEMBER_ME, "true"));
		run();
		assertThat(this.effects).endsWith("success alice", "save none", "remember fail", "failure server_error");
	}

	@Test
	void callbackWhenContextCannotBeSavedBackThenSessionIsReplaced() throws Exception {
		this.fixture.bound("alice");
		callback();
		MockHttpSession session = session();
		this.success = (request, response, authentication) -> {
			this.contextFailure = new IllegalStateException("repository");
			throw new IllegalStateException("handler");
		};
		run();
		assertThat(this.effects).endsWith("success alice", "save none", "failure server_error");
		assertThat(session.isInvalid()).isTrue();
		assertThat(this.request.getSession(false)).isNotNull().isNotSameAs(session);
		assertThat(this.fixture.contexts.getContext().getAuthentication()).isNull();
	}

	@Test
	void callbackWhenContextCannotBeSavedBackAndThereIsNoSessionThenMakesNone() throws Exception {
		this.fixture.bound("alice");
		this.success = (request, response, authentication) -> {
			Objects.requireNonNull(request.getSession(false)).invalidate();
			this.contextFailure = new IllegalStateException("repository");
			throw new IllegalStateException("handler");
		};
		callback();
		run();
		assertThat(this.effects).endsWith("success alice", "save none", "failure server_error");
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void callbackWhenFailureHandlerThrowsThenItIsAskedOnce() {
		IllegalStateException expected = new IllegalStateException("handler");
		this.failure = (request, response, exception) -> {
			throw expected;
		};
		callback();
		this.request.setParameter("error", "access_denied");
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::run).isSameAs(expected);
		assertThat(this.effects).containsExactly("event failure access_denied", "failure access_denied");
	}

	@Test
	void callbackWhenSuccessHandlerThrowsAfterTheResponseThenRethrown() {
		this.fixture.bound("alice");
		this.success = (request, response, authentication) -> {
			response.flushBuffer();
			throw new IllegalStateException("handler");
		};
		callback();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(this::run).withMessage("handler");
		assertThat(this.effects).endsWith("success alice");
	}

	@Test
	void callbackWhenClientIsGoneThenRethrown() {
		this.fixture.bound("alice");
		this.success = (request, response, authentication) -> {
			throw new IOException("broken pipe");
		};
		callback();
		assertThatExceptionOfType(IOException.class).isThrownBy(this::run).withMessage("broken pipe");
		assertThat(this.effects).endsWith("success alice");
	}

	@Test
	void callbackWhenResponseIsSentThenSpringSessionWritesNoMore() throws Exception {
		callback();
		this.request.setAttribute(SPRING_SESSION, "session");
		run();
		assertThat(this.response.getRedirectedUrl()).isNotNull();
		assertThat(this.request.getAttribute(SPRING_SESSION)).isNull();
	}

	@Test
	void callbackWhenResponseIsNotSentThenSpringSessionStillWrites() throws Exception {
		callback();
		this.request.setParameter("error", "access_denied");
		this.request.setAttribute(SPRING_SESSION, "session");
		run();
		assertThat(this.effects).contains("failure access_denied");
		assertThat(this.request.getAttribute(SPRING_SESSION)).isEqualTo("session");
	}

	@Test
	void callbackWhenSessionCannotBeReadThenItCountsAsAbsent() throws Exception {
		this.request = new MockHttpServletRequest("GET", "/login/oauth2/code/qq") {

			@Override
			public @Nullable HttpSession getSession(boolean create) {
				throw new IllegalStateException("its id has changed");
			}

		};
		this.fixture.signIn(LoginFixture.password("alice"));
		this.request.setParameter("state", "STATE");
		this.request.setParameter("code", "CODE");
		List<Boolean> sessions = new ArrayList<>();
		this.failure = (request, response, exception) -> sessions.add(request.getSession(false) != null);
		run();
		assertThat(this.effects).containsExactly("failure authorization_request_not_found");
		assertThat(sessions).containsExactly(false);
		assertThat(this.fixture.contexts.getContext().getAuthentication()).isNull();
	}

	@Test
	void callbackWhenFactorsAreMergedThenSignedInUserGainsTheFactor() throws Exception {
		this.fixture.bound("alice");
		this.fixture.signIn(LoginFixture.password("alice"));
		this.settings = (filter) -> filter.setMfaEnabled(true);
		callback();
		run();
		assertThat(this.effects).contains("save alice", "success alice");
		assertThat(names(signedIn().getAuthorities())).contains("ROLE_USER", FACTOR);
	}

	@Test
	void callbackWhenFactorsAreMergedAndAccountComesFromTheTicketThenContextStays() throws Exception {
		this.fixture = LoginFixture.stateless();
		this.fixture.bound("alice");
		SecurityContext before = this.fixture.contexts.getContext();
		this.settings = (filter) -> filter.setMfaEnabled(true);
		callback(Map.of(QqAuthorizationRequest.ACCOUNT, "alice"));
		run();
		assertThat(this.effects).isEmpty();
		assertThat(this.fixture.outcomes).containsExactly("same-account");
		assertThat(this.fixture.contexts.getContext()).isSameAs(before);
		assertThat(before.getAuthentication()).isNull();
	}

	@Test
	void callbackWhenTicketNamesAnotherAccountThenNotSignedIn() throws Exception {
		this.fixture = LoginFixture.stateless();
		this.fixture.bound("bob");
		callback(Map.of(QqAuthorizationRequest.ACCOUNT, "alice"));
		run();
		assertThat(this.effects).isEmpty();
		assertThat(this.fixture.outcomes).containsExactly("other-account");
		assertThat(this.fixture.contexts.getContext().getAuthentication()).isNull();
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void callbackWhenItFailsAndTicketNamesAnAccountThenNotPublished() throws Exception {
		this.fixture = LoginFixture.stateless();
		callback(Map.of(QqAuthorizationRequest.ACCOUNT, "alice"));
		this.request.setParameter("error", "access_denied");
		run();
		assertThat(this.effects).containsExactly("failure access_denied");
	}

	/**
	 * Records what is published.
	 */
	private final class Events implements AuthenticationEventPublisher {

		@Override
		public void publishAuthenticationSuccess(Authentication authentication) {
			QqLoginAuthenticationFilterTests.this.effects.add("event success " + authentication.getName());
			throwIfSet(QqLoginAuthenticationFilterTests.this.successListenerFailure);
		}

		@Override
		public void publishAuthenticationFailure(AuthenticationException exception, Authentication authentication) {
			QqLoginAuthenticationFilterTests.this.effects.add("event failure " + name(exception));
			QqLoginAuthenticationFilterTests.this.attempted.add(authentication);
			throwIfSet(QqLoginAuthenticationFilterTests.this.failureListenerFailure);
		}

	}

	/**
	 * Records what is saved.
	 */
	private final class Contexts extends HttpSessionSecurityContextRepository {

		@Override
		public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
			Authentication authentication = context.getAuthentication();
			QqLoginAuthenticationFilterTests.this.effects
				.add("save " + ((authentication != null) ? authentication.getName() : "none"));
			throwIfSet(QqLoginAuthenticationFilterTests.this.contextFailure);
		}

	}

	/**
	 * Records what is remembered, with the parameters of the request.
	 */
	private final class RememberMe implements RememberMeServices {

		@Override
		public @Nullable Authentication autoLogin(HttpServletRequest request, HttpServletResponse response) {
			return null;
		}

		@Override
		public void loginFail(HttpServletRequest request, HttpServletResponse response) {
			QqLoginAuthenticationFilterTests.this.effects.add("remember fail");
		}

		@Override
		public void loginSuccess(HttpServletRequest request, HttpServletResponse response,
				Authentication authentication) {
			StringBuilder effect = new StringBuilder("remember success " + authentication.getName());
			request.getParameterMap()
				.forEach((name, values) -> effect.append(' ').append(name).append('=').append(values[0]));
			QqLoginAuthenticationFilterTests.this.effects.add(effect.toString());
		}

	}

	/**
	 * An application's repository whose database is down.
	 */
	private static final class FailingRequests implements AuthorizationRequestStore {

		@Override
		public void save(OAuth2AuthorizationRequest authorization, HttpServletRequest request,
				HttpServletResponse response) {
			throw new IllegalStateException("repository");
		}

		@Override
		public @Nullable OAuth2AuthorizationRequest take(String state, HttpServletRequest request,
				HttpServletResponse response) {
			throw new IllegalStateException("repository");
		}

	}

	/**
	 * A user object that is both.
	 */
	private static final class OAuth2Account implements UserDetails, OAuth2User {

		private static final long serialVersionUID = 1L;

		@Override
		public Map<String, Object> getAttributes() {
			return Map.of();
		}

		@Override
		public Collection<? extends GrantedAuthority> getAuthorities() {
			return AuthorityUtils.createAuthorityList("ROLE_USER");
		}

		@Override
		public String getPassword() {
			return "";
		}

		@Override
		public String getUsername() {
			return "alice";
		}

		@Override
		public String getName() {
			return "alice";
		}

	}

}
