package io.github.qqoauth2.demo.login;

import javax.sql.DataSource;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.rememberme.JdbcTokenRepositoryImpl;
import org.springframework.security.web.authentication.rememberme.PersistentTokenRepository;

/**
 * The filter chain. All that QQ needs of it is {@code oauth2Login}; everything else would
 * be the same without QQ.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	/**
	 * No form-action: browsers apply it to the redirect that follows a form.
	 */
	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'self'; "
			+ "img-src 'self' https://*.qlogo.cn; base-uri 'none'; frame-ancestors 'none'";

	@Bean
	SecurityFilterChain securityFilterChain(HttpSecurity http, PersistentTokenRepository rememberMeTokens) {
		return http
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/", "/books/*", "/login", "/assets/**", "/error")
						.permitAll()
						.anyRequest()
						.authenticated())
			.formLogin((form) -> form.loginPage("/login")
				.successHandler(new NextPageSuccessHandler())
				.failureHandler(new PasswordFailureHandler()))
			.oauth2Login((qq) -> qq.loginPage("/login"))
			.rememberMe((remember) -> remember.tokenRepository(rememberMeTokens))
			.logout((logout) -> logout.logoutSuccessUrl("/login?logout"))
			.headers((headers) -> headers
				.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_SECURITY_POLICY)))
			.build();
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

}
