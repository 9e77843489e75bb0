package io.github.qqoauth2.conversation;

import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Minimal applications with the starter.
 */
public final class Site {

	private Site() {
	}

	/**
	 * User accounts and two pages, without a filter chain.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class WithoutChain {

		@Bean
		protected UserDetailsService users() {
			return new InMemoryUserDetailsManager(
					User.withUsername("alice").password("{noop}alice-password").roles("USER").build(),
					User.withUsername("bob").password("{noop}bob-password").roles("USER", "EDITOR").build(),
					User.withUsername("locked").password("{noop}pw").accountLocked(true).roles("USER").build(),
					User.withUsername("disabled").password("{noop}pw").disabled(true).roles("USER").build(),
					User.withUsername("expired").password("{noop}pw").accountExpired(true).roles("USER").build(),
					User.withUsername("stale").password("{noop}pw").credentialsExpired(true).roles("USER").build());
		}

		@Bean
		Pages pages() {
			return new Pages();
		}

		@Bean
		Events events() {
			return new Events();
		}

		@Bean
		Sessions sessions() {
			return new Sessions();
		}

	}

	/**
	 * Adds the most common kind of filter chain.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	public static class WithChain extends WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			http.rememberMe((rememberMe) -> rememberMe.key("conversation"));
			return http.build();
		}

	}

	/**
	 * Shows the current user.
	 */
	@RestController
	public static class Pages {

		@GetMapping({ "/", "/orders", "/orders/{id}" })
		String page(Principal principal) {
			Authentication authentication = (Authentication) principal;
			return authentication.getName() + " " + authentication.getClass().getSimpleName() + " "
					+ authentication.getAuthorities()
						.stream()
						.map((authority) -> String.valueOf(authority.getAuthority()))
						.filter((authority) -> authority.startsWith("ROLE_"))
						.sorted()
						.toList();
		}

	}

	/**
	 * Records authentication events.
	 */
	public static class Events {

		private final List<String> names = new CopyOnWriteArrayList<>();

		@EventListener
		void on(AbstractAuthenticationEvent event) {
			this.names.add(event.getClass().getSimpleName());
		}

		public void clear() {
			this.names.clear();
		}

		public List<String> names() {
			return List.copyOf(this.names);
		}

	}

	/**
	 * The sessions of the container.
	 */
	public static class Sessions implements HttpSessionListener {

		private final Set<HttpSession> sessions = ConcurrentHashMap.newKeySet();

		@Override
		public void sessionCreated(HttpSessionEvent event) {
			this.sessions.add(event.getSession());
		}

		@Override
		public void sessionDestroyed(HttpSessionEvent event) {
			this.sessions.remove(event.getSession());
		}

		public List<HttpSession> all() {
			return List.copyOf(this.sessions);
		}

		public HttpSession of(Browser browser) {
			return ofCookie(Objects.requireNonNull(browser.cookie("JSESSIONID")));
		}

		public HttpSession ofCookie(String value) {
			return this.sessions.stream().filter((session) -> session.getId().equals(value)).findFirst().orElseThrow();
		}

	}

}
