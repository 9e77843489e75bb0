package io.github.qqoauth2.conversation.operation;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the starter logs at start-up: the callback address, and settings with which QQ
 * logins fail.
 */
class StartupMessagesIT {

	private static final String CALLBACK = "https://www.example.com/login/oauth2/code/qq";

	private static final QqSimulator qq = QqSimulator.start();

	@AfterAll
	static void stop() {
		qq.close();
	}

	private static Application.Builder simulated() {
		return Application.with(qq).source(Site.WithChain.class);
	}

	/**
	 * The real QQ, which is not called at start-up.
	 */
	private static Application.Builder real(Class<?> chain, String redirectUri) {
		return Application.with(qq)
			.without("qq.oauth2.base-uri")
			.source(chain)
			.property("qq.oauth2.redirect-uri", redirectUri);
	}

	/**
	 * Starts the application and returns what the starter logged.
	 */
	private static List<String> messages(Application.Builder builder, Consumer<Application> started) {
		ByteArrayOutputStream output = new ByteArrayOutputStream();
		PrintStream out = System.out;
		System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
		try (Application application = builder.start()) {
			started.accept(application);
		}
		finally {
			System.setOut(out);
		}
		return output.toString(StandardCharsets.UTF_8)
			.lines()
			.filter((line) -> line.contains(".autoconfigure.StartupChecks")
					|| line.contains(".QqLoginOffAutoConfiguration"))
			.toList();
	}

	private static List<String> messages(Application.Builder builder) {
		return messages(builder, (application) -> {
		});
	}

	private static void assertWarns(Application.Builder builder, String... words) {
		assertThat(messages(builder)).hasSize(2)
			.satisfies((messages) -> assertThat(messages.get(0)).contains(" WARN ").contains(words))
			.satisfies((messages) -> assertThat(messages.get(1)).contains(" INFO ", "QQ login is on."));
	}

	private static void assertDoesNotWarn(Application.Builder builder) {
		assertThat(messages(builder)).singleElement().asString().contains(" INFO ", "QQ login is on.");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/shop" })
	void startWhenNoRedirectUriThenAddressHasPortAndContextPath(String contextPath) {
		StringBuilder url = new StringBuilder();
		List<String> messages = messages(simulated().property("server.servlet.context-path", contextPath),
				(application) -> url.append(application.url()));
		assertThat(messages).singleElement()
			.asString()
			.contains(" INFO ", "QQ login is on.", " " + url + "login/oauth2/code/qq")
			.doesNotContain("{");
		assertThat(url).endsWith(contextPath + "/");
	}

	@Test
	void startWhenServerListensOnAllAddressesThenLocalhost() {
		for (Application.Builder builder : List.of(simulated().without("server.address"),
				simulated().property("server.address", "0.0.0.0"))) {
			assertThat(messages(builder)).singleElement()
				.asString()
				.containsPattern(" http://localhost:[0-9]+/login/oauth2/code/qq");
		}
	}

	@Test
	void startWhenRedirectUriIsCompleteThenLogged() {
		assertThat(messages(real(Site.WithChain.class, CALLBACK))).singleElement()
			.asString()
			.contains(" INFO ")
			.endsWith(": " + CALLBACK);
	}

	@Test
	void startWhenRealQqAndNoRedirectUriThenWarns() {
		assertWarns(real(Site.WithChain.class, CALLBACK).without("qq.oauth2.redirect-uri"),
				"qq.oauth2.redirect-uri is not set", "100010", CALLBACK);
		assertWarns(real(Site.WithChain.class, "{baseUrl}/login/oauth2/code/{registrationId}"),
				"'{baseUrl}/login/oauth2/code/{registrationId}', which depends on the request");
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost/login/oauth2/code/qq, has the host localhost",
			"https://203.0.113.7/login/oauth2/code/qq, has an IP address",
			"https://www.example.com:8443/login/oauth2/code/qq, has a port",
			"https://www.example.com/login/oauth2/code/qq#top, has a fragment",
			"'https://www.example.com/login/oauth2/code/qq ', contains a blank" })
	void startWhenRealQqRefusesRedirectUriThenWarns(String redirectUri, String fault) {
		assertWarns(real(Site.WithChain.class, redirectUri), "'" + redirectUri + "'", fault, "100010");
	}

	@Test
	void startWhenSimulatorAndRedirectUriHasPortThenDoesNotWarn() {
		assertDoesNotWarn(simulated().property("qq.oauth2.redirect-uri", "http://localhost:8080/app/callback"));
	}

