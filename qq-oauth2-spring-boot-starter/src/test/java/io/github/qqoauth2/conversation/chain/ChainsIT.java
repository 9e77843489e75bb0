package io.github.qqoauth2.conversation.chain;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestCustomizers;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Filter chains as applications write them.
 */
class ChainsIT {

	private static final QqSimulator qq = QqSimulator.start();

	@AfterAll
	static void stop() {
		qq.close();
	}

	@AfterEach
	void reset() {
		qq.reset();
	}

	private static Application start(Class<?>... sources) {
		return Application.with(qq).source(sources).start();
	}

	private static Browser.Page loginAndBind(Visit visit, String start) {
		visit.browser().get(visit.approve(QqPerson.XIAO_MING, start));
		return visit.bind("alice", "alice-password");
	}

	@Test
	void defaultChainThenFormLoginAndQq() {
		try (Application application = start(Site.WithoutChain.class)) {
			Visit visit = new Visit(application, qq);
			assertThat(visit.browser().get("orders").location()).isEqualTo("/login");
			assertThat(visit.browser().get("login").body()).contains("name=\"password\"", "/oauth2/authorization/qq");
			assertThat(visit.login("alice", "alice-password").location()).startsWith("/orders");
			Visit other = new Visit(application, qq);
			assertThat(loginAndBind(other, Visit.START).location()).isEqualTo("/");
			assertThat(other.browser().get("").body()).startsWith("alice");
		}
	}

	@Test
	void chainWhenOnlyOauth2LoginThenStartsAtQqAndBinds() {
		try (Application application = start(OnlyQq.class)) {
			Visit visit = new Visit(application, qq);
			assertThat(visit.browser().get("orders").location()).isEqualTo("/oauth2/authorization/qq");
			assertThat(loginAndBind(visit, Visit.START).location()).startsWith("/orders");
			assertThat(visit.browser().get("").body()).startsWith("alice");
		}
	}

	@Test
	void loginPageWhenCustomThenErrorPageLinksToIt() {
		try (Application application = start(CustomLoginPage.class)) {
			Visit visit = new Visit(application, qq);
			assertThat(visit.browser().get("orders").location()).isEqualTo("/signin");
			visit.browser().get("login/oauth2/code/qq?error=access_denied&state=x");
			assertThat(visit.browser().get("login/qq/error").body()).contains("href=\"/signin\"")
				.doesNotContain("href=\"/login\"");
			assertThat(loginAndBind(visit, Visit.START).status()).isEqualTo(302);
			assertThat(visit.browser().get("").body()).startsWith("alice");
		}
	}

	@Test
	void oauth2LoginWhenAddedByOtherConfigurerThenQqWorks() {
		try (Application application = start(ByConfigurer.class)) {
			Visit visit = new Visit(application, qq);
			assertThat(loginAndBind(visit, Visit.START).location()).isEqualTo("/");
			assertThat(visit.browser().get("").body()).startsWith("alice");
		}
	}

	@Test
	void baseUriWhenCustomThenStartAndButtonsUseIt() {
		try (Application application = start(CustomBaseUri.class)) {
			Visit visit = new Visit(application, qq);
			assertThat(visit.browser().get("login").body()).contains("/go/qq");
			assertThat(loginAndBind(visit, "go/qq").location()).isEqualTo("/");
			Browser browser = application.browser();
			assertThat(browser.get("login/qq/bind").body()).contains("href=\"/go/qq\"");
		}
	}

