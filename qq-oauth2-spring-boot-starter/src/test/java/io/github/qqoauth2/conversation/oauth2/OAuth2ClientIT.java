package io.github.qqoauth2.conversation.oauth2;

import java.net.URI;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.account.QqAuthorizedClients;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Chains with {@code oauth2Client} and {@code oauth2Login}. Both redirect to QQ.
 */
class OAuth2ClientIT {

	private static final String OPENID = QqPerson.XIAO_MING.openid(QqSimulator.APP_ID);

	private static final QqSimulator qq = QqSimulator.start();

	@AfterAll
	static void stop() {
		qq.close();
	}

	@AfterEach
	void reset() {
		qq.reset();
	}

	private static Application start(Class<?> chain) {
		byte[] key = new byte[32];
		new SecureRandom().nextBytes(key);
		return Application.with(qq)
			.source(chain, TokensIT.TokenPage.class)
			.property("spring.security.oauth2.client.registration.qq.scope", "get_user_info,list_album")
			.property("qq.oauth2.token-encryption-keys", Base64.getEncoder().encodeToString(key))
			.start();
	}

	private static URI assertQqForm(URI authorize) {
		assertThat(authorize.toString()).startsWith(qq.url() + "/oauth2.0/authorize?");
		assertThat(authorize.getRawQuery()).contains("scope=get_user_info%2Clist_album", "response_type=code")
			.containsPattern("&state=[0-9A-Za-z_-]+(&|$)")
			.doesNotContain("%3D", "code_challenge");
		return authorize;
	}

	@ParameterizedTest
	@ValueSource(classes = { LoginFirst.class, ClientFirst.class, Site.WithoutChain.class })
	void startWhenBothThenQqFormAndLoginWorks(Class<?> chain) {
		try (Application application = start(chain)) {
			Visit visit = new Visit(application, qq);
			assertQqForm(visit.authorize(Visit.START));
			assertThat(visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
			assertThat(visit.bind("alice", "alice-password").location()).isEqualTo("/");
			assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
			Visit again = new Visit(application, qq);
			assertThat(
					again.browser().get(again.approve(QqPerson.XIAO_MING, Visit.START + "?next=/orders/3")).location())
				.isEqualTo("/orders/3?continue");
			assertThat(again.browser().get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { LoginFirst.class, ClientFirst.class, ClientElsewhere.class, Site.WithoutChain.class,
			Site.WithChain.class })
	void pageWhenClientIsNotStoredThenRedirectsToQqAndGetsToken(Class<?> chain) {
		try (Application application = start(chain)) {
			Visit other = new Visit(application, qq);
			other.qqLogin(QqPerson.XIAO_MING);
			other.bind("alice", "alice-password");
			application.bean(QqAuthorizedClients.class).remove("alice");
			qq.clearRequests();
			Visit visit = new Visit(application, qq);
			visit.login("alice", "alice-password");
			Map<String, String> cookies = visit.browser().cookies();
			assertQqForm(visit.authorize("token?page=2"));
			assertThat(visit.browser().get(visit.approve(QqPerson.XIAO_MING, "token?page=2")).location())
				.isEqualTo("/token?page=2");
			String token = visit.browser().get("token?page=2").body().replace(" null", "");
			assertThat(TokensIT.me(qq, token)).contains(OPENID);
			assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
			assertThat(visit.browser().cookies()).isEqualTo(cookies);
			assertThat(visit.browser().get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class LoginFirst extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			http.oauth2Client(Customizer.withDefaults());
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ClientFirst extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Client(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

	}

	/**
	 * The page that uses the client has its own chain without a login.
	 */
	@Configuration(proxyBeanMethods = false)
	static class ClientElsewhere extends Site.WithChain {

		@Bean
		@Order(1)
		SecurityFilterChain tokenChain(HttpSecurity http) throws Exception {
			http.securityMatcher("/token");
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Client(Customizer.withDefaults());
			return http.build();
		}

	}

}