	@Test
	void startWhenNoChainHandlesRedirectUriThenWarns() {
		assertWarns(real(Site.WithChain.class, "https://www.example.com/app/callback"),
				"No filter chain handles the callback path /app/callback", "route of the front end");
		assertWarns(real(CallbackInOtherChain.class, CALLBACK),
				"No filter chain handles the callback path /login/oauth2/code/qq");
	}

	@Test
	void startWhenChainHandlesRedirectUriThenDoesNotWarn() {
		assertDoesNotWarn(real(Site.WithoutChain.class, CALLBACK));
		assertDoesNotWarn(real(Site.WithChain.class, "https://www.example.com/shop/login/oauth2/code/qq"));
		assertDoesNotWarn(real(Site.WithChain.class, "https://www.example.com/shop/login/oauth2/code/qq")
			.property("server.servlet.context-path", "/shop"));
		assertDoesNotWarn(real(CustomCallback.class, "https://www.example.com/oauth/callback"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "strict", "STRICT", "Strict" })
	void startWhenSessionCookieIsStrictThenWarns(String sameSite) {
		assertWarns(simulated().property("server.servlet.session.cookie.same-site", sameSite),
				"server.servlet.session.cookie.same-site is 'strict'", "Set it to lax");
	}

	@Test
	void startWhenSessionCookieIsLaxThenDoesNotWarn() {
		assertDoesNotWarn(simulated().property("server.servlet.session.cookie.same-site", "lax"));
	}

	@Test
	@Tag("security-7")
	void startWhenNoRuleMatchesAccountPageThenWarns() {
		assertWarns(Application.with(qq).source(RulesWithoutAnyRequest.class),
				"refuse every user at GET /account/qq, POST /account/qq, POST /account/qq/link, POST /account/qq/unlink, POST /account/qq/sign-in",
				"requestMatchers(\"/account/qq/**\").authenticated()");
		assertWarns(Application.with(qq).source(RuleForPageOnly.class),
				"refuse every user at POST /account/qq/link, POST /account/qq/unlink, POST /account/qq/sign-in");
	}

	@Test
	void startWhenChainDoesNotMatchPagesThenWarns() {
		assertWarns(Application.with(qq).source(NarrowChain.class),
				"does not handle GET /account/qq, POST /account/qq, POST /account/qq/link, POST /account/qq/unlink, POST /account/qq/sign-in",
				"securityMatcher");
	}

	@Test
	void startWhenRulesRequireRoleOrFailThenDoesNotWarn() {
		assertDoesNotWarn(Application.with(qq).source(RuleWithRole.class));
		assertDoesNotWarn(Application.with(qq).source(RuleWithAddress.class));
	}

	@Test
	void startWhenNoAppIdThenOneLine() {
		assertThat(messages(Application.with(qq)
			.source(Site.WithoutChain.class)
			.without("qq.oauth2.app-id")
			.without("qq.oauth2.app-key"))).singleElement()
			.asString()
			.contains(" INFO ", "QQ login is off", "qq.oauth2.app-id");
	}

	/**
	 * A chain whose rules are those of the subclass.
	 */
	abstract static class AbstractChain extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			customize(http);
			return http.build();
		}

		abstract void customize(HttpSecurity http) throws Exception;

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class CallbackInOtherChain extends AbstractChain {

		@Override
		void customize(HttpSecurity http) {
			http.securityMatcher("/oauth2/**", "/login/qq/**", "/account/**");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class CustomCallback extends AbstractChain {

		@Override
		void customize(HttpSecurity http) throws Exception {
			http.oauth2Login((login) -> login.loginProcessingUrl("/oauth/callback"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class RulesWithoutAnyRequest extends AbstractChain {

		@Override
		void customize(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/orders/**").authenticated());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class RuleForPageOnly extends AbstractChain {

		@Override
		void customize(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/account/qq").authenticated());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class NarrowChain extends AbstractChain {

		@Override
		void customize(HttpSecurity http) {
			http.securityMatcher("/oauth2/**", "/login/**");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class RuleWithRole extends AbstractChain {

		@Override
		void customize(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().hasRole("NONE"));
		}

	}

	/**
	 * A rule that requires a visitor's request.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class RuleWithAddress extends AbstractChain {

		@Override
		void customize(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers((request) -> request.getRemoteAddr().equals("127.0.0.1"))
						.permitAll());
		}

	}

}
