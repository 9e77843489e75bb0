package io.github.qqoauth2.conversation.frontend;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.authentication.configuration.AuthenticationConfiguration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.conversation.RegisteringSite;

/**
 * A site with sessions and a separate front end, which reads the CSRF token from a cookie
 * and logs in by JSON.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class FrontEndSite extends RegisteringSite {

	@Bean
	@Override
	protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
		CsrfTokenRequestAttributeHandler csrf = new CsrfTokenRequestAttributeHandler();
		csrf.setCsrfRequestAttributeName(null);
		http.authorizeHttpRequests((requests) -> requests.requestMatchers("/api/login", "/error")
			.permitAll()
			.requestMatchers("/account/**")
			.hasRole("USER")
			.anyRequest()
			.authenticated());
		http.formLogin(Customizer.withDefaults());
		http.oauth2Login(Customizer.withDefaults());
		http.rememberMe((rememberMe) -> rememberMe.key("conversation"));
		http.csrf((protection) -> protection.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
			.csrfTokenRequestHandler(csrf));
		http.sessionManagement((management) -> management.maximumSessions(9).sessionRegistry(sessions));
		return http.build();
	}

	/**
	 * The site's own login, by password.
	 */
	@RestController
	public static class PasswordLogin {

		private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

		private final AuthenticationManager authenticationManager;

		PasswordLogin(AuthenticationConfiguration configuration) throws Exception {
			this.authenticationManager = configuration.getAuthenticationManager();
		}

		@PostMapping("/api/login")
		Map<String, Object> login(@RequestBody Map<String, String> proof, HttpServletRequest request,
				HttpServletResponse response) {
			SecurityContext context = SecurityContextHolder.createEmptyContext();
			context.setAuthentication(this.authenticationManager.authenticate(
					UsernamePasswordAuthenticationToken.unauthenticated(proof.get("username"), proof.get("password"))));
			request.getSession();
			request.changeSessionId();
			this.contexts.saveContext(context, request, response);
			return Map.of("username", String.valueOf(proof.get("username")));
		}

	}

}
