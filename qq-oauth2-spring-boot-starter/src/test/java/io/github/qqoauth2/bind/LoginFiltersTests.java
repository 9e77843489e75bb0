package io.github.qqoauth2.bind;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.micrometer.observation.ObservationRegistry;
import jakarta.servlet.Filter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.AuthenticationEventPublisher;
import org.springframework.security.authentication.DefaultAuthenticationEventPublisher;
import org.springframework.security.authentication.ObservationAuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.RememberMeServices;
import org.springframework.security.web.authentication.rememberme.TokenBasedRememberMeServices;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.web.context.support.GenericWebApplicationContext;

import io.github.qqoauth2.account.QqAccountRegistrar;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The filters in a chain that Spring Security has built.
 */
class LoginFiltersTests {

	private static final QqAccountRegistrar REGISTRAR = (registration) -> LoginFixture.user(registration.username());

	private final List<FilterChainFixture> opened = new ArrayList<>();

	@AfterEach
	void close() {
		this.opened.forEach(FilterChainFixture::close);
	}

	private static void oauth2Login(HttpSecurity http) {
		http.oauth2Login(Customizer.withDefaults());
	}

	private FilterChainFixture open(String bindPage, Consumer<GenericWebApplicationContext> beans) {
		FilterChainFixture fixture = new FilterChainFixture(FilterChainFixture.settings(bindPage, null), beans);
		this.opened.add(fixture);
		return fixture;
	}

	private FilterChainFixture build(Consumer<HttpSecurity> customizer) {
		return open(LoginPaths.BIND_PAGE, (context) -> {
		}).build(customizer);
	}

	private static @Nullable Object field(Object target, String name) {
		return ReflectionTestUtils.getField(target, name);
	}

	private static Object part(Object target, String name) {
		return Objects.requireNonNull(field(target, name));
	}

	@Test
	void addToWhenSiteHasNoBindPageThenFiltersStandBeforeCsrfAndLoginAndBehindAuthorization() {
		FilterChainFixture chain = open(LoginPaths.BIND_PAGE,
				(context) -> context.registerBean(QqAccountRegistrar.class, () -> REGISTRAR))
			.build((http) -> {
				oauth2Login(http);
				http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			});
		assertThat(chain.names()).containsSubsequence("StaticFilesFilter", "PrefetchFilter",
				"UnreadableParametersFilter", "ApiRequestFilter", "PendingBindingRequiredFilter", "CsrfFilter",
				"OAuth2AuthorizationRequestRedirectFilter", "LoginPagesFilter", "BindAuthenticationFilter",
				"RegisterAuthenticationFilter", "QqLoginAuthenticationFilter", "OAuth2LoginAuthenticationFilter",
				"ExceptionTranslationFilter", "AuthorizationFilter", "AccountPageFilter");
		assertThat(chain.qqNames()).doesNotHaveDuplicates().hasSize(10);
	}

	@Test
	void addToWhenThereIsNoRegistrarThenNoRegisterFilter() {
		assertThat(build(LoginFiltersTests::oauth2Login).qqNames()).containsExactly("StaticFilesFilter",
				"PrefetchFilter", "UnreadableParametersFilter", "ApiRequestFilter", "PendingBindingRequiredFilter",
				"LoginPagesFilter", "BindAuthenticationFilter", "QqLoginAuthenticationFilter", "AccountPageFilter");
	}

	@Test
	void addToWhenVisitorsBindAtTheLoginPageThenNoFormFilters() {
		Consumer<GenericWebApplicationContext> registrar = (context) -> context.registerBean(QqAccountRegistrar.class,
				() -> REGISTRAR);
		assertThat(open("/signin", registrar).build((http) -> http.oauth2Login((login) -> login.loginPage("/signin")))
			.qqNames()).containsExactly("StaticFilesFilter", "PrefetchFilter", "UnreadableParametersFilter",
					"ApiRequestFilter", "LoginPagesFilter", "QqLoginAuthenticationFilter", "AccountPageFilter");
	}

	@Test
	void addToWhenBindPageIsAnotherPageOfTheSiteThenFormFilters() {
		assertThat(open("/bind", (context) -> {
		}).build((http) -> http.oauth2Login((login) -> login.loginPage("/signin"))).qqNames())
			.contains("PendingBindingRequiredFilter", "BindAuthenticationFilter");
	}

