package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.context.support.StaticMessageSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.RememberMeAuthenticationToken;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.FilterChainProxy;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.transaction.support.TransactionOperations;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.account.QqTokenIssuer;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * The parts of the QQ login in one filter chain, with the accounts alice and bob and with
 * bindings in memory.
 */
final class LoginFixture {

	static final Instant NOW = Instant.parse("2026-11-21T08:09:10Z");

	static final QqIdentity IDENTITY = new QqIdentity("101", "AAAA", null);

	static final QqIdentity OTHER_IDENTITY = new QqIdentity("101", "BBBB", null);

	static final QqProfile PROFILE = QqProfile.of(Map.of("nickname", "小明"));

	static final ClientRegistration REGISTRATION = ClientRegistration.withRegistrationId("qq")
		.clientId("101")
		.clientSecret("key")
		.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
		.redirectUri("http://localhost/login/oauth2/code/qq")
		.authorizationUri("https://graph.qq.com/oauth2.0/authorize")
		.tokenUri("https://graph.qq.com/oauth2.0/token")
		.build();

	private static final String TICKET_KEY = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";

	final Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);

	final InMemoryBindingStore store = new InMemoryBindingStore();

	final Map<String, UserDetails> users = new HashMap<>(Map.of("alice", user("alice"), "bob", user("bob")));

	/** Published events, as kind, account and reason. */
	final List<String> events = new ArrayList<>();

	final List<String> outcomes = new ArrayList<>();

	final ContextHolder contexts = new ContextHolder();

	final QqAccountBindings bindings = new QqAccountBindings(this.store, "101", this.clock,
			TransactionOperations.withoutTransaction(), this::publish);

	final BoundAccounts accounts = new BoundAccounts(this.bindings, this.users::get);

	final CurrentAuthentication currentAuthentication;

	final AuthorizationRequestStore requests;

	final LoginChain chain;

	final PendingBindingRepository pendingBindings;

	final EndedLogins ended;

	final LoginErrorRepository errors;

	final BindingDecision decision;

	final ApiModels models;

	final LoginPages pages;

	final LoginResponses responses;

	final PasswordFailure passwordFailure = new PasswordFailure(this.accounts,
			PasswordEncoderFactories.createDelegatingPasswordEncoder());

	/** Whether the application's rules admit accounts to the account page. */
	boolean mayConfirm = true;

	/** Maps JSON responses, if at all. */
	@Nullable QqJsonResponseMapper mapper;

	/** The error that the next event's listener throws. */
	@Nullable RuntimeException listenerFailure;

	LoginFixture() {
		this(false, null, null);
	}

	/**
	 * Creates the parts.
	 * @param stateless whether the chain has no sessions
	 * @param own the failure handler that the application has set, if any
	 * @param tokens issues tokens to front ends, if at all
	 */
	LoginFixture(boolean stateless, @Nullable AuthenticationFailureHandler own, @Nullable QqTokenIssuer tokens) {
		LoginStores stores = new LoginStores(this.accounts, TICKET_KEY, Duration.ofMinutes(5), this.clock,
				new LoginTokens(() -> null));
		this.currentAuthentication = new CurrentAuthentication(this.contexts, stateless);
		this.requests = stores.authorizationRequests(stateless, null);
		this.chain = new LoginChain(
				new AuthorizationStart("/oauth2/authorization",
						new QqAuthorizationRequestResolver(new DefaultOAuth2AuthorizationRequestResolver(
								new InMemoryClientRegistrationRepository(REGISTRATION))),
						this.requests),
				new SavedPages(new HttpSessionRequestCache()), "/login", stateless, null, own);
		this.pendingBindings = stores.pendingBindings(stateless);
		this.ended = new EndedLogins(this.clock, stateless);
		this.errors = stores.errors(stateless);
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("chains", new FilterChainProxy(new DefaultSecurityFilterChain((request) -> true,
				new AuthorizationFilter((account, request) -> new AuthorizationDecision(this.mayConfirm)))));
		this.decision = new BindingDecision(stateless, this.currentAuthentication, this.bindings, this.accounts,
				new AccountPageAccess(beans.getBeanProvider(FilterChainProxy.class)), this.outcomes::add);
		LoginMessages messages = new LoginMessages(new StaticMessageSource(), (request) -> Locale.ENGLISH);
		this.models = new ApiModels(this.bindings, this.decision, this.pendingBindings, null, () -> tokens, messages,
				this.clock);
		PageLayout layout = new PageLayout(null);
		this.pages = new LoginPages(this.chain, LoginPaths.BIND_PAGE, new BindPage(layout, messages, this.chain, null),
				new AccountPage(this.bindings, layout, messages, this.clock),
				new ErrorPage(layout, messages, this.chain), this.errors);
		this.responses = new LoginResponses(this.pages, this.models, new JsonResponseWriter(() -> this.mapper),
				this.pendingBindings);
	}

	/**
	 * Creates the check of the signed-in user's password.
	 */
	AccountPassword password(AuthenticationManager manager) {
		return new AccountPassword(manager, this.passwordFailure, this.chain.isStateless(), Duration.ofMinutes(5),
				this.clock);
	}

	static LoginFixture stateless() {
		return new LoginFixture(true, null, null);
	}

	static LoginFixture withFailureHandler(AuthenticationFailureHandler own) {
		return new LoginFixture(false, own, null);
	}

	private void publish(Object published) {
		if (this.listenerFailure != null) {
			throw this.listenerFailure;
		}
		QqAccountEvent event = (QqAccountEvent) published;
		this.events.add(event.kind() + " " + event.account() + ((event.reason() != null) ? " " + event.reason() : ""));
	}

	static UserDetails user(String name) {
		return User.withUsername(name).password("{noop}" + name + "-password").roles("USER").build();
	}

	UserDetails account(String name) {
		return Objects.requireNonNull(this.users.get(name));
	}

	/**
	 * Adds a binding of {@link #IDENTITY}.
	 */
	void bound(String account) {
		bound(IDENTITY, account, false);
	}

	/**
	 * Adds a binding of {@link #IDENTITY} that automatic registration made.
	 */
	void registered(String account) {
		bound(IDENTITY, account, true);
	}

	void bound(QqIdentity identity, String account, boolean registered) {
		this.store.insert(new QqAccountBinding("101", identity.openid(), account, null, "小明", null, null, NOW,
				registered, NOW, NOW));
	}

	/**
	 * Returns the bindings, as openid and account.
	 */
	List<String> rows() {
		return this.store.rows().stream().map((row) -> row.openid() + " " + row.account()).toList();
	}

	static Authentication password(String account) {
		return UsernamePasswordAuthenticationToken.authenticated(user(account), null,
				AuthorityUtils.createAuthorityList("ROLE_USER"));
	}

	static Authentication remembered(String account) {
		return new RememberMeAuthenticationToken("key", user(account), AuthorityUtils.createAuthorityList("ROLE_USER"));
	}

	/**
	 * Signs a user in, for this thread.
	 */
	SecurityContext signIn(Authentication account) {
		SecurityContext context = new SecurityContextImpl(account);
		this.contexts.setContext(context);
		return context;
	}

	/**
	 * Signs a user in, for this thread and in the session.
	 */
	Authentication signIn(HttpServletRequest request, String account) {
		Authentication authentication = password(account);
		request.getSession()
			.setAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY, signIn(authentication));
		return authentication;
	}

	static MockHttpServletRequest get(String path) {
		return new MockHttpServletRequest("GET", path);
	}

	static MockHttpServletRequest post(String path) {
		return new MockHttpServletRequest("POST", path);
	}

	static MockHttpServletRequest json(MockHttpServletRequest request) {
		request.addHeader("Accept", "application/json");
		return request;
	}

	/**
	 * Saves a pending binding of {@link #IDENTITY}.
	 * @param afterAccount whether a user was signed in when the identity was
	 * authenticated
	 */
	PendingBinding pending(HttpServletRequest request, @Nullable String target, boolean afterAccount) {
		PendingBinding pending = this.pendingBindings.create(IDENTITY, PROFILE, target, afterAccount);
		this.pendingBindings.save(request, new MockHttpServletResponse(), pending);
		return pending;
	}

	static OAuth2AuthorizationRequest authorizationRequest(String state, Map<String, Object> attributes) {
		Map<String, Object> all = new HashMap<>(attributes);
		all.put("registration_id", "qq");
		return OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://graph.qq.com/oauth2.0/authorize")
			.clientId("101")
			.redirectUri("http://localhost/login/oauth2/code/qq")
			.state(state)
			.attributes((values) -> values.putAll(all))
			.build();
	}

	/**
	 * Returns the request's session with that id, as a browser that has its cookie.
	 */
	static MockHttpSession session(MockHttpServletRequest request) {
		MockHttpSession session = (MockHttpSession) Objects.requireNonNull(request.getSession());
		request.setRequestedSessionId(session.getId());
		return session;
	}

	/**
	 * Holds the security context of one test.
	 */
	static final class ContextHolder implements SecurityContextHolderStrategy {

		private SecurityContext context = new SecurityContextImpl();

		@Override
		public void clearContext() {
			this.context = createEmptyContext();
		}

		@Override
		public SecurityContext getContext() {
			return this.context;
		}

		@Override
		public void setContext(SecurityContext context) {
			this.context = context;
		}

		@Override
		public SecurityContext createEmptyContext() {
			return new SecurityContextImpl();
		}

	}

}
