package io.github.qqoauth2.conversation.oauth2;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All providers use one redirect URI.
 */
class SharedCallbackIT extends AbstractOtherProviderConversation {

	private static final Application site = OtherProvider.with(qq, "{baseUrl}/cb")
		.property("qq.oauth2.redirect-uri", "{baseUrl}/cb")
		.source(OneRedirectUri.class)
		.start();

	SharedCallbackIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	private String qqCallback() {
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		assertThat(callback).startsWith("/cb?");
		return callback;
	}

	private String otherCallback() {
		return "cb" + OtherProvider.approve(this.visit);
	}

	private void assertOtherLogsIn(String callback) {
		assertThat(this.browser.get(callback).location()).isEqualTo("/");
		assertThat(this.browser.get("").body()).startsWith("octocat OAuth2AuthenticationToken");
	}

	@Test
	void loginsWhenOneAfterTheOtherThenBothWork() {
		assertOtherLogsIn(otherCallback());
		assertThat(qq.requests()).isEmpty();
		this.visit.logout();
		assertThat(this.browser.get(qqCallback()).location()).isEqualTo("/login/qq/bind");
		this.visit.bind("alice", "alice-password");
		this.visit.logout();
		assertThat(this.browser.get(qqCallback()).location()).isEqualTo("/");
		assertThat(this.browser.get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");
	}

	@Test
	@Tag("T-05")
	void loginsWhenConcurrentAndQqIsFirstThenBothWork() {
		String other = otherCallback();
		String callback = qqCallback();
		assertThat(this.browser.get(callback).location()).isEqualTo("/login/qq/bind");
		this.visit.bind("alice", "alice-password");
		assertThat(this.application.bindings()).containsOnlyKeys("alice");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
		assertOtherLogsIn(other);
		assertThat(this.browser.get(callback).location()).isEqualTo("/");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

	@Test
	@Tag("T-05")
	void loginsWhenConcurrentAndOtherIsFirstThenBothWork() {
		String callback = qqCallback();
		assertOtherLogsIn(otherCallback());
		assertThat(this.browser.get(callback).location()).isEqualTo("/account/qq");
		assertThat(this.browser.get("account/qq").body()).contains("小明", "to your account octocat?");
		assertThat(this.application.bindings()).isEqualTo(Map.of());
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

	@Test
	@Tag("T-02")
	void callbackWhenStateIsUnknownThenErrorPageAndBothRequestsAreKept() {
		String other = otherCallback();
		String callback = qqCallback();
		assertThat(this.browser.get("cb?code=C&state=unknown").location()).isEqualTo("/login/qq/error");
		assertThat(this.browser.get("login/qq/error").body()).contains("This sign-in is no longer valid.");
		assertThat(this.browser.get("cb").location()).isEqualTo("/login/qq/error");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		assertThat(this.browser.get(callback).location()).isEqualTo("/login/qq/bind");
		assertThat(this.browser.get(other).status()).isEqualTo(302);
		assertThat(this.browser.get("").body()).startsWith("octocat ");
	}

	@Test
	void otherProviderWhenFailsThenDefaultFailureUrl() {
		String state = Visit.parameter(otherCallback(), "state");
		assertThat(this.browser.get("cb?error=access_denied&state=" + state).location()).isEqualTo("/login?error");
	}

	@Configuration(proxyBeanMethods = false)
	static class OneRedirectUri extends SecondProviderIT.TwoProviders {

		@Bean
		@Override
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login((login) -> login.redirectionEndpoint((endpoint) -> endpoint.baseUri("/cb")));
			return http.build();
		}

	}

}
