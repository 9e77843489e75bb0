package io.github.qqoauth2.conversation.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authentication.event.AbstractAuthenticationEvent;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Other logins of the site: which of them bind a pending binding, and what the bind form
 * has in common with them.
 */
class NextLoginIT {

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = Application.with(qq).source(ManyLogins.class).start();

	private final Visit visit = new Visit(application, qq);

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	@BeforeEach
	void reset() {
		application.jdbc().sql("delete from qq_account_binding").update();
		application.bean(Details.class).events.clear();
		qq.reset();
	}

	/**
	 * Users without a {@code UserDetailsService}, as of a directory: a later QQ login
	 * could not load the account.
	 */
	@Test
	void confirmationWhenAccountCannotBeLoadedThenNotBound() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.login("guest", "guest-password");
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(this.visit.browser().submit(confirmation, "account/qq", Map.of()).location())
			.isEqualTo("/login/qq/error");
		Browser.Page error = this.visit.browser().get("login/qq/error");
		assertThat(error.status()).isEqualTo(503);
		assertThat(error.body()).contains("The site could not finish the sign-in.", "Error id ");
		assertThat(application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-31")
	void bindThenEventsAndDetailsEqualFormLogin() {
		for (String password : List.of("wrong", "alice-password")) {
			Visit byForm = new Visit(application, qq);
			byForm.login("alice", password);
			List<String> form = application.bean(Details.class).drain();
			Visit byBindPage = new Visit(application, qq);
			byBindPage.qqLogin(QqPerson.XIAO_MING);
			application.bean(Details.class).drain();
			byBindPage.bind("alice", password);
			assertThat(application.bean(Details.class).drain()).isEqualTo(form).isNotEmpty();
		}
	}

	/**
	 * Records the details of authentication events, which rate limits of applications
	 * use.
	 */
	static class Details {

		final List<String> events = new CopyOnWriteArrayList<>();

		@EventListener
		void on(AbstractAuthenticationEvent event) {
			WebAuthenticationDetails details = (WebAuthenticationDetails) Objects
				.requireNonNull(event.getAuthentication().getDetails());
			this.events.add(event.getClass().getSimpleName().replace("InteractiveAuthenticationSuccessEvent", "Success")
					+ " " + event.getAuthentication().getName() + " " + details.getRemoteAddress() + " "
					+ (details.getSessionId() != null));
		}

		List<String> drain() {
			List<String> drained = new ArrayList<>(this.events);
			this.events.clear();
			return drained;
		}

	}

	/**
	 * Authenticates a guest that no user store has.
	 */
	static class Guests implements AuthenticationProvider {

		@Override
		public @Nullable Authentication authenticate(Authentication authentication) {
			return authentication.getName().equals("guest") ? UsernamePasswordAuthenticationToken.authenticated("guest",
					null, AuthorityUtils.createAuthorityList("ROLE_GUEST")) : null;
		}

		@Override
		public boolean supports(Class<?> authentication) {
			return authentication == UsernamePasswordAuthenticationToken.class;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ManyLogins extends Site.WithoutChain {

		@Bean
		Details details() {
			return new Details();
		}

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			http.authenticationProvider(new Guests());
			return http.build();
		}

	}

}
