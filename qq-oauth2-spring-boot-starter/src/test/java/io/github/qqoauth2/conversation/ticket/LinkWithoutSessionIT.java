package io.github.qqoauth2.conversation.ticket;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.web.OAuth2LoginAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.filter.OncePerRequestFilter;

import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.frontend.AbstractFrontEndVisit;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * At a site without sessions the ticket names the account that links a QQ. That account
 * is not signed in at the callback, for any code of the application.
 */
class LinkWithoutSessionIT extends AbstractFrontEndVisit {

	private static final Application site = Application.with(qq)
		.source(WatchedSite.class)
		.property("qq.oauth2.ticket-key", TokenSite.KEY)
		.start();

	LinkWithoutSessionIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	private FrontEnd.Answer callback(QqPerson person) {
		signIn("alice");
		FrontEnd.Answer started = this.frontEnd.post(FrontEnd.ACCOUNT + "/link", Map.of("next", "/orders"));
		Map<String, String> parameters = FrontEnd.parameters(qq.approve(FrontEnd.authorizationUrl(started), person));
		this.application.bean(Watch.class).drain();
		return this.frontEnd.post(FrontEnd.CALLBACK, parameters);
	}

	private List<String> seen() {
		return this.application.bean(Watch.class).drain();
	}

	@Test
	void linkWhenQqIsNewThenNoAuthenticationIsSeen() {
		FrontEnd.Answer answer = callback(QqPerson.XIAO_MING);
		assertThat(answer.json()).containsKey("pending");
		assertThat(seen()).containsExactly("before: none", "before, done: none");
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	void linkWhenQqIsTheirsThenNoAuthenticationIsSeen() {
		bound(QqPerson.XIAO_MING, "alice");
		FrontEnd.Answer answer = callback(QqPerson.XIAO_MING);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.text("username")).isEqualTo("alice");
		assertThat(seen()).contains("loading alice: none", "before, done: none")
			.allMatch((line) -> line.endsWith(": none"));
	}

	@Test
	void linkWhenQqIsOfAnotherAccountThenNoAuthenticationIsSeen() {
		bound(QqPerson.XIAO_MING, "bob");
		isProblem(callback(QqPerson.XIAO_MING), 409, "other-account");
		assertThat(seen()).containsExactly("before: none", "loading bob: none", "REFUSED alice: none",
				"before, done: none");
	}

	/**
	 * What the code of the application finds in the security context at the callback.
	 */
	static class Watch {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		void look(String from) {
			Object authentication = SecurityContextHolder.getContext().getAuthentication();
			this.lines.add(from + ": " + ((authentication != null) ? authentication : "none"));
		}

		List<String> drain() {
			List<String> drained = new ArrayList<>(this.lines);
			this.lines.clear();
			return drained;
		}

		@EventListener
		void on(QqAccountEvent event) {
			look(event.kind() + " " + event.account());
		}

	}

	/**
	 * Looks before and after what lies behind it, at the callback only.
	 */
	private static final class WatchingFilter extends OncePerRequestFilter {

		private final Watch watch;

		private final String place;

		WatchingFilter(Watch watch, String place) {
			this.watch = watch;
			this.place = place;
		}

		@Override
		protected String getAlreadyFilteredAttributeName() {
			return this.place;
		}

		@Override
		protected boolean shouldNotFilter(HttpServletRequest request) {
			return !request.getRequestURI().endsWith(FrontEnd.CALLBACK);
		}

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			this.watch.look(this.place);
			chain.doFilter(request, response);
			this.watch.look(this.place + ", done");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class WatchedSite extends TokenSite {

		private final Watch watch = new Watch();

		@Bean
		@Override
		protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
			http.addFilterBefore(new WatchingFilter(this.watch, "before"), OAuth2LoginAuthenticationFilter.class);
			http.addFilterAfter(new WatchingFilter(this.watch, "after"), OAuth2LoginAuthenticationFilter.class);
			return super.chain(http, sessions);
		}

		@Bean
		Watch watch() {
			return this.watch;
		}

		@Bean
		QqAccountLoader loader(UserDetailsService users) {
			QqAccountLoader loader = QqAccountLoader.from(users);
			return (account) -> {
				this.watch.look("loading " + account);
				return loader.loadAccount(account);
			};
		}

	}

}
