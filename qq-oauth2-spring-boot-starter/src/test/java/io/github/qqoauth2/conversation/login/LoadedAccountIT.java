package io.github.qqoauth2.conversation.login;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Accounts found by e-mail address before username, and regardless of case. The account
 * {@code victim} has the address {@code victim@example.com}, which is the username of
 * another account.
 */
@Tag("T-51")
class LoadedAccountIT {

	private static final String OPENID = QqPerson.XIAO_MING.openid(QqSimulator.APP_ID);

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = Application.with(qq).source(EmailFirst.class).start();

	private final Visit visit = new Visit(application, qq);

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	@BeforeEach
	void clear() {
		application.jdbc().sql("delete from qq_account_binding").update();
		application.bean(Site.Events.class).clear();
	}

	private static void insertBinding(String account, boolean registered) {
		application.jdbc()
			.sql("insert into qq_account_binding (app_id, openid, account, registered, created_at, last_login_at) "
					+ "values (?, ?, ?, ?, current_timestamp, current_timestamp)")
			.params(QqSimulator.APP_ID, OPENID, account, registered)
			.update();
	}

	@ParameterizedTest
	@ValueSource(strings = { "victim@example.com", "VICTIM", "Victim" })
	void qqLoginWhenLoaderReturnsAnotherAccountThenNotSignedIn(String account) {
		insertBinding(account, false);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
		assertThat(application.bean(Site.Events.class).names()).doesNotContain("AuthenticationSuccessEvent",
				"InteractiveAuthenticationSuccessEvent");
		assertThat(application.bindings()).isEqualTo(Map.of(account, OPENID));
	}

	@Test
	void qqLoginWhenLoaderReturnsTheBoundAccountThenSignedIn() {
		insertBinding("victim", false);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(this.visit.browser().get("").body()).startsWith("victim ");
	}

	@Test
	void bindWhenLoaderReturnsAnotherAccountThenNotSaved() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.bind("attacker", "attacker-password");
		assertThat(application.bindings()).isEmpty();
	}

	@Test
	void confirmationWhenLoaderReturnsAnotherAccountThenNotSaved() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.login("attacker", "attacker-password");
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).contains("victim@example.com");
		assertThat(this.visit.browser().submit(confirmation, "account/qq", Map.of()).location())
			.isEqualTo("/login/qq/error");
		assertThat(application.bindings()).isEmpty();
	}

	/**
	 * Finds accounts by e-mail address first, and by username regardless of case.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class EmailFirst extends Site.WithChain {

		@Override
		protected UserDetailsService users() {
			return (name) -> {
				UserDetails user = find(name);
				if (user == null) {
					throw new UsernameNotFoundException(name);
				}
				return user;
			};
		}

		private static @Nullable UserDetails find(String name) {
			if (name.equals("attacker")) {
				return User.withUsername("victim@example.com")
					.password("{noop}attacker-password")
					.roles("USER")
					.build();
			}
			boolean victim = name.equals("victim@example.com") || name.equalsIgnoreCase("victim");
			return victim ? User.withUsername("victim").password("{noop}victim-password").roles("USER").build() : null;
		}

	}

}
