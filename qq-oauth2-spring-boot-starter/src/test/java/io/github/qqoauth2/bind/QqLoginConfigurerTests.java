package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.DefaultSecurityFilterChain;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.GenericWebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The configurer applied by Spring Security, as in any application.
 */
class QqLoginConfigurerTests {

	private final List<FilterChainFixture> opened = new ArrayList<>();

	private final List<AuthenticationException> failures = new ArrayList<>();

	private static void oauth2Login(HttpSecurity http) {
		http.oauth2Login(Customizer.withDefaults());
	}

	private static void noBeans(GenericWebApplicationContext context) {
	}

	@AfterEach
	void close() {
		this.opened.forEach(FilterChainFixture::close);
	}

	private FilterChainFixture with(@Nullable String ticketKey, Consumer<GenericWebApplicationContext> beans) {
		return open(FilterChainFixture.settings(LoginPaths.BIND_PAGE, ticketKey), beans);
	}

	private FilterChainFixture open(QqLogin.@Nullable Settings settings, Consumer<GenericWebApplicationContext> beans) {
		FilterChainFixture fixture = new FilterChainFixture(settings, beans);
		this.opened.add(fixture);
		return fixture;
	}

	private FilterChainFixture chain() {
		return this.opened.get(0);
	}

	private FilterChainFixture build(Consumer<HttpSecurity> customizer) {
		return with(null, QqLoginConfigurerTests::noBeans).build(customizer);
	}

	private static MockHttpServletRequest unknownCallback() {
		MockHttpServletRequest request = LoginFixture.get("/login/oauth2/code/qq");
		request.setParameter("state", "STATE");
		request.setParameter("code", "CODE");
		return request;
	}

	@Test
	void configureWhenOauth2LoginThenJoins() {
		build(QqLoginConfigurerTests::oauth2Login);
		assertThat(chain().qqNames()).contains("QqLoginAuthenticationFilter");
		assertThat(chain().qqLogin().isHookedIn()).isTrue();
		assertThat(chain().qqLogin().isLackingTicketKey()).isFalse();
	}

	@Test
	void configureWhenQqLoginBeanIsMissingThenChainIsAsBefore() throws Exception {
		open(null, QqLoginConfigurerTests::noBeans).build(QqLoginConfigurerTests::oauth2Login);
		assertThat(chain().qqNames()).isEmpty();
		assertThat(chain().send(unknownCallback()).getRedirectedUrl()).isEqualTo("/login?error");
	}

	@Test
	void configureWhenChainHasNoOauth2LoginThenChainIsAsBefore() {
		build((http) -> http.formLogin(Customizer.withDefaults()));
		assertThat(chain().qqNames()).isEmpty();
		assertThat(chain().qqLogin().isHookedIn()).isFalse();
	}

	@Test
	void configureWhenRegistrationOfQqIsMissingThenChainIsAsBefore() {
		with(null, (context) -> FilterChainFixture.registrations(context, FilterChainFixture.GITHUB))
			.build(QqLoginConfigurerTests::oauth2Login);
		assertThat(chain().qqNames()).isEmpty();
		assertThat(chain().qqLogin().isHookedIn()).isFalse();
	}

	@Test
	void configureWhenAnotherConfigurerAddsOauth2LoginThenJoins() {
		build((http) -> http.with(new LateLogin(), Customizer.withDefaults()));
		assertThat(chain().qqNames()).contains("QqLoginAuthenticationFilter");
		assertThat(chain().qqLogin().isHookedIn()).isTrue();
	}

	@Test
	void configureWhenRegistrationsAreSetOnTheChainThenTheyCount() throws Exception {
		with(null, (context) -> FilterChainFixture.registrations(context, FilterChainFixture.GITHUB))
			.build((http) -> http.oauth2Login((login) -> login
				.clientRegistrationRepository(new InMemoryClientRegistrationRepository(LoginFixture.REGISTRATION))));
		assertThat(chain().qqLogin().isHookedIn()).isTrue();
		assertThat(chain().send(LoginFixture.get("/oauth2/authorization/qq")).getRedirectedUrl())
			.startsWith("https://graph.qq.com/oauth2.0/authorize?");
	}

	@Test
	void configureWhenOnlyOauth2ClientThenStartsHaveQqsFormAndThereAreNoFilters() throws Exception {
		build((http) -> http.oauth2Client(Customizer.withDefaults()));
		MockHttpServletRequest start = LoginFixture.get("/oauth2/authorization/qq");
		assertThat(chain().send(start).getRedirectedUrl()).startsWith("https://graph.qq.com/oauth2.0/authorize?")
			.doesNotContain("code_challenge");
		assertThat(Collections.list(LoginFixture.session(start).getAttributeNames())).singleElement()
			.asString()
			.startsWith(SessionAuthorizationRequestStore.PREFIX);
		assertThat(chain().qqNames()).isEmpty();
		assertThat(chain().qqLogin().isHookedIn()).isFalse();
	}

