package io.github.qqoauth2.conversation.oauth2;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * All providers come back at one address.
 */
class SharedCallbackIT {

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = OtherProvider.beside(qq, "{baseUrl}/cb")
		.property("qq.oauth2.redirect-uri", "{baseUrl}/cb")
		.source(OneAddress.class)
		.start();

	private final Visit visit = new Visit(application, qq);

	private final Browser browser = this.visit.browser();

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	@BeforeEach
	void forget() {
		application.jdbc().sql("delete from qq_account_binding").update();
		qq.reset();
	}

	private String qqsCallback() {
		String callback = this.visit.agree(QqPerson.XIAO_MING, Visit.START);
		assertThat(callback).startsWith("/cb?");
		return callback;
	}

	private String othersCallback() {
		return "cb" + OtherProvider.agree(this.visit);
	}

	private void otherLogsIn(String callback) {
		assertThat(this.browser.get(callback).location()).isEqualTo("/");
		assertThat(this.browser.get("").body()).startsWith("octocat OAuth2AuthenticationToken");
	}

	@Test
	void loginsWhenOfOneProviderEachThenBothWork() {
		otherLogsIn(othersCallback());
		assertThat(qq.requests()).isEmpty();
		this.visit.logout();
		assertThat(this.browser.get(qqsCallback()).location()).isEqualTo("/login/qq/bind");
		this.visit.bind("alice", "alice-password");
		this.visit.logout();
		assertThat(this.browser.get(qqsCallback()).location()).isEqualTo("/");
		assertThat(this.browser.get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");
	}

	@Test
	@Tag("T-05")
	void loginsWhenBothAreUnderWayAndQqEndsFirstThenBothWork() {
		String other = othersCallback();
		String callback = qqsCallback();
		assertThat(this.browser.get(callback).location()).isEqualTo("/login/qq/bind");
		this.visit.bind("alice", "alice-password");
		assertThat(application.bindings()).containsOnlyKeys("alice");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
		otherLogsIn(other);
		assertThat(this.browser.get(callback).location()).isEqualTo("/");
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

	@Test
	@Tag("T-05")
	void loginsWhenBothAreUnderWayAndTheOtherEndsFirstThenBothWork() {
		String callback = qqsCallback();
		otherLogsIn(othersCallback());
		assertThat(this.browser.get(callback).location()).isEqualTo("/account/qq");
		assertThat(this.browser.get("account/qq").body()).contains("小明", "to your account octocat?");
		assertThat(application.bindings()).isEqualTo(Map.of());
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
	}

	@Test
	@Tag("T-02")
	void callbackWhenItsStateIsUnknownThenQqsErrorPageAndBothRequestsStayGood() {
		String other = othersCallback();
		String callback = qqsCallback();
		assertThat(this.browser.get("cb?code=C&state=unknown").location()).isEqualTo("/login/qq/error");
		assertThat(this.browser.get("login/qq/error").body()).contains("This sign-in is no longer valid.");
		assertThat(this.browser.get("cb").location()).isEqualTo("/login/qq/error");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		assertThat(this.browser.get(callback).location()).isEqualTo("/login/qq/bind");
		assertThat(this.browser.get(other).status()).isEqualTo(302);
		assertThat(this.browser.get("").body()).startsWith("octocat ");
	}

	@Test
	void otherProviderWhenItFailsThenStockFailurePage() {
		String state = Visit.parameter(othersCallback(), "state");
		assertThat(this.browser.get("cb?error=access_denied&state=" + state).location()).isEqualTo("/login?error");
	}

	@Configuration(proxyBeanMethods = false)
	static class OneAddress extends SecondProviderIT.TwoProviders {

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