	@Test
	void loginFiltersWhenAddedThenTheyHaveTheSettingsOfTheChainsLoginFilter() {
		HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();
		RememberMeServices rememberMe = new TokenBasedRememberMeServices("key", LoginFixture::user);
		FilterChainFixture chain = open(LoginPaths.BIND_PAGE,
				(context) -> context.registerBean(QqAccountRegistrar.class, () -> REGISTRAR))
			.build((http) -> {
				oauth2Login(http);
				http.securityContext((context) -> context.securityContextRepository(contexts));
				http.rememberMe((remember) -> remember.rememberMeServices(rememberMe).key("key"));
				http.sessionManagement((sessions) -> sessions.maximumSessions(1));
			});
		OAuth2LoginAuthenticationFilter finished = chain.filter(OAuth2LoginAuthenticationFilter.class);
		for (Class<? extends Filter> type : List.of(QqLoginAuthenticationFilter.class, BindAuthenticationFilter.class,
				RegisterAuthenticationFilter.class)) {
			Filter filter = chain.filter(type);
			assertThat(field(filter, "rememberMeServices")).isSameAs(rememberMe);
			assertThat(field(filter, "securityContextRepository")).isSameAs(contexts);
			for (String name : List.of("sessionStrategy", "authenticationManager", "authenticationDetailsSource",
					"securityContextHolderStrategy", "eventPublisher")) {
				assertThat(field(filter, name)).as(name).isNotNull().isSameAs(field(finished, name));
			}
			assertThat(field(filter, "requiresAuthenticationRequestMatcher"))
				.isNotSameAs(field(finished, "requiresAuthenticationRequestMatcher"));
		}
	}

	@Test
	void loginFiltersWhenAddedThenTheChainsSuccessHandlerIsWrapped() {
		AuthenticationSuccessHandler own = (request, response, authentication) -> {
		};
		FilterChainFixture chain = build((http) -> http.oauth2Login((login) -> login.successHandler(own)));
		for (Class<? extends Filter> type : List.of(QqLoginAuthenticationFilter.class,
				BindAuthenticationFilter.class)) {
			Object handler = part(chain.filter(type), "successHandler");
			assertThat(handler).isInstanceOf(QqAuthenticationSuccessHandler.class);
			assertThat(field(handler, "delegate")).isSameAs(own);
		}
		assertThat(field(chain.filter(OAuth2LoginAuthenticationFilter.class), "successHandler")).isSameAs(own);
	}

	@Test
	void loginFiltersWhenAddedThenSpringSecurityProcessesThem() {
		List<Object> processed = new ArrayList<>();
		FilterChainFixture chain = open(LoginPaths.BIND_PAGE,
				(context) -> context.getBeanFactory().addBeanPostProcessor(new BeanPostProcessor() {

					@Override
					public Object postProcessAfterInitialization(Object bean, String name) {
						if (bean instanceof AbstractAuthenticationProcessingFilter) {
							processed.add(bean);
						}
						return bean;
					}

				}))
			.build(LoginFiltersTests::oauth2Login);
		assertThat(processed).contains(chain.filter(QqLoginAuthenticationFilter.class),
				chain.filter(BindAuthenticationFilter.class), chain.filter(OAuth2LoginAuthenticationFilter.class));
	}

	@Test
	void callbackFilterWhenApplicationPublishesEventsItselfThenThatPublisher() {
		AuthenticationEventPublisher own = new NoEvents();
		FilterChainFixture chain = open(LoginPaths.BIND_PAGE,
				(context) -> context.registerBean(AuthenticationEventPublisher.class, () -> own))
			.build(LoginFiltersTests::oauth2Login);
		assertThat(field(part(chain.filter(QqLoginAuthenticationFilter.class), "accountAuthentication"), "events"))
			.isSameAs(own);
	}

	@Test
	void callbackFilterWhenApplicationSetsNothingThenDefaults() {
		FilterChainFixture chain = build(LoginFiltersTests::oauth2Login);
		QqLoginAuthenticationFilter filter = chain.filter(QqLoginAuthenticationFilter.class);
		assertThat(field(part(filter, "accountAuthentication"), "events"))
			.isInstanceOf(DefaultAuthenticationEventPublisher.class);
		assertThat(field(part(filter, "decision"), "automaticRegistration")).as("makes no accounts").isNull();
	}

	@Test
	void callbackFilterWhenAutoRegisterIsOnThenDecisionMakesAccounts() {
		FilterChainFixture fixture = new FilterChainFixture(new QqLogin.Settings(LoginPaths.BIND_PAGE,
				Duration.ofMinutes(5), Duration.ofDays(7), true, null, null, true),
				(context) -> context.registerBean(QqAccountRegistrar.class, () -> REGISTRAR));
		this.opened.add(fixture);
		QqLoginAuthenticationFilter filter = fixture.build(LoginFiltersTests::oauth2Login)
			.filter(QqLoginAuthenticationFilter.class);
		assertThat(field(part(filter, "decision"), "automaticRegistration")).isNotNull();
	}