	@Test
	void configureWhenOnlyOauth2ClientAndStatelessThenTicket() throws Exception {
		with(FilterChainFixture.TICKET_KEY, QqLoginConfigurerTests::noBeans)
			.build((http) -> stateless(http).oauth2Client(Customizer.withDefaults()));
		MockHttpServletRequest start = LoginFixture.get("/oauth2/authorization/qq");
		assertThat(chain().send(start).getHeaders("Set-Cookie")).singleElement()
			.asString()
			.startsWith("qq-authorization=");
		assertThat(start.getSession(false)).isNull();
	}

	@Test
	void configureWhenOnlyOauth2ClientAndEitherStatelessOrAKeyThenSession() throws Exception {
		for (FilterChainFixture fixture : List.of(
				with(null, QqLoginConfigurerTests::noBeans)
					.build((http) -> stateless(http).oauth2Client(Customizer.withDefaults())),
				with(FilterChainFixture.TICKET_KEY, QqLoginConfigurerTests::noBeans)
					.build((http) -> http.oauth2Client(Customizer.withDefaults())))) {
			MockHttpServletRequest start = LoginFixture.get("/oauth2/authorization/qq");
			assertThat(fixture.send(start).getHeaders("Set-Cookie")).isEmpty();
			assertThat(start.getSession(false)).isNotNull();
		}
	}

	@Test
	void configureWhenThereAreNoRegistrationsThenOtherChainsAreBuilt() {
		with(null, (context) -> context.removeBeanDefinition("registrations"))
			.build((http) -> http.formLogin(Customizer.withDefaults()));
		assertThat(chain().qqNames()).isEmpty();
	}

	private static HttpSecurity stateless(HttpSecurity http) {
		return http.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
	}

	@Test
	void configureWhenStatelessThenTickets() throws Exception {
		with(FilterChainFixture.TICKET_KEY, QqLoginConfigurerTests::noBeans)
			.build((http) -> oauth2Login(stateless(http)));
		MockHttpServletRequest start = LoginFixture.get("/oauth2/authorization/qq");
		assertThat(chain().send(start).getHeaders("Set-Cookie")).singleElement()
			.asString()
			.startsWith("qq-authorization=");
		assertThat(start.getSession(false)).isNull();
		assertThat(chain().qqLogin().isLackingTicketKey()).isFalse();
	}

	@Test
	void configureWhenStatelessWithoutKeyThenLacksIt() throws Exception {
		build((http) -> oauth2Login(stateless(http)));
		MockHttpServletRequest start = LoginFixture.get("/oauth2/authorization/qq");
		assertThat(chain().send(start).getHeaders("Set-Cookie")).isEmpty();
		assertThat(start.getSession(false)).isNotNull();
		assertThat(chain().qqLogin().isLackingTicketKey()).isTrue();
		assertThat(chain().qqLogin().isHookedIn()).isTrue();
	}

	@Test
	void configureWhenChainHasSessionsThenNoTicketWhateverTheKey() throws Exception {
		with(FilterChainFixture.TICKET_KEY, QqLoginConfigurerTests::noBeans).build(QqLoginConfigurerTests::oauth2Login);
		assertThat(chain().send(LoginFixture.get("/oauth2/authorization/qq")).getHeaders("Set-Cookie")).isEmpty();
	}

	@Test
	void failureWhenNoHandlerIsSetThenErrorPage() throws Exception {
		build(QqLoginConfigurerTests::oauth2Login);
		assertThat(chain().send(unknownCallback()).getRedirectedUrl()).isEqualTo("/login/qq/error");
	}

	@Test
	void failureWhenOnlyTheLoginPageIsSetThenErrorPage() throws Exception {
		build((http) -> http.oauth2Login((login) -> login.loginPage("/signin")));
		assertThat(chain().send(unknownCallback()).getRedirectedUrl()).isEqualTo("/login/qq/error");
	}

	@Test
	void failureWhenAFailureUrlIsSetThenLeadsThere() throws Exception {
		build((http) -> http.oauth2Login((login) -> login.failureUrl("/oops")));
		assertThat(chain().send(unknownCallback()).getRedirectedUrl()).isEqualTo("/oops");
	}

