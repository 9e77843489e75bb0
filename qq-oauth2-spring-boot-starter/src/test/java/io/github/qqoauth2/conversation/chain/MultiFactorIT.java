package io.github.qqoauth2.conversation.chain;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authorization.EnableMultiFactorAuthentication;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The multi-factor support of Spring Security 7.1: password and one-time token are
 * required.
 */
@Tag("T-33")
class MultiFactorIT {

	private static final QqSimulator qq = QqSimulator.start();

	private static final AtomicReference<String> mail = new AtomicReference<>("");

	private static final Application application = Application.with(qq).source(TwoFactors.class).start();

	private final Visit visit = new Visit(application, qq);

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	@AfterEach
	void reset() {
		application.jdbc().sql("delete from qq_account_binding").update();
		qq.reset();
	}

	private void giveSecondFactor(String account) {
		Map<String, String> token = this.visit.browser().get("login").hiddenFields();
		this.visit.browser().post("ott/generate", with(token, "username", account));
		Browser.Page page = this.visit.browser().get("login/ott?token=" + mail.get());
		this.visit.browser().submit(page, "login/ott", Map.of("token", mail.get()));
	}

	private static Map<String, String> with(Map<String, String> form, String name, String value) {
		Map<String, String> all = new LinkedHashMap<>(form);
		all.put(name, value);
		return all;
	}

	@Test
	void bindWhenSecondFactorIsRequiredThenBoundAfterItAndConfirmation() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(this.visit.bind("alice", "alice-password").location()).startsWith("/account/qq");
		assertThat(application.bindings()).isEmpty();
		assertThat(this.visit.browser().get("account/qq").location()).startsWith("/login");
		giveSecondFactor("alice");
		assertThat(this.visit.browser().get("factors").body()).contains("FACTOR_PASSWORD", "FACTOR_OTT");
		assertThat(application.bindings()).isEmpty();
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).contains("Link QQ 小明 to your account alice?");
		assertThat(this.visit.browser().submit(confirmation, "account/qq", Map.of()).status()).isEqualTo(302);
		assertThat(application.bindings()).containsOnlyKeys("alice");
	}

	@Test
	void bindWhenAccountHasOtherIdentityThenConflictBeforeSecondFactor() {
		this.visit.login("alice", "alice-password");
		giveSecondFactor("alice");
		this.visit.qqLogin(QqPerson.PANDA);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		this.visit.browser().submit(confirmation, "account/qq", Map.of("password", "alice-password"));
		Map<String, String> rows = application.bindings();
		assertThat(rows).containsOnlyKeys("alice");
		Visit other = new Visit(application, qq);
		other.qqLogin(QqPerson.XIAO_MING);
		assertThat(other.bind("alice", "alice-password").status()).isEqualTo(409);
		assertThat(other.browser().get("factors").location()).startsWith("/login");
		assertThat(application.bindings()).isEqualTo(rows);
	}

	@Test
	void callbackWhenSignedInThenFactorsUnchanged() {
		this.visit.login("alice", "alice-password");
		giveSecondFactor("alice");
		String factors = this.visit.browser().get("factors").body();
		Map<String, String> cookies = this.visit.browser().cookies();
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/account/qq");
		assertThat(this.visit.browser().get("factors").body()).isEqualTo(factors);
		assertThat(this.visit.browser().cookies()).isEqualTo(cookies);
	}

	@Test
	void qqLoginWhenSecondFactorIsRequiredThenNotAuthorized() {
		this.visit.login("alice", "alice-password");
		giveSecondFactor("alice");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		this.visit.browser().submit(confirmation, "account/qq", Map.of("password", "alice-password"));
		assertThat(application.bindings()).containsOnlyKeys("alice");
		Visit again = new Visit(application, qq);
		again.qqLogin(QqPerson.XIAO_MING);
		assertThat(again.browser().get("orders").location()).startsWith("/login");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableMultiFactorAuthentication(
			authorities = { FactorGrantedAuthority.PASSWORD_AUTHORITY, FactorGrantedAuthority.OTT_AUTHORITY })
	static class TwoFactors extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			http.oneTimeTokenLogin((ott) -> ott.tokenGenerationSuccessHandler((request, response, token) -> {
				mail.set(token.getTokenValue());
				response.getWriter().write("sent");
			}));
			return http.build();
		}

		@Bean
		Factors factors() {
			return new Factors();
		}

	}

	@RestController
	static class Factors {

		@GetMapping("/factors")
		String factors(Authentication authentication) {
			return authentication.getAuthorities()
				.stream()
				.map((authority) -> String.valueOf(authority.getAuthority()))
				.sorted()
				.toList()
				.toString();
		}

	}

}
