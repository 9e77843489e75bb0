package io.github.qqoauth2.conversation.ticket;

import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authentication.builders.AuthenticationManagerBuilder;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;

import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.account.QqTokenIssuer;
import io.github.qqoauth2.bind.QqLogin;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A site with constructor injection, whose login controller issues the tokens and needs
 * {@link QqLogin}: the recipe of the README starts and works.
 */
class ConstructorInjectionIT {

	private static final QqSimulator qq = QqSimulator.start();

	@AfterAll
	static void stop() {
		qq.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { IssuerFirst.class, ControllerFirst.class, AllBeans.class })
	void recipeWhenBeansNeedEachOtherThenStartsAndWorks(Class<?> site) {
		try (Application application = Application.with(qq)
			.source(site)
			.property("qq.oauth2.ticket-key", TokenSite.KEY)
			.property("qq.oauth2.bind-page", "/login")
			.start()) {
			Browser browser = application.browser().header("Accept", "application/json");
			assertThat(callback(browser).status()).isEqualTo(401);
			Browser.Page login = browser.post("api/authenticate", "application/json",
					"{\"username\":\"alice\",\"password\":\"alice-password\"}");
			browser.header("Authorization", "Bearer " + member(login, "id_token"));
			Browser.Page question = browser.get("account/qq");
			assertThat(question.body()).contains("\"proofRequired\":false");
			Browser.Page confirmed = browser.post("account/qq", "application/json",
					"{\"binding\":\"" + member(question, "binding") + "\"}");
			assertThat(confirmed.status()).isEqualTo(200);
			assertThat(application.bindings()).containsOnlyKeys("alice");
			Browser other = application.browser().header("Accept", "application/json");
			other.header("Authorization", "Bearer " + member(callback(other), "accessToken"));
			assertThat(other.get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");
		}
	}

	/**
	 * Logs in by QQ as a front end does.
	 */
	private static Browser.Page callback(Browser browser) {
		String url = member(browser.get("oauth2/authorization/qq"), "authorizationUrl").replace("\\/", "/");
		String query = qq.approve(URI.create(url), QqPerson.XIAO_MING).getRawQuery();
		return browser.post("login/oauth2/code/qq", "application/json",
				"{\"" + query.replace("=", "\":\"").replace("&", "\",\"") + "\"}");
	}

	private static String member(Browser.Page page, String name) {
		assertThat(page.body()).contains("\"" + name + "\":\"");
		return page.body().replaceFirst("(?s).*\"" + name + "\":\"([^\"]*)\".*", "$1");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Issuer.class, LoginController.class })
	static class IssuerFirst extends Security {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ LoginController.class, Issuer.class })
	static class ControllerFirst extends Security {

	}

	/**
	 * Every bean that the starter calls needs the login controller.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ LoginController.class, Issuer.class, Registrar.class, Loader.class })
	static class AllBeans extends Security {

	}

	abstract static class Security extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http, LoginController tokens) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/api/authenticate")
				.permitAll()
				.anyRequest()
				.authenticated());
			http.csrf((csrf) -> csrf.disable());
			http.sessionManagement((sessions) -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
			http.addFilterBefore(new TokenFilter(tokens), UsernamePasswordAuthenticationFilter.class);
			http.oauth2Login(Customizer.withDefaults());
			return http.build();
		}

	}

	@RestController
	static class LoginController {

		private final AuthenticationManagerBuilder authenticationManagerBuilder;

		private final QqLogin qqLogin;

		private final Map<String, Authentication> tokens = new ConcurrentHashMap<>();

		LoginController(AuthenticationManagerBuilder authenticationManagerBuilder, QqLogin qqLogin) {
			this.authenticationManagerBuilder = authenticationManagerBuilder;
			this.qqLogin = qqLogin;
		}

		@PostMapping("/api/authenticate")
		Map<String, String> authenticate(@RequestBody Map<String, String> body, HttpServletRequest request,
				HttpServletResponse response) {
			Authentication authentication = this.authenticationManagerBuilder.getObject()
				.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(body.get("username"),
						body.get("password")));
			this.qqLogin.accountProved(request, response, authentication.getName());
			return Map.of("id_token", createToken(authentication));
		}

		String createToken(Authentication authentication) {
			String token = UUID.randomUUID().toString();
			this.tokens.put(token, UsernamePasswordAuthenticationToken.authenticated(authentication.getName(), null,
					AuthorityUtils.createAuthorityList("ROLE_USER")));
			return token;
		}

		@Nullable Authentication authentication(String token) {
			return this.tokens.get(token);
		}

	}

	static class Issuer implements QqTokenIssuer {

		private final LoginController login;

		Issuer(LoginController login) {
			this.login = login;
		}

		@Override
		public OAuth2AccessToken issue(Authentication authentication) {
			return new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER, this.login.createToken(authentication),
					Instant.now(), Instant.now().plusSeconds(900));
		}

	}

	static class Registrar implements QqAccountRegistrar {

		private final LoginController login;

		Registrar(LoginController login) {
			this.login = login;
		}

		@Override
		public UserDetails register(QqRegistration registration) {
			throw new IllegalStateException(this.login.toString());
		}

	}

	static class Loader implements QqAccountLoader {

		private final UserDetailsService users;

		Loader(UserDetailsService users, LoginController login) {
			this.users = users;
			assertThat(login).isNotNull();
		}

		@Override
		public @Nullable UserDetails loadAccount(String account) {
			return this.users.loadUserByUsername(account);
		}

	}

	static class TokenFilter extends OncePerRequestFilter {

		private final LoginController login;

		TokenFilter(LoginController login) {
			this.login = login;
		}

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
				throws ServletException, IOException {
			String header = request.getHeader("Authorization");
			if (header != null) {
				SecurityContextHolder.getContext()
					.setAuthentication(this.login.authentication(header.substring("Bearer ".length())));
			}
			filters.doFilter(request, response);
		}

	}

}