	@Test
	void failureWhenAHandlerIsSetThenItIsAsked() throws Exception {
		build((http) -> http
			.oauth2Login((login) -> login.failureHandler((request, response, failure) -> this.failures.add(failure))));
		MockHttpServletResponse response = chain().send(unknownCallback());
		assertThat(this.failures).hasSize(1);
		assertThat(response.getRedirectedUrl()).isNull();
	}

	@Test
	void failureWhenAnotherConfigurerSetsAHandlerThenItIsAsked() throws Exception {
		build((http) -> http.with(new LateFailureHandler(this.failures), Customizer.withDefaults()));
		chain().send(unknownCallback());
		assertThat(this.failures).hasSize(1);
	}

	@Test
	void initWhenChainIsBootsOwnThenFormLoginIsAdded() {
		with(null, (context) -> {
			users(context);
			chain(context, "chain", "org.springframework.boot.SomeConfiguration");
		}).build(QqLoginConfigurerTests::oauth2Login);
		assertThat(chain().names()).contains("UsernamePasswordAuthenticationFilter");
	}

	@Test
	void initWhenChainIsBootsOwnAndThereAreNoUsersThenNoFormLogin() {
		with(null, (context) -> chain(context, "chain", "org.springframework.boot.SomeConfiguration"))
			.build(QqLoginConfigurerTests::oauth2Login);
		assertThat(chain().names()).doesNotContain("UsernamePasswordAuthenticationFilter");
		assertThat(chain().qqNames()).isNotEmpty();
	}

	@Test
	void initWhenChainIsBootsOwnAndHasNoRegistrationOfQqThenNoFormLogin() {
		with(null, (context) -> {
			users(context);
			chain(context, "chain", "org.springframework.boot.SomeConfiguration");
			FilterChainFixture.registrations(context, FilterChainFixture.GITHUB);
		}).build(QqLoginConfigurerTests::oauth2Login);
		assertThat(chain().names()).doesNotContain("UsernamePasswordAuthenticationFilter");
	}

	@ParameterizedTest
	@ValueSource(strings = { "site", "org.springframework.bootstrap", "" })
	void initWhenChainIsTheApplicationsThenNoFormLogin(String configuration) {
		with(null, (context) -> {
			users(context);
			chain(context, "chain", configuration);
		}).build(QqLoginConfigurerTests::oauth2Login);
		assertThat(chain().names()).doesNotContain("UsernamePasswordAuthenticationFilter");
	}

	@Test
	void initWhenThereAreSeveralChainsThenNoFormLogin() {
		with(null, (context) -> {
			users(context);
			chain(context, "chain", "org.springframework.boot.SomeConfiguration");
			chain(context, "other", "org.springframework.boot.SomeConfiguration");
		}).build(QqLoginConfigurerTests::oauth2Login);
		assertThat(chain().names()).doesNotContain("UsernamePasswordAuthenticationFilter");
	}

	@Test
	void initWhenChainIsASingletonWithoutDefinitionThenNoFormLogin() {
		with(null, (context) -> {
			users(context);
			context.getBeanFactory().registerSingleton("chain", new DefaultSecurityFilterChain((request) -> false));
		}).build(QqLoginConfigurerTests::oauth2Login);
		assertThat(chain().names()).doesNotContain("UsernamePasswordAuthenticationFilter");
	}

	private static void users(GenericWebApplicationContext context) {
		context.registerBean(UserDetailsService.class,
				() -> new InMemoryUserDetailsManager(LoginFixture.user("alice")));
	}

	private static void chain(GenericWebApplicationContext context, String name, String configuration) {
		RootBeanDefinition definition = new RootBeanDefinition(SecurityFilterChain.class,
				() -> new DefaultSecurityFilterChain((request) -> request.getRequestURI().equals(name)));
		if (!configuration.isEmpty()) {
			context.registerBean(configuration, Object.class, Object::new);
			definition.setFactoryBeanName(configuration);
		}
		context.registerBeanDefinition(name, definition);
	}

	/**
	 * Adds the login while the chain is initialized.
	 */
	private static final class LateLogin extends AbstractHttpConfigurer<LateLogin, HttpSecurity> {

		@Override
		public void init(HttpSecurity http) {
			http.oauth2Login(Customizer.withDefaults());
		}

	}

	/**
	 * Sets a failure handler after the login has set its default.
	 */
	private static final class LateFailureHandler extends AbstractHttpConfigurer<LateFailureHandler, HttpSecurity> {

		private final List<AuthenticationException> failures;

		LateFailureHandler(List<AuthenticationException> failures) {
			this.failures = failures;
		}

		@Override
		public void init(HttpSecurity http) {
			http.oauth2Login(
					(login) -> login.failureHandler((request, response, failure) -> this.failures.add(failure)));
		}

	}

}
