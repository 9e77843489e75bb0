package io.github.qqoauth2.conversation.frontend;

import java.util.List;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.userdetails.UserDetailsByNameServiceWrapper;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationProvider;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;
import org.springframework.security.web.authentication.preauth.RequestHeaderAuthenticationFilter;
import org.springframework.security.web.authentication.switchuser.SwitchUserFilter;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/**
 * A site whose users can be signed in in every way that a session may have.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class ProofSite extends FrontEndSite {

	@Bean
	@Override
	protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
		UserDetailsService users = http.getSharedObject(ApplicationContext.class).getBean(UserDetailsService.class);
		CsrfTokenRequestAttributeHandler csrf = new CsrfTokenRequestAttributeHandler();
		csrf.setCsrfRequestAttributeName(null);
		http.authorizeHttpRequests((
				requests) -> requests.requestMatchers("/api/login", "/error").permitAll().anyRequest().authenticated());
		http.formLogin(Customizer.withDefaults());
		http.oauth2Login(Customizer.withDefaults());
		http.rememberMe((rememberMe) -> rememberMe.key("conversation"));
		http.csrf((protection) -> protection.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
			.csrfTokenRequestHandler(csrf));
		http.addFilter(switchUser(users));
		http.addFilter(requestHeader(users));
		return http.build();
	}

	private static SwitchUserFilter switchUser(UserDetailsService users) {
		SwitchUserFilter filter = new SwitchUserFilter();
		filter.setUserDetailsService(users);
		filter.setSwitchUserMatcher((request) -> request.getServletPath().equals("/switch"));
		filter.setSecurityContextRepository(new HttpSessionSecurityContextRepository());
		filter.setSuccessHandler(new SimpleUrlAuthenticationSuccessHandler("/"));
		return filter;
	}

	private static RequestHeaderAuthenticationFilter requestHeader(UserDetailsService users) {
		PreAuthenticatedAuthenticationProvider provider = new PreAuthenticatedAuthenticationProvider();
		provider.setPreAuthenticatedUserDetailsService(
				new UserDetailsByNameServiceWrapper<PreAuthenticatedAuthenticationToken>(users));
		RequestHeaderAuthenticationFilter filter = new RequestHeaderAuthenticationFilter();
		filter.setPrincipalRequestHeader("X-User");
		filter.setExceptionIfHeaderMissing(false);
		filter.setAuthenticationManager(new ProviderManager(List.of(provider)));
		return filter;
	}

}
