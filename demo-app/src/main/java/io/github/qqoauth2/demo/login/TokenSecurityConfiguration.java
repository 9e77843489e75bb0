package io.github.qqoauth2.demo.login;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CsrfFilter;

import io.github.qqoauth2.demo.guard.GuardFilter;
import io.github.qqoauth2.demo.spa.SpaRequest;

/**
 * The chain of the single page's logins by token. Without sessions the starter keeps what
 * a login needs in between in encrypted cookies.
 */
@Configuration(proxyBeanMethods = false)
class TokenSecurityConfiguration {

	@Bean
	@Order(1)
	SecurityFilterChain tokenSecurityFilterChain(HttpSecurity http, GuardFilter guard, LoginAnswers answers,
			TokenSuccessHandler success, TokenAccounts accounts) {
		return http.securityMatcher(SpaRequest::wantsToken)
			.authorizeHttpRequests((requests) -> requests.requestMatchers(SecurityConfiguration.PUBLIC)
				.permitAll()
				.anyRequest()
				.authenticated())
			.sessionManagement((management) -> management.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			// no cookie signs anybody in, and no other site can send the header of this
			// chain
			.csrf(AbstractHttpConfigurer::disable)
			.formLogin((form) -> form.loginPage("/login").successHandler(success).failureHandler(answers))
			.oauth2Login((qq) -> qq.loginPage("/login"))
			.oauth2ResourceServer((server) -> server.jwt((jwt) -> jwt.jwtAuthenticationConverter(accounts)))
			.addFilterAfter(guard, CsrfFilter.class)
			.logout(AbstractHttpConfigurer::disable)
			.headers(SecurityConfiguration::headers)
			.build();
	}

}
