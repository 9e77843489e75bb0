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
 * At a site without sessions, the ticket names the account to link. No code of the
 * application sees that account as signed in during the callback.
 */
class LinkWithoutSessionIT extends AbstractFrontEndVisit {

	private static final Application site = Application.with(qq)
		.source(RecordingSite.class)
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
		this.application.bean(Recorder.class).drain();
		return this.frontEnd.post(FrontEnd.CALLBACK, parameters);
	}

	private List<String> recorded() {
		return this.application.bean(Recorder.class).drain();
	}

	@Test
	void linkWhenUnboundThenNoAuthentication() {
		FrontEnd.Answer answer = callback(QqPerson.XIAO_MING);
		assertThat(answer.json()).containsKey("pending");
		assertThat(recorded()).containsExactly("before: none", "before, done: none");
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	void linkWhenBoundToCurrentAccountThenNoAuthentication() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		FrontEnd.Answer answer = callback(QqPerson.XIAO_MING);
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.text("username")).isEqualTo("alice");
		assertThat(recorded()).contains("loading alice: none", "before, done: none")
			.allMatch((line) -> line.endsWith(": none"));
	}

	@Test
	void linkWhenBoundToOtherAccountThenNoAuthentication() {
		givenBinding(QqPerson.XIAO_MING, "bob");
		assertProblem(callback(QqPerson.XIAO_MING), 409, "other-account");
		assertThat(recorded()).containsExactly("before: none", "loading bob: none", "REFUSED alice: none",
				"before, done: none");
	}

	/**
	 * Records the security context that code of the application sees during the callback.
	 */
	static class Recorder {

		private final List<String> lines = new CopyOnWriteArrayList<>();

		void record(String place) {
			Object authentication = SecurityContextHolder.getContext().getAuthentication();
			this.lines.add(place + ": " + ((authentication != null) ? authentication : "none"));
		}

		List<String> drain() {
			List<String> drained = new ArrayList<>(this.lines);
			this.lines.clear();
			return drained;
		}

		@EventListener
		void on(QqAccountEvent event) {
			record(event.kind() + " " + event.account());
		}

	}

	/**
	 * Records before and after the rest of the chain, only for the callback.
	 */
	private static final class RecordingFilter extends OncePerRequestFilter {

		private final Recorder recorder;

		private final String place;

		RecordingFilter(Recorder recorder, String place) {
			this.recorder = recorder;
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
			this.recorder.record(this.place);
			chain.doFilter(request, response);
			this.recorder.record(this.place + ", done");
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class RecordingSite extends TokenSite {

		private final Recorder recorder = new Recorder();

		@Bean
		@Override
		protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
			http.addFilterBefore(new RecordingFilter(this.recorder, "before"), OAuth2LoginAuthenticationFilter.class);
			http.addFilterAfter(new RecordingFilter(this.recorder, "after"), OAuth2LoginAuthenticationFilter.class);
			return super.chain(http, sessions);
		}

		@Bean
		Recorder recorder() {
			return this.recorder;
		}

		@Bean
		QqAccountLoader loader(UserDetailsService users) {
			QqAccountLoader loader = QqAccountLoader.from(users);
			return (account) -> {
				this.recorder.record("loading " + account);
				return loader.loadAccount(account);
			};
		}

	}

}