	@Test
	void callbackFilterWhenManagersAreObservedThenItsManagerToo() {
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler((context) -> true);
		FilterChainFixture chain = open(LoginPaths.BIND_PAGE,
				(context) -> context.registerBean(ObservationRegistry.class, () -> observations))
			.build(LoginFiltersTests::oauth2Login);
		assertThat(identities(chain)).isInstanceOf(ObservationAuthenticationManager.class);
		assertThat(identities(build(LoginFiltersTests::oauth2Login))).isInstanceOf(ProviderManager.class);
	}

	private static Object identities(FilterChainFixture chain) {
		return part(part(chain.filter(QqLoginAuthenticationFilter.class), "identityAuthenticator"), "identities");
	}

	@Test
	void filtersWhenApplicationHoldsContextsItselfThenThatStrategy() throws Exception {
		LoginFixture.ContextHolder contexts = new LoginFixture.ContextHolder();
		FilterChainFixture chain = open(LoginPaths.BIND_PAGE,
				(context) -> context.registerBean(SecurityContextHolderStrategy.class, () -> contexts))
			.build(LoginFiltersTests::oauth2Login);
		Object current = part(chain.filter(QqLoginAuthenticationFilter.class), "currentAuthentication");
		assertThat(field(current, "contexts")).isSameAs(contexts);
	}

	@Test
	void callbackWhenAtTheChainsProcessingUrlThenOnlyThatOfQqIsServed() throws Exception {
		FilterChainFixture chain = build((http) -> http.oauth2Login((login) -> login.loginProcessingUrl("/cb/*")));
		assertThat(callback(chain, "/cb/qq").getRedirectedUrl()).isEqualTo("/login/qq/error");
		assertThat(callback(chain, "/cb/github").getRedirectedUrl()).isEqualTo("/login?error");
		assertThat(callback(chain, "/login/oauth2/code/other/qq").getStatus()).isEqualTo(404);
	}

	private static MockHttpServletResponse callback(FilterChainFixture chain, String path) throws Exception {
		MockHttpServletRequest request = LoginFixture.get(path);
		request.setParameter("state", "STATE");
		request.setParameter("code", "CODE");
		return chain.send(request);
	}

	@Test
	void requestWhenNoneOfTheFiltersServesItThenPassesThemAll() throws Exception {
		FilterChainFixture chain = build(LoginFiltersTests::oauth2Login);
		MockHttpServletRequest request = LoginFixture.get("/orders");
		assertThat(chain.send(request).getStatus()).isEqualTo(404);
		assertThat(request.getSession(false)).isNull();
	}

	@Test
	void requestWhenPrefetchThenTheStartIsRefused() throws Exception {
		FilterChainFixture chain = build(LoginFiltersTests::oauth2Login);
		MockHttpServletRequest request = LoginFixture.get("/oauth2/authorization/qq");
		request.addHeader("Sec-Purpose", "prefetch");
		assertThat(chain.send(request).getStatus()).isEqualTo(503);
	}

	@Test
	void formWhenNothingIsPendingThenAnsweredBeforeTheCsrfCheck() throws Exception {
		FilterChainFixture chain = build(LoginFiltersTests::oauth2Login);
		assertThat(chain.send(LoginFixture.post(LoginPaths.BIND_PAGE)).getStatus()).isEqualTo(410);
	}

	@Test
	void formWhenFailsThenItsOwnHandlerAnswersAndNotTheChains() throws Exception {
		List<AuthenticationException> failures = new ArrayList<>();
		FilterChainFixture chain = build((http) -> {
			http.oauth2Login((login) -> login.failureHandler((request, response, failure) -> failures.add(failure)));
			http.csrf((csrf) -> csrf.disable());
		});
		MockHttpServletRequest request = LoginFixture.post(LoginPaths.BIND_PAGE);
		PendingBinding pending = chain.parts().pending(request, null);
		request.setParameters(Map.of("binding", pending.id(), "username", "alice", "password", "guess"));
		assertThat(chain.send(request).getRedirectedUrl()).isEqualTo("/login/qq/bind");
		assertThat(failures).isEmpty();
		assertThat(Objects.requireNonNull(chain.parts().pendingBindings.load(request)).failures()).isOne();
	}

	/**
	 * Publishes nothing.
	 */
	private static final class NoEvents implements AuthenticationEventPublisher {

		@Override
		public void publishAuthenticationSuccess(Authentication authentication) {
		}

		@Override
		public void publishAuthenticationFailure(AuthenticationException exception, Authentication authentication) {
		}

	}

}
