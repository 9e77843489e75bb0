package io.github.qqoauth2.conversation.binding;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.switchuser.SwitchUserFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An administrator who has switched to a user does not keep access by an own QQ identity.
 */
@Tag("T-52")
class SwitchUserIT {

	private static final String OPENID = QqPerson.XIAO_MING.openid(QqSimulator.APP_ID);

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = Application.with(qq).source(Switching.class).start();

	private final Visit visit = new Visit(application, qq);

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	@BeforeEach
	void clear() {
		application.jdbc().sql("delete from qq_account_binding").update();
	}

	private void switchToAlice() {
		this.visit.login("bob", "bob-password");
		assertThat(this.visit.browser().get("switch?username=alice").status()).isEqualTo(302);
		assertThat(this.visit.browser().get("").body()).startsWith("alice ");
	}

	private Browser.Page confirm(String password) {
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).contains("Link QQ 小明 to your account alice?", "name=\"password\"");
		return this.visit.browser()
			.submit(confirmation, "account/qq", password.isEmpty() ? Map.of() : Map.of("password", password));
	}

	@Test
	void confirmationWhenSwitchedAfterQqLoginThenRequiresPasswordOfUser() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		switchToAlice();
		assertThat(confirm("").status()).isEqualTo(403);
		assertThat(confirm("bob-password").status()).isEqualTo(403);
		assertThat(application.bindings()).isEmpty();
		assertThat(confirm("alice-password").status()).isEqualTo(302);
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	void confirmationWhenSwitchedBeforeQqLoginThenRequiresPasswordOfUser() {
		switchToAlice();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(confirm("").status()).isEqualTo(403);
		assertThat(confirm("bob-password").status()).isEqualTo(403);
		assertThat(application.bindings()).isEmpty();
	}

	@Test
	void unlinkWhenSwitchedThenRequiresPasswordOfUser() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.bind("alice", "alice-password");
		this.visit.logout();
		switchToAlice();
		Browser.Page page = this.visit.browser().get("account/qq");
		assertThat(this.visit.browser().submit(page, "account/qq/unlink", Map.of()).status()).isEqualTo(403);
		assertThat(this.visit.browser().submit(page, "account/qq/unlink", Map.of("password", "bob-password")).status())
			.isEqualTo(403);
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Switching extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, UserDetailsService users) throws Exception {
			SwitchUserFilter switchUser = new SwitchUserFilter();
			switchUser.setUserDetailsService(users);
			switchUser.setSwitchUserMatcher((request) -> request.getServletPath().equals("/switch"));
			switchUser.setSecurityContextRepository(new HttpSessionSecurityContextRepository());
			switchUser.setSuccessHandler(new SimpleUrlAuthenticationSuccessHandler("/"));
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			http.addFilter(switchUser);
			return http.build();
		}

	}

}
