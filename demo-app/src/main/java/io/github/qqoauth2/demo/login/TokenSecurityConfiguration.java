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
 * The filter chain of the single-page app's logins by token. Without sessions, the
 * starter stores login data in encrypted cookies.
 */
@Configuration(proxyBeanMethods = false)
class TokenSecurityConfiguration {

	@Bean
	@Order(1)
	SecurityFilterChain tokenSecurityFilterChain(HttpSecurity http, GuardFilter guard, LoginResponseHandler responses,
			TokenSuccessHandler success, TokenAccountConverter accounts, PageHeaders pageHeaders) {
		return http.securityMatcher(SpaRequest::wantsToken)
			.authorizeHttpRequests((requests) -> requests.requestMatchers(SecurityConfiguration.PUBLIC)
				.permitAll()
				.anyRequest()
				.authenticated())
			.sessionManagement((management) -> management.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			// no cookie authenticates a request, and other sites cannot send the header
			// that selects this chain
			.csrf(AbstractHttpConfigurer::disable)
			.formLogin((form) -> form.loginPage("/login").successHandler(success).failureHandler(responses))
			.oauth2Login((qq) -> qq.loginPage("/login"))
			.oauth2ResourceServer((server) -> server.jwt((jwt) -> jwt.jwtAuthenticationConverter(accounts)))
			.addFilterAfter(guard, CsrfFilter.class)
			.logout(AbstractHttpConfigurer::disable)
			.headers(pageHeaders::addTo)
			.build();
	}

}
