package io.github.qqoauth2.demo.login;

import javax.sql.DataSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.session.SessionRegistryImpl;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.logout.HttpStatusReturningLogoutSuccessHandler;
import org.springframework.security.web.authentication.rememberme.JdbcTokenRepositoryImpl;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;
import org.springframework.security.web.csrf.CsrfFilter;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.DelegatingRequestMatcherHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.session.HttpSessionEventPublisher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

import io.github.qqoauth2.demo.guard.GuardFilter;
import io.github.qqoauth2.demo.spa.SpaAnswers;
import io.github.qqoauth2.demo.spa.SpaRequest;

/**
 * The filter chain of the pages, and of the single page's logins by cookie. All that QQ
 * needs of it is {@code oauth2Login}; everything else would be the same without QQ.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	/**
	 * No form-action: browsers apply it to the redirect that follows a form.
	 */
	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; "
			+ "img-src 'self' https://*.qlogo.cn; base-uri 'none'; frame-ancestors 'none'";

	private static final String WITH_SCRIPT = CONTENT_SECURITY_POLICY + "; script-src 'self'; connect-src 'self'";

	/** The two that count down to the next code, and the single page. */
	private static final RequestMatcher SCRIPT_PAGES = new OrRequestMatcher(
			PathPatternRequestMatcher.pathPattern("/bind"),
			PathPatternRequestMatcher.pathPattern("/password/forgotten"),
			PathPatternRequestMatcher.pathPattern("/app/**"));

	static final String[] PUBLIC = { "/", "/books/*", "/login", "/login/by-qq", "/login/qq/bind", "/bind", "/bind/code",
			"/password/forgotten/**", "/password/new", "/outbox", "/captcha.png", "/assets/**", "/app/**",
			"/webjars/vue/**", "/error" };

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http, PersistentTokenRepository rememberMeTokens,
			SessionRegistry sessions, GuardFilter guard, SpaAnswers answers, LoginAnswers login) {
		return http
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers(PUBLIC).permitAll().anyRequest().authenticated())
			.formLogin((form) -> form.loginPage("/login")
				.successHandler(new NextPageSuccessHandler(answers))
				.failureHandler(login))
			.oauth2Login((qq) -> qq.loginPage("/login"))
			.rememberMe((remember) -> remember.tokenRepository(rememberMeTokens))
			// changes nothing: the same as following the link that it redirects to
			.csrf((csrf) -> csrf.spa().ignoringRequestMatchers("/login/by-qq"))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(login))
			.addFilterAfter(guard, CsrfFilter.class)
			.sessionManagement((management) -> management.maximumSessions(-1)
				.sessionRegistry(sessions)
				.expiredSessionStrategy(login))
			.logout((logout) -> logout.logoutSuccessUrl("/login?logout")
				.defaultLogoutSuccessHandlerFor(new HttpStatusReturningLogoutSuccessHandler(HttpStatus.NO_CONTENT),
						SpaRequest::is))
			.headers(SecurityConfiguration::headers)
			.build();
	}

	static void headers(HeadersConfigurer<HttpSecurity> headers) {
		headers.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicyHeaderWriter.ReferrerPolicy.SAME_ORIGIN))
			.addHeaderWriter(contentSecurityPolicy(SCRIPT_PAGES, WITH_SCRIPT))
			.addHeaderWriter(contentSecurityPolicy(new NegatedRequestMatcher(SCRIPT_PAGES), CONTENT_SECURITY_POLICY));
	}

	private static HeaderWriter contentSecurityPolicy(RequestMatcher pages, String policy) {
		return new DelegatingRequestMatcherHeaderWriter(pages, new ContentSecurityPolicyHeaderWriter(policy));
	}

	/**
	 * Random series and tokens in the database: no key to keep, and a restart forgets
	 * nobody.
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
	 * Who is signed in where, so that unlinking and a new password can end it.
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
