package io.github.qqoauth2.conversation.login;

import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.prepost.PreAuthorize;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.method.configuration.EnableMethodSecurity;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A QQ login has the same {@code Authentication} and principal as a password login.
 */
class PrincipalIT {

	private static final QqSimulator qq = QqSimulator.start();

	@AfterAll
	static void stop() {
		qq.close();
	}

	@AfterEach
	void reset() {
		qq.reset();
	}

	private static Visit bindAndLogInAgain(Application application) {
		Visit first = new Visit(application, qq);
		first.qqLogin(QqPerson.XIAO_MING);
		first.bind("alice", "alice-password");
		Visit again = new Visit(application, qq);
		again.qqLogin(QqPerson.XIAO_MING);
		return again;
	}

	@Test
	void principalWhenSpringUserThenSameAsPasswordLogin() {
		try (Application application = Application.with(qq).source(Site.WithChain.class, CurrentUser.class).start()) {
			String byQq = bindAndLogInAgain(application).browser().get("who").body();
			assertThat(byQq)
				.isEqualTo("UsernamePasswordAuthenticationToken User alice user=alice password=null details=true");
			Visit byPassword = new Visit(application, qq);
			byPassword.login("alice", "alice-password");
			assertThat(byPassword.browser().get("who").body()).isEqualTo(byQq);
		}
	}

	@Test
	void principalWhenCustomOAuth2UserThenOAuth2AuthenticationToken() {
		try (Application application = Application.with(qq).source(OAuth2Users.class, CurrentUser.class).start()) {
			Visit visit = bindAndLogInAgain(application);
			assertThat(visit.browser().get("who").body()).isEqualTo(
					"OAuth2AuthenticationToken Member alice user=null password={noop}alice-password details=true");
			assertThat(visit.browser().get("vip").body()).isEqualTo("Member");
		}
	}

	@Test
	void principalWhenCustomUserDetailsThenThatObject() {
		try (Application application = Application.with(qq).source(PlainUsers.class, CurrentUser.class).start()) {
			Visit visit = bindAndLogInAgain(application);
			assertThat(visit.browser().get("who").body()).isEqualTo("UsernamePasswordAuthenticationToken PlainUser "
					+ "alice user=null password={noop}alice-password details=true");
			assertThat(visit.browser().get("vip").body()).isEqualTo("PlainUser");
			assertThat(visit.browser().get("not-vip").status()).isEqualTo(403);
		}
	}

	@Test
	void sessionRegistryWhenPasswordAndQqLoginThenOneUser() {
		try (Application application = Application.with(qq).source(OneSession.class).start()) {
			Visit byPassword = new Visit(application, qq);
			byPassword.login("alice", "alice-password");
			assertThat(byPassword.browser().get("").body()).startsWith("alice");
			Visit byQq = bindAndLogInAgain(application);
			assertThat(byQq.browser().get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");
			assertThat(byPassword.browser().get("").body()).contains("expired");
		}
	}

	@Test
	void sessionRegistryWhenCustomUserDetailsThenOneUser() {
		try (Application application = Application.with(qq).source(OneSessionOfPlainUsers.class).start()) {
			Visit byPassword = new Visit(application, qq);
			byPassword.login("alice", "alice-password");
			Visit byQq = bindAndLogInAgain(application);
			assertThat(byPassword.browser().get("").body()).contains("expired");
			assertThat(byQq.browser().get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");
			Visit again = new Visit(application, qq);
			again.login("alice", "alice-password");
			assertThat(byQq.browser().get("").body()).contains("expired");
		}
	}

	@RestController
	@EnableMethodSecurity
	static class CurrentUser {

		@GetMapping("/who")
		String currentUser(Authentication authentication, @AuthenticationPrincipal @Nullable User user,
				@AuthenticationPrincipal UserDetails details) {
			return authentication.getClass().getSimpleName() + " " + details.getClass().getSimpleName() + " "
					+ authentication.getName() + " user=" + ((user != null) ? user.getUsername() : "null")
					+ " password=" + details.getPassword() + " details="
					+ (authentication.getDetails() instanceof WebAuthenticationDetails);
		}

		@GetMapping("/vip")
		@PreAuthorize("principal.vip")
		String vip(@AuthenticationPrincipal PlainUser user) {
			return user.getClass().getSimpleName();
		}

		@GetMapping("/not-vip")
		@PreAuthorize("!principal.vip")
		String notVip(@AuthenticationPrincipal PlainUser user) {
			return user.getClass().getSimpleName();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OAuth2Users {

		@Bean
		UserDetailsService users() {
			return (name) -> new Member();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class PlainUsers {

		@Bean
		UserDetailsService users() {
			return (name) -> new PlainUser();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneSession extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			http.sessionManagement((sessions) -> sessions.maximumSessions(1));
			return http.build();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneSessionOfPlainUsers extends OneSession {

		@Bean
		@Override
		protected UserDetailsService users() {
			return (name) -> new PlainUser();
		}

	}

	/**
	 * A custom {@code UserDetails}.
	 */
	public static class PlainUser implements UserDetails {

		private static final long serialVersionUID = 1L;

		@Override
		public Collection<? extends GrantedAuthority> getAuthorities() {
			return AuthorityUtils.createAuthorityList("ROLE_USER");
		}

		@Override
		public @Nullable String getPassword() {
			return "{noop}alice-password";
		}

		@Override
		public String getUsername() {
			return "alice";
		}

		public boolean isVip() {
			return true;
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof PlainUser;
		}

		@Override
		public int hashCode() {
			return 1;
		}

	}

	/**
	 * A custom {@code UserDetails} that is an {@code OAuth2User} too.
	 */
	static class Member extends PlainUser implements OAuth2User {

		private static final long serialVersionUID = 1L;

		@Override
		public Map<String, Object> getAttributes() {
			return Map.of();
		}

		@Override
		public String getName() {
			return "alice";
		}

	}

}
