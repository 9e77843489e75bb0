package io.github.qqoauth2.conversation;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
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
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code @AuthenticationPrincipal} is after a QQ login, in its three cases.
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

	private static Visit bindAndComeAgain(Application application) {
		Visit first = new Visit(application, qq);
		first.comeBack(QqPerson.XIAO_MING);
		first.bind("alice", "alice-password");
		Visit again = new Visit(application, qq);
		again.comeBack(QqPerson.XIAO_MING);
		return again;
	}

	@Test
	void principalWhenSpringsUserThenIsAUserWithQqsProfile() {
		try (Application application = Application.with(qq).source(Site.WithChain.class, Who.class).start()) {
			Visit visit = bindAndComeAgain(application);
			assertThat(visit.browser().get("who").body())
				.isEqualTo("QqUser alice user=alice nickname=小明 password=null");
			assertThat(visit.browser().get("equal").body()).isEqualTo("true");
		}
	}

	@Test
	void principalWhenOwnClassIsAnOAuth2UserThenIsThatObject() {
		try (Application application = Application.with(qq).source(OwnUsers.class, Who.class).start()) {
			Visit visit = bindAndComeAgain(application);
			assertThat(visit.browser().get("who").body())
				.isEqualTo("Member alice user=null nickname=null password={noop}alice-password");
		}
	}

	@Test
	void principalWhenOwnClassIsNoOAuth2UserThenIsWrappedAndSaidOnce() {
		ByteArrayOutputStream log = new ByteArrayOutputStream();
		PrintStream out = System.out;
		System.setOut(new PrintStream(log, true, StandardCharsets.UTF_8));
		try (Application application = Application.with(qq).source(PlainUsers.class, Who.class).start()) {
			Visit visit = bindAndComeAgain(application);
			assertThat(visit.browser().get("who").body()).startsWith("QqUser alice user=alice");
			bindAndComeAgain(application);
		}
		finally {
			System.setOut(out);
		}
		assertThat(log.toString(StandardCharsets.UTF_8)).containsOnlyOnce(PlainUser.class.getName());
	}

	@Test
	void sessionRegistryWhenLoggedInByPasswordAndThenByQqThenCountsOnePerson() {
		try (Application application = Application.with(qq).source(OneSession.class).start()) {
			Visit byPassword = new Visit(application, qq);
			byPassword.login("alice", "alice-password");
			assertThat(byPassword.browser().get("").body()).startsWith("alice");
			Visit byQq = bindAndComeAgain(application);
			assertThat(byQq.browser().get("").body()).startsWith("alice OAuth2AuthenticationToken");
			assertThat(byPassword.browser().get("").body()).contains("expired");
		}
	}

	@RestController
	static class Who {

		@GetMapping("/who")
		String who(Authentication authentication, @AuthenticationPrincipal @Nullable User user,
				@AuthenticationPrincipal UserDetails details, @AuthenticationPrincipal OAuth2User oauth2User) {
			Object principal = authentication.getPrincipal();
			return ((principal != null) ? principal.getClass().getSimpleName() : "none") + " " + oauth2User.getName()
					+ " user=" + ((user != null) ? user.getUsername() : "null") + " nickname="
					+ oauth2User.getAttributes().get("nickname") + " password=" + details.getPassword();
		}

		@GetMapping("/equal")
		String equal(@AuthenticationPrincipal User user) {
			User other = new User("alice", "x", AuthorityUtils.NO_AUTHORITIES);
			return String.valueOf(other.equals(user) && user.equals(other) && other.hashCode() == user.hashCode());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OwnUsers {

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

	/**
	 * An application's user that knows nothing of OAuth2.
	 */
	static class PlainUser implements UserDetails {

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

	}

	/**
	 * An application's user with the two methods more.
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
