package io.github.qqoauth2.demo.login;

import javax.sql.DataSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.authentication.rememberme.JdbcTokenRepositoryImpl;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.session.HttpSessionEventPublisher;

import io.github.qqoauth2.demo.guard.GuardFilter;
import io.github.qqoauth2.demo.spa.SpaRequest;
import io.github.qqoauth2.demo.spa.SpaResponseWriter;

/**
 * The filter chain of the pages and of the single-page app's logins by cookie. QQ login
 * needs only {@code oauth2Login}; the rest is independent of QQ.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	static final String[] PUBLIC = { "/", "/books/*", "/login", "/login/by-qq", "/login/qq/bind", "/bind", "/bind/code",
			"/password/forgotten/**", "/password/new", "/outbox", "/captcha.png", "/assets/**", "/app/**",
			"/webjars/vue/**", "/terms", "/privacy", "/error" };

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http, PersistentTokenRepository rememberMeTokens,
			SessionRegistry sessions, GuardFilter guard, SpaResponseWriter responses, LoginResponseHandler login,
			PageHeaders pageHeaders) {
		return http
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers(PUBLIC).permitAll().anyRequest().authenticated())
			.formLogin((form) -> form.loginPage("/login")
				.successHandler(new NextPageSuccessHandler(responses))
				.failureHandler(login))
			.oauth2Login((qq) -> qq.loginPage("/login"))
			.rememberMe((remember) -> remember.tokenRepository(rememberMeTokens))
			// safe without a token: equivalent to following the link it redirects to
			.csrf((csrf) -> csrf.spa().ignoringRequestMatchers("/login/by-qq"))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(login))
			.addFilterAfter(guard, CsrfFilter.class)
			.sessionManagement((management) -> management.maximumSessions(-1)
				.sessionRegistry(sessions)
				.expiredSessionStrategy(login))
			.logout((logout) -> logout.logoutSuccessUrl("/login?logout")
				.defaultLogoutSuccessHandlerFor(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT),
						SpaRequest::matches))
			.headers(pageHeaders::addTo)
			.build();
	}

	/**
	 * Stores random series and tokens in the database. There is no key to manage, and
	 * remember-me logins survive a restart.
	 */
	@Bean
	PersistentTokenRepository rememberMeTokens(DataSource dataSource) {
		JdbcTokenRepositoryImpl tokens = new JdbcTokenRepositoryImpl();
		tokens.setDataSource(dataSource);
		return tokens;
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return new BCryptPasswordEncoder();
	}

	/**
	 * Registers the sessions of each account, so that unlinking and a new password can
	 * expire them.
	 */
	@Bean
	@Profile("!redis")
	SessionRegistry sessionRegistry() {
		return new SessionRegistryImpl();
	}

	@Bean
	HttpSessionEventPublisher httpSessionEventPublisher() {
		return new HttpSessionEventPublisher();
	}

}
