package io.github.qqoauth2.conversation.binding;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The bind form shows the status of an account only to a visitor who knows the password.
 */
@Tag("T-54")
class AccountStatusOracleIT {

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = Application.with(qq).source(Accounts.class).start();

	private final Visit visit = new Visit(application, qq);

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	@BeforeEach
	void reset() {
		application.jdbc().sql("delete from qq_account_binding").update();
		application.resetClock();
	}

	private static int encodings() {
		return application.bean(CountingEncoder.class).matches.getAndSet(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "locked", "disabled", "expired", "outdated", "unknown" })
	void bindWhenPasswordWrongThenAsForActiveAccount(String account) {
		Visit other = new Visit(application, qq);
		other.qqLogin(QqPerson.XIAO_MING);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		encodings();
		for (int i = 0; i < 4; i++) {
			assertThat(other.bind("active", "wrong").location()).isEqualTo("/login/qq/bind");
			int encodings = encodings();
			assertThat(this.visit.bind(account, "wrong").location()).isEqualTo("/login/qq/bind");
			assertThat(encodings()).isEqualTo(encodings);
			assertThat(text(this.visit)).isEqualTo(text(other)).contains("The username or password is not correct.");
		}
		assertThat(other.bind("active", "wrong").location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.bind(account, "wrong").location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("login/qq/bind").status()).isEqualTo(410);
		assertThat(application.bindings()).isEmpty();
	}

	private static String text(Visit visit) {
		return visit.browser().get("login/qq/bind").body().replaceAll("value=\"[0-9A-Za-z_-]{32,}\"", "");
	}

	@ParameterizedTest
	@ValueSource(strings = { "locked", "disabled", "expired", "outdated" })
	void bindWhenPasswordRightThenShowsStatusAndCountsNoAttempt(String account) {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		for (int i = 0; i < 6; i++) {
			assertThat(this.visit.bind(account, "password").location()).isEqualTo("/login/qq/bind");
			assertThat(text(this.visit)).contains("This account cannot sign in at the moment.");
		}
		assertThat(this.visit.bind("active", "password").location()).isEqualTo("/");
	}

	@Test
	@Tag("T-55")
	void unlinkWhenTwoHundredPasswordsThenFiveAreChecked() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.bind("active", "password");
		application.ageLogins();
		Browser.Page page = this.visit.browser().get("account/qq");
		encodings();
		for (int i = 0; i < 200; i++) {
			Browser.Page answer = this.visit.browser().submit(page, "account/qq/unlink", Map.of("password", "no" + i));
			assertThat(answer.status()).isEqualTo((i < 5) ? 403 : 429);
		}
		assertThat(encodings()).isEqualTo(10);
		Browser.Page right = this.visit.browser().submit(page, "account/qq/unlink", Map.of("password", "password"));
		assertThat(right.body()).contains("Too many wrong passwords. Sign in again, or try again later.");
		assertThat(application.bindings()).containsOnlyKeys("active");
		Visit again = new Visit(application, qq);
		again.login("active", "password");
		again.browser().submit(again.browser().get("account/qq"), "account/qq/unlink", Map.of("password", "password"));
		assertThat(application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-55")
	void confirmationWhenFiveWrongPasswordsForDifferentLoginsThenSixthIsNotChecked() {
		this.visit.login("active", "password");
		application.ageLogins();
		for (int i = 0; i < 5; i++) {
			this.visit.qqLogin(QqPerson.XIAO_MING);
			Browser.Page question = this.visit.browser().get("account/qq");
			assertThat(this.visit.browser().submit(question, "account/qq", Map.of("password", "wrong")).status())
				.isEqualTo(403);
		}
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page question = this.visit.browser().get("account/qq");
		assertThat(this.visit.browser().submit(question, "account/qq", Map.of("password", "password")).status())
			.isEqualTo(429);
		assertThat(application.bindings()).isEmpty();
	}

	/**
	 * Accounts named after their status, all with the same password.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Accounts {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

		@Bean
		Site.Pages pages() {
			return new Site.Pages();
		}

		@Bean
		CountingEncoder encoder() {
			return new CountingEncoder();
		}

		@Bean
		UserDetailsService users() {
			return (name) -> {
				if (!List.of("active", "locked", "disabled", "expired", "outdated").contains(name)) {
					throw new UsernameNotFoundException(name);
				}
				return User.withUsername(name)
					.password("password")
					.accountLocked(name.equals("locked"))
					.disabled(name.equals("disabled"))
					.accountExpired(name.equals("expired"))
					.credentialsExpired(name.equals("outdated"))
					.roles("USER")
					.build();
			};
		}

	}

	/**
	 * Counts the passwords that are compared.
	 */
	static final class CountingEncoder implements PasswordEncoder {

		private final AtomicInteger matches = new AtomicInteger();

		@Override
		public String encode(@Nullable CharSequence password) {
			return String.valueOf(password);
		}

		@Override
		public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
			this.matches.incrementAndGet();
			return String.valueOf(password).equals(encoded);
		}

	}

}
