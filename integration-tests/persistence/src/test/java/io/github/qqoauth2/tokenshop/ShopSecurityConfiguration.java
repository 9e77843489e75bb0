package io.github.qqoauth2.tokenshop;

import java.time.Instant;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authentication.configuration.AuthenticationConfiguration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;

import io.github.qqoauth2.account.QqTokenIssuer;

/**
 * Configures a chain without sessions and form login that answers unauthenticated
 * requests with an envelope.
 */
@Configuration(proxyBeanMethods = false)
class ShopSecurityConfiguration {

	@Bean
	SecurityFilterChain chain(HttpSecurity http, ShopTokens tokens, ShopUserDetailsService users) throws Exception {
		return http.authorizeHttpRequests(
				(requests) -> requests.requestMatchers("/captcha", "/login").permitAll().anyRequest().authenticated())
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf((csrf) -> csrf.disable())
			.exceptionHandling((handling) -> handling.authenticationEntryPoint((request, response, failure) -> {
				response.setContentType("application/json;charset=UTF-8");
				response.getWriter().write("{\"code\":401,\"errmsg\":\"请先登录\"}");
			}))
			.addFilterBefore(new ShopTokenFilter(tokens, users), UsernamePasswordAuthenticationFilter.class)
			.oauth2Login(Customizer.withDefaults())
			.build();
	}

	@Bean
	QqTokenIssuer qqTokenIssuer(ShopTokens tokens) {
		return (authentication) -> new OAuth2AccessToken(OAuth2AccessToken.TokenType.BEARER,
				tokens.create(authentication.getName()), Instant.now(), Instant.now().plus(ShopTokens.LIFETIME));
	}

	@Bean
	AuthenticationManager authenticationManager(AuthenticationConfiguration configuration) throws Exception {
		return configuration.getAuthenticationManager();
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return new BCryptPasswordEncoder(4);
	}

}