	@Test
	void authenticationManagerWhenCustomThenQqWorks() {
		try (Application application = start(CustomAuthenticationManager.class)) {
			Visit visit = new Visit(application, qq);
			assertThat(loginAndBind(visit, Visit.START).location()).isEqualTo("/");
			Visit again = new Visit(application, qq);
			assertThat(again.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
			assertThat(again.browser().get("").body()).startsWith("alice");
		}
	}

	@Test
	void resolverWhenCustomThenCalledAndRequestIsAdaptedToQq() {
		try (Application application = start(CustomResolver.class)) {
			Visit visit = new Visit(application, qq);
			assertThat(visit.authorize(Visit.START).getRawQuery()).contains("scope=get_user_info")
				.containsPattern("&state=[0-9A-Za-z_-]+(&|$)")
				.doesNotContain("code_challenge");
			assertThat(CustomResolver.requests).contains("/oauth2/authorization/qq");
			assertThat(loginAndBind(visit, Visit.START).location()).isEqualTo("/");
			Visit again = new Visit(application, qq);
			assertThat(again.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
			assertThat(again.browser().get("").body()).startsWith("alice");
		}
	}

	@Test
	void chainWhenWithoutOauth2LoginThenUnchanged() {
		try (Application application = start(TwoChains.class)) {
			Visit visit = new Visit(application, qq);
			String basic = Base64.getEncoder().encodeToString("bob:bob-password".getBytes(StandardCharsets.UTF_8));
			Browser.Page api = application.browser().header("Authorization", "Basic " + basic).get("orders/api");
			assertThat(api.body()).startsWith("bob UsernamePasswordAuthenticationToken");
			assertThat(loginAndBind(visit, Visit.START).location()).isEqualTo("/");
			assertThat(visit.browser().get("").body()).startsWith("alice");
		}
	}

	@Test
	void csrfWhenDisabledThenBindingIsRequired() {
		try (Application application = start(WithoutCsrf.class)) {
			Visit visit = new Visit(application, qq);
			visit.qqLogin(QqPerson.XIAO_MING);
			Map<String, String> credentials = Map.of("username", "alice", "password", "alice-password");
			assertThat(visit.browser().post("login/qq/bind", credentials).status()).isEqualTo(409);
			assertThat(application.bindings()).isEmpty();
			Browser.Page page = visit.browser().get("login/qq/bind");
			assertThat(page.hiddenFields().keySet()).isEqualTo(Set.of("binding"));
			assertThat(visit.browser().submit(page, "login/qq/bind", credentials).location()).isEqualTo("/");
			assertThat(application.bindings()).containsOnlyKeys("alice");
		}
	}

	@Test
	void contextPathThenInEveryUrl() {
		try (Application application = Application.with(qq)
			.source(Site.WithChain.class)
			.property("server.servlet.context-path", "/shop")
			.start()) {
			Visit visit = new Visit(application, qq);
			visit.browser().get("orders/7");
			Browser.Page callback = visit.qqLogin(QqPerson.XIAO_MING);
			assertThat(callback.location()).isEqualTo("/shop/login/qq/bind");
			Browser.Page page = visit.browser().get("login/qq/bind");
			assertThat(page.body()).contains("action=\"/shop/login/qq/bind\"",
					"href=\"/shop/oauth2/authorization/qq?next=%2Forders%2F7", "href=\"/shop/login/qq/page-");
			String css = page.body().replaceFirst("(?s).*href=\"/shop/(login/qq/page-[0-9a-f]+\\.css)\".*", "$1");
			assertThat(visit.browser().get(css).header("Content-Type")).startsWith("text/css");
			assertThat(visit.bind("alice", "alice-password").location()).startsWith("/shop/orders/7");
			Visit again = new Visit(application, qq);
			assertThat(
					again.browser().get(again.approve(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3")).location())
				.startsWith("/shop/orders/3");
		}
	}

	@Test
	void forwardedPrefixThenInRedirectUriAndPages() {
		try (Application application = Application.with(qq)
			.source(Site.WithChain.class)
			.property("server.forward-headers-strategy", "framework")
			.start()) {
			Visit visit = new Visit(application, qq);
			visit.browser()
				.header("X-Forwarded-Host", "www.example.com")
				.header("X-Forwarded-Proto", "https")
				.header("X-Forwarded-Prefix", "/shop");
			String authorize = visit.authorize(Visit.START).getRawQuery();
			assertThat(authorize)
				.contains("redirect_uri=https%3A%2F%2Fwww.example.com%2Fshop%2Flogin%2Foauth2%2Fcode%2Fqq&");
			assertThat(visit.browser().get("login/qq/bind").body()).contains("href=\"/shop/oauth2/authorization/qq\"");
		}
	}

	@Test
	@Tag("T-39")
	void redirectUriWhenSetThenHostHeadersAreIgnored() {
		try (Application application = Application.with(qq)
			.source(Site.WithChain.class)
			.property("qq.oauth2.redirect-uri", "https://www.example.com/login/oauth2/code/qq")
			.property("server.forward-headers-strategy", "framework")
			.start()) {
			Visit visit = new Visit(application, qq);
			visit.browser().header("X-Forwarded-Host", "evil.test").header("Forwarded", "host=evil.test");
			assertThat(visit.authorize(Visit.START).getRawQuery())
				.contains("redirect_uri=https%3A%2F%2Fwww.example.com%2Flogin%2Foauth2%2Fcode%2Fqq&")
				.doesNotContain("evil");
		}
	}

	@Test
	void handlersWhenCustomThenCalledForQq() {
		try (Application application = start(CustomHandlers.class)) {
			Visit visit = new Visit(application, qq);
			visit.browser().get("login/oauth2/code/qq?error=access_denied&state=x");
			Browser.Page denied = visit.browser().get("login/oauth2/code/qq?error=access_denied&state=" + state(visit));
			assertThat(denied.status()).isEqualTo(418);
			assertThat(denied.body())
				.isEqualTo("OAuth2AuthenticationException access_denied: You cancelled the QQ sign-in.");
			assertThat(loginAndBind(visit, Visit.START).body()).isEqualTo("welcome alice");
			Visit again = new Visit(application, qq);
			assertThat(again.qqLogin(QqPerson.XIAO_MING).body()).isEqualTo("welcome alice");
			assertThat(again.qqLogin(QqPerson.PANDA).location()).isEqualTo("/account/qq");
		}
	}

	private static String state(Visit visit) {
		return visit.authorize(Visit.START).getRawQuery().replaceFirst(".*&state=", "").replaceFirst("&.*", "");
	}

	@Test
	void bindPageWhenLoginPageThenBoundByConfirmationAfterLogin() {
		try (Application application = Application.with(qq)
			.source(Site.WithChain.class)
			.property("qq.oauth2.bind-page", "/login")
			.start()) {
			Visit visit = new Visit(application, qq);
			visit.browser().get("orders/7");
			assertThat(visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login");
			assertThat(visit.browser().get("login/qq/bind").location()).isEqualTo("/login");
			Browser.Page login = visit.browser().get("login");
			assertThat(visit.browser()
				.submit(login, "login/qq/bind", Map.of("username", "alice", "password", "alice-password"))
				.location()).isEqualTo("/login");
			visit.browser().get("orders/7");
			visit.qqLogin(QqPerson.XIAO_MING);
			assertThat(visit.login("alice", "alice-password").location()).startsWith("/account/qq");
			assertThat(application.bindings()).isEmpty();
			Browser.Page confirmation = visit.browser().get("account/qq?continue");
			assertThat(visit.browser().submit(confirmation, "account/qq", Map.of()).location()).startsWith("/orders/7");
			assertThat(application.bindings()).containsOnlyKeys("alice");
		}
	}

	@Test
	void bindWhenRulesForDispatcherTypeThenBoundAtOnce() {
		try (Application application = start(ByDispatcher.class)) {
			Visit visit = new Visit(application, qq);
			assertThat(loginAndBind(visit, Visit.START).location()).isEqualTo("/");
			assertThat(application.bindings()).containsOnlyKeys("alice");
		}
	}

	@Test
	void accountPageWhenPermitAllThenSignedInUsersOnly() {
		try (Application application = Application.with(qq).source(OpenToAll.class).start()) {
			Visit visit = new Visit(application, qq);
			assertThat(visit.browser().get("account/qq").location()).isEqualTo("/login");
			visit.qqLogin(QqPerson.XIAO_MING);
			Browser.Page page = visit.browser().get("login/qq/bind");
			Browser.Page answer = visit.browser().submit(page, "account/qq", Map.of());
			assertThat(answer.location()).isEqualTo("/login");
			assertThat(application.bindings()).isEmpty();
		}
	}

	@Test
	void callbackPathWhenCustomThenOtherCallbacksAreUnchanged() {
		try (Application application = Application.with(qq)
			.source(CustomCallback.class)
			.property("qq.oauth2.redirect-uri", "{baseUrl}/oauth/qq/callback")
			.start()) {
			Visit visit = new Visit(application, qq);
			assertThat(loginAndBind(visit, Visit.START).location()).isEqualTo("/");
			assertThat(visit.browser().get("").body()).startsWith("alice");
			Browser other = application.browser();
			assertThat(other.get("oauth/other/callback?error=access_denied&state=x").location())
				.isEqualTo("/login?error");
			assertThat(other.get("oauth/qq/callback?error=access_denied&state=x").location())
				.isEqualTo("/login/qq/error");
		}
	}

	@Test
	void bindWhenSecondFactorIsRequiredThenBoundAfterIt() {
		try (Application application = start(SecondFactor.class)) {
			Visit visit = new Visit(application, qq);
			visit.browser().get("orders/7");
			visit.qqLogin(QqPerson.XIAO_MING);
			Browser.Page bound = visit.bind("alice", "alice-password");
			assertThat(bound.location()).startsWith("/account/qq");
			assertThat(application.bindings()).isEmpty();
			assertThat(visit.browser().get("account/qq").status()).isEqualTo(403);
			assertThat(visit.browser().get("factor").body()).isEqualTo("given");
			Browser.Page confirmation = visit.browser().get("account/qq");
			assertThat(confirmation.body()).contains("Link QQ 小明 to your account alice?");
			assertThat(visit.browser().submit(confirmation, "account/qq", Map.of()).location()).startsWith("/orders/7");
			assertThat(application.bindings()).containsOnlyKeys("alice");
			assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class OnlyQq extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomLoginPage extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/signin").permitAll().anyRequest().authenticated());
			http.formLogin((form) -> form.loginPage("/signin"));
			http.oauth2Login((login) -> login.loginPage("/signin"));
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByConfigurer extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.with(new CompanyLogin(), Customizer.withDefaults());
			return http.build();
		}

		/**
		 * A configurer of a library.
		 */
		static class CompanyLogin extends AbstractHttpConfigurer<CompanyLogin, HttpSecurity> {

			@Override
			public void init(HttpSecurity http) {
				try {
					http.oauth2Login(Customizer.withDefaults());
				}
				catch (Exception ex) {
					throw new IllegalStateException(ex);
				}
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomBaseUri extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login((login) -> login.authorizationEndpoint((endpoint) -> endpoint.baseUri("/go")));
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ByDispatcher extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
				.permitAll()
				.anyRequest()
				.authenticated());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OpenToAll extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomCallback extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login((login) -> login.redirectionEndpoint((endpoint) -> endpoint.baseUri("/oauth/*/callback")));
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomAuthenticationManager extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, UserDetailsService users) throws Exception {
			AuthenticationManager manager = new ProviderManager(new DaoAuthenticationProvider(users));
			http.authenticationManager(manager);
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomResolver extends Site.WithoutChain {

		static final List<String> requests = new CopyOnWriteArrayList<>();

		@Bean
		SecurityFilterChain chain(HttpSecurity http, ClientRegistrationRepository registrations) throws Exception {
			DefaultOAuth2AuthorizationRequestResolver resolver = new DefaultOAuth2AuthorizationRequestResolver(
					registrations, "/oauth2/authorization");
			resolver.setAuthorizationRequestCustomizer(OAuth2AuthorizationRequestCustomizers.withPkce());
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login((login) -> login
				.authorizationEndpoint((endpoint) -> endpoint.authorizationRequestResolver(recording(resolver))));
			return http.build();
		}

		private static OAuth2AuthorizationRequestResolver recording(OAuth2AuthorizationRequestResolver resolver) {
			return new OAuth2AuthorizationRequestResolver() {

				@Override
				public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
					requests.add(request.getRequestURI());
					return resolver.resolve(request);
				}

				@Override
				public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String registrationId) {
					return resolver.resolve(request, registrationId);
				}

			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoChains extends Site.WithChain {

		@Bean
		@Order(1)
		SecurityFilterChain api(HttpSecurity http) throws Exception {
			http.securityMatcher("/orders/api");
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.httpBasic(Customizer.withDefaults());
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WithoutCsrf extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.csrf((csrf) -> csrf.disable());
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CustomHandlers extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			AuthenticationSuccessHandler success = (request, response, authentication) -> response.getWriter()
				.write("welcome " + authentication.getName());
			AuthenticationFailureHandler failure = (request, response, exception) -> {
				response.setStatus(418);
				OAuth2AuthenticationException oauth2 = (OAuth2AuthenticationException) exception;
				response.getWriter()
					.write(exception.getClass().getSimpleName() + " " + oauth2.getError().getErrorCode() + ": "
							+ oauth2.getError().getDescription());
			};
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login((login) -> login.successHandler(success).failureHandler(failure));
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SecondFactor extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/factor")
				.authenticated()
				.anyRequest()
				.hasAuthority("ROLE_SECOND_FACTOR"));
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

		@Bean
		FactorPage factorPage() {
			return new FactorPage();
		}

	}

}
