package io.github.qqoauth2.conversation.binding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.authentication.InternalAuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each pending binding has five password attempts, counted across concurrent requests.
 */
@Tag("T-31")
class PasswordTriesIT {

	private static final int POSTS = 32;

	private static final String PASSWORD = "alice-password";

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = Application.with(qq)
		.source(Site.WithChain.class, Slow.class)
		.start();

	private final Visit visit = new Visit(application, qq);

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	@BeforeEach
	void reset() {
		application.jdbc().sql("delete from qq_account_binding").update();
		application.resetClock();
		checks().set(0);
		application.bean(Passwords.class).addresses.clear();
	}

	private static AtomicInteger checks() {
		return application.bean(Passwords.class).checks;
	}

	private Browser.Page bindPage() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		return this.visit.browser().get("login/qq/bind");
	}

	private List<Browser.Page> postConcurrently(Browser.Page page, String path, List<String> passwords)
			throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(passwords.size());
		CyclicBarrier together = new CyclicBarrier(passwords.size());
		try {
			List<Future<Browser.Page>> answers = new ArrayList<>();
			for (String password : passwords) {
				Browser tab = application.browser();
				this.visit.browser().cookies().forEach(tab::cookie);
				answers.add(threads.submit(() -> {
					together.await();
					return tab.submit(page, path, Map.of("username", "alice", "password", password));
				}));
			}
			List<Browser.Page> pages = new ArrayList<>();
			for (Future<Browser.Page> answer : answers) {
				pages.add(answer.get());
			}
			return pages;
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void bindWhenConcurrentWrongPasswordsThenFiveAreChecked() throws Exception {
		Browser.Page page = bindPage();
		List<Browser.Page> answers = postConcurrently(page, "login/qq/bind", Collections.nCopies(POSTS, "wrong"));
		assertThat(checks()).hasValue(5);
		assertThat(answers).allMatch((answer) -> answer.status() == 302 || answer.status() == 410);
		Browser.Page sixth = this.visit.browser()
			.submit(page, "login/qq/bind", Map.of("username", "alice", "password", PASSWORD));
		assertThat(sixth.status() == 410 || "/login/qq/error".equals(sixth.location())).isTrue();
		assertThat(this.visit.browser().get("login/qq/bind").status()).isEqualTo(410);
		assertThat(checks()).hasValue(5);
		assertThat(application.bindings()).isEmpty();
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
	}

	@Test
	void bindWhenRightPasswordAmongFiveConcurrentThenBound() throws Exception {
		Browser.Page page = bindPage();
		List<Browser.Page> answers = postConcurrently(page, "login/qq/bind", List.of("a", "b", PASSWORD, "c", "d"));
		assertThat(checks()).hasValue(5);
		assertThat(answers.get(2).location()).isEqualTo("/");
		assertThat(application.bindings()).containsOnlyKeys("alice");
	}

	@Test
	void bindWhenSixthPasswordIsRightThenNotChecked() {
		Browser.Page page = bindPage();
		for (int i = 0; i < 5; i++) {
			this.visit.bind("alice", "wrong");
		}
		assertThat(this.visit.browser()
			.submit(page, "login/qq/bind", Map.of("username", "alice", "password", PASSWORD))
			.status()).isEqualTo(410);
		assertThat(checks()).hasValue(5);
		assertThat(application.bindings()).isEmpty();
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
	}

	@Test
	void bindWhenQqLoginIsRepeatedThenFiveNewAttempts() {
		Browser.Page page = bindPage();
		for (int i = 0; i < 5; i++) {
			this.visit.bind("alice", "wrong");
		}
		assertThat(bindPage().hiddenFields().get("binding")).isNotEqualTo(page.hiddenFields().get("binding"));
		assertThat(this.visit.bind("alice", PASSWORD).location()).startsWith("/");
		assertThat(application.bindings()).containsOnlyKeys("alice");
	}

	@Test
	void bindWhenFailureIsNotOfThePasswordThenNoAttemptIsUsed() {
		bindPage();
		for (int i = 0; i < 6; i++) {
			assertThat(this.visit.bind("unreachable", "pw").location()).isEqualTo("/login/qq/error");
		}
		assertThat(this.visit.bind("alice", PASSWORD).location()).isEqualTo("/");
	}

	@Test
	void bindWhenOtherIdentityIsPendingThenItsOwnAttempts() throws Exception {
		Browser.Page page = bindPage();
		ExecutorService other = Executors.newSingleThreadExecutor();
		try {
			Future<Browser.Page> answer = other
				.submit(() -> this.visit.browser().submit(page, "login/qq/bind", form("alice", "wrong")));
			while (checks().get() == 0) {
				Thread.sleep(10);
			}
			Browser tab = application.browser();
			this.visit.browser().cookies().forEach(tab::cookie);
			new Visit(tab, qq).qqLogin(QqPerson.PANDA);
			tab.cookies().forEach(this.visit.browser()::cookie);
			assertThat(answer.get().status()).isEqualTo(410);
			for (int i = 0; i < 4; i++) {
				assertThat(this.visit.bind("alice", "wrong").location()).isEqualTo("/login/qq/bind");
			}
			assertThat(this.visit.bind("alice", PASSWORD).location()).isEqualTo("/");
		}
		finally {
			other.shutdownNow();
		}
	}

	@Test
	void confirmationWhenConcurrentWrongPasswordsThenFiveAreChecked() throws Exception {
		this.visit.login("alice", PASSWORD);
		application.ageLogins();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).contains("name=\"password\"");
		checks().set(0);
		List<Browser.Page> answers = postConcurrently(confirmation, "account/qq", Collections.nCopies(POSTS, "wrong"));
		assertThat(checks()).hasValue(5);
		assertThat(answers).allMatch((answer) -> List.of(200, 403, 410).contains(answer.status()));
		this.visit.browser().submit(confirmation, "account/qq", Map.of("password", PASSWORD));
		assertThat(checks()).hasValue(5);
		assertThat(application.bindings()).isEmpty();
		assertThat(this.visit.browser().get("").body()).startsWith("alice ");
	}

	@Test
	void passwordWhenCheckedThenHasDetailsOfLogin() {
		this.visit.login("alice", PASSWORD);
		application.ageLogins();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		this.visit.browser().submit(confirmation, "account/qq", Map.of("password", "wrong"));
		new Visit(application, qq).login("alice", "wrong");
		Visit other = new Visit(application, qq);
		other.qqLogin(QqPerson.PANDA);
		other.bind("alice", "wrong");
		assertThat(application.bean(Passwords.class).addresses).isNotEmpty().containsOnly("127.0.0.1");
	}

	/**
	 * An application may accept the password of another account of the same person. Only
	 * the signed-in user can confirm.
	 */
	@Test
	void confirmationWhenPasswordAuthenticatesOtherAccountThenRefused() {
		this.visit.login("alice", PASSWORD);
		application.ageLogins();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		Browser.Page answer = this.visit.browser().submit(confirmation, "account/qq", Map.of("password", "of-bob"));
		assertThat(answer.status()).isEqualTo(403);
		assertThat(application.bindings()).isEmpty();
	}

	private static Map<String, String> form(String username, String password) {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("username", username);
		form.put("password", password);
		return form;
	}

	/**
	 * Checks passwords as slowly as a strong hash.
	 */
	static class Passwords implements AuthenticationProvider {

		final AtomicInteger checks = new AtomicInteger();

		final List<String> addresses = new CopyOnWriteArrayList<>();

		@Override
		public Authentication authenticate(Authentication authentication) {
			this.checks.incrementAndGet();
			this.addresses.add((authentication.getDetails() instanceof WebAuthenticationDetails details)
					? details.getRemoteAddress() : "unknown");
			String name = "of-bob".equals(authentication.getCredentials()) ? "bob" : authentication.getName();
			switch (name) {
				case "disabled" -> throw new DisabledException("disabled");
				case "unreachable" -> throw new InternalAuthenticationServiceException("unreachable");
				default -> {
				}
			}
			sleep();
			if (!Set.of(name + "-password", "of-" + name).contains(String.valueOf(authentication.getCredentials()))) {
				throw new BadCredentialsException("wrong");
			}
			return UsernamePasswordAuthenticationToken.authenticated(
					User.withUsername(name).password("").roles("USER").build(), null,
					AuthorityUtils.createAuthorityList("ROLE_USER"));
		}

		private static void sleep() {
			try {
				Thread.sleep(400);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		@Override
		public boolean supports(Class<?> authentication) {
			return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Slow {

		@Bean
		Passwords passwords() {
			return new Passwords();
		}

	}

}
