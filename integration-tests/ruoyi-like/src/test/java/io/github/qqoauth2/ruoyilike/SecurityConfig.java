package io.github.qqoauth2.ruoyilike;

import java.util.Set;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;

/**
 * The filter chain, which has no sessions.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfig {

	@Bean
	SecurityFilterChain filterChain(HttpSecurity http, JwtAuthenticationFilter tokens, AuthenticationManager manager,
			@Value("${test.password-manager:true}") boolean passwordManager) throws Exception {
		if (passwordManager) {
			http.authenticationManager(new PasswordManager(manager));
		}
		return http
			.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/login").permitAll().anyRequest().authenticated())
			.sessionManagement((session) -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf((csrf) -> csrf.disable())
			.exceptionHandling((handling) -> handling.authenticationEntryPoint((request, response, failure) -> {
				response.setContentType("application/json;charset=UTF-8");
				response.getWriter().write("{\"code\":401,\"msg\":\"请先登录\",\"data\":null}");
			}))
			.addFilterBefore(tokens, UsernamePasswordAuthenticationFilter.class)
			.oauth2Login(Customizer.withDefaults())
			.build();
	}

	/**
	 * Spring Security 7 fails for users without authorities, hence the mapper.
	 */
	@Bean
	AuthenticationManager authenticationManager(UserDetailsService users, PasswordEncoder encoder) {
		DaoAuthenticationProvider provider = new DaoAuthenticationProvider(users);
		provider.setPasswordEncoder(encoder);
		provider.setAuthoritiesMapper((authorities) -> (authorities != null) ? authorities : Set.of());
		return new ProviderManager(provider);
	}

	@Bean
	PasswordEncoder passwordEncoder() {
		return new BCryptPasswordEncoder(4);
	}

	/** The filter is part of the chain only. */
	@Bean
	FilterRegistrationBean<JwtAuthenticationFilter> tokenFilterRegistration(JwtAuthenticationFilter filter) {
		FilterRegistrationBean<JwtAuthenticationFilter> registration = new FilterRegistrationBean<>(filter);
		registration.setEnabled(false);
		return registration;
	}

}
