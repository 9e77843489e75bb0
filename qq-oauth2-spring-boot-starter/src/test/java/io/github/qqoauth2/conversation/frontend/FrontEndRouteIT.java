package io.github.qqoauth2.conversation.frontend;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * QQ redirects to a route of the front end, and the principal has an id.
 */
class FrontEndRouteIT {

	/**
	 * A Snowflake id, which JavaScript cannot represent as a number.
	 */
	private static final long LONG_ID = 1_820_000_000_000_000_001L;

	private static final QqSimulator qq = QqSimulator.start();

	@AfterAll
	static void stop() {
		qq.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "app/", "app/callback.html", "app/callback" })
	void loginWhenRoutePostsCodeAndStateThenAccount(String route) {
		qq.clearRequests();
		try (Application application = Application.with(qq)
			.source(RouteSite.class)
			.property("qq.oauth2.redirect-uri", "{baseUrl}/" + route)
			.start()) {
			FrontEnd frontEnd = new FrontEnd(application, qq);
			FrontEnd.Answer pending = frontEnd.qqLogin(QqPerson.XIAO_MING);
			assertThat(pending.code()).isEqualTo("binding-required");
			FrontEnd.Answer bound = frontEnd.post(FrontEnd.BIND,
					Map.of("binding", pending.binding(), "username", "alice", "password", "alice-password"));
			assertThat(bound.json()).containsEntry("username", "alice").containsEntry("id", 42L);
			FrontEnd.Answer again = new FrontEnd(application, qq).qqLogin(QqPerson.XIAO_MING);
			assertThat(again.json()).containsEntry("username", "alice")
				.containsEntry("id", 42L)
				.containsEntry("nickname", "小明");
			assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(2)
				.allMatch((request) -> (application.url() + route).equals(request.parameter("redirect_uri")));
		}
	}

	@Test
	void loginWhenIdExceedsJavaScriptNumbersThenString() {
		try (Application application = Application.with(qq).source(RouteSite.class).start()) {
			FrontEnd frontEnd = new FrontEnd(application, qq);
			FrontEnd.Answer bound = frontEnd.post(FrontEnd.BIND,
					AbstractFrontEndVisit.proof(frontEnd.qqLogin(QqPerson.XIAO_MING).binding(), "bob"));
			assertThat(bound.json()).containsEntry("id", "1820000000000000001");
		}
	}

	/**
	 * A site with its own principal class.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class RouteSite {

		@Bean
		UserDetailsService users() {
			return Member::new;
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.oauth2Login(Customizer.withDefaults());
			http.csrf((csrf) -> csrf.disable());
			return http.build();
		}

	}

	/**
	 * An interface of the site's own classes.
	 */
	interface Identified {

		long getId();

	}

	/**
	 * The principal.
	 */
	static final class Member extends User implements OAuth2User, Identified {

		private static final long serialVersionUID = 1L;

		private final long id;

		Member(String name) {
			super(name, "{noop}" + name + "-password", AuthorityUtils.createAuthorityList("ROLE_USER"));
			this.id = name.equals("bob") ? LONG_ID : 42;
		}

		@Override
		public long getId() {
			return this.id;
		}

		@Override
		public Map<String, Object> getAttributes() {
			return Map.of();
		}

		@Override
		public String getName() {
			return getUsername();
		}

	}

}
