package io.github.qqoauth2.conversation.binding;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A site whose users log in by mobile number and code. No account has a password.
 */
class SmsSiteIT {

	private static final String OPENID = QqPerson.XIAO_MING.openid(QqSimulator.APP_ID);

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = Application.with(qq)
		.source(SmsSite.class)
		.property("qq.oauth2.auto-register", "true")
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
		application.bean(Members.class).open = false;
		qq.reset();
	}

	private Browser.Page login(String how, String account) {
		Browser.Page page = this.visit.browser().get("login");
		return this.visit.browser().submit(page, "login/" + how, Map.of("mobile", account, "code", "246810"));
	}

	private Browser.Page accountPage() {
		Browser.Page page = this.visit.browser().get("account/qq");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.body()).doesNotContain("type=\"password\"");
		return page;
	}

	private Browser.Page submit(Browser.Page page, String path) {
		return this.visit.browser().submit(page, path, Map.of());
	}

	/**
	 * Binds the account and ends the session.
	 */
	private void givenBinding(String account) {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		login("filter", account);
		submit(accountPage(), "account/qq");
		assertThat(application.bindings()).isEqualTo(Map.of(account, OPENID));
		this.visit.browser().removeCookie("JSESSIONID");
	}

	/**
	 * Returns the page in a session that has been left open.
	 */
	private Browser.Page accountPageOfOldSession(String account) {
		login("filter", account);
		application.ageLogins();
		return accountPage();
	}

	@ParameterizedTest
	@ValueSource(strings = { "filter", "controller" })
	void bindWhenAccountsHaveNoPasswordsThenByTheLoginOfTheSite(String how) {
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
		Browser.Page page = this.visit.browser().get("login/qq/bind?tab=login");
		assertThat(page.body()).contains("<a class=\"button\" href=\"/login\">Sign in and link</a>")
			.doesNotContain("type=\"password\"", "name=\"username\"");
		assertThat(login(how, "alice").location()).startsWith("/account/qq");
		Browser.Page question = accountPage();
		assertThat(question.body()).contains("Link QQ 小明 to your account alice?").doesNotContain("Sign in again");
		assertThat(application.bindings()).isEmpty();
		assertThat(submit(question, "account/qq").location()).isEqualTo("/");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	void bindWhenPasswordIsPostedThenRefused() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = this.visit.browser().get("login/qq/bind?tab=register");
		Browser.Page answer = this.visit.browser()
			.submit(page, "login/qq/bind", Map.of("username", "alice", "password", "246810"));
		assertThat(answer.status()).isEqualTo(405);
		assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
		assertThat(application.bindings()).isEmpty();
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
	}

	@ParameterizedTest
	@ValueSource(strings = { "filter", "controller" })
	void linkAndUnlinkWhenLoginIsFreshThenNoFurtherProof(String how) {
		login(how, "alice");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		submit(accountPage(), "account/qq");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
		Browser.Page page = accountPage();
		assertThat(page.body()).contains("<details>", "Unlink").doesNotContain("Sign in again");
		assertThat(submit(page, "account/qq/unlink").location()).isEqualTo("/account/qq");
		assertThat(application.bindings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "filter", "controller" })
	void moveWhenLoginIsFreshThenNoFurtherProof(String how) {
		application.bean(Members.class).open = true;
		new Visit(application, qq).qqLogin(QqPerson.XIAO_MING);
		String automatic = application.bindings().keySet().iterator().next();
		login(how, "alice");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page question = accountPage();
		assertThat(question.body()).contains("automatically created account " + automatic);
		submit(question, "account/qq");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	/**
	 * An open session that another person found links nothing. Its owner signs in again
	 * and gets the same question.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "filter", "controller" })
	@Tag("T-59")
	void linkWhenSessionIsOldThenSignsInAgainAndComesBack(String how) {
		login(how, "alice");
		application.ageLogins();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page question = accountPage();
		assertThat(question.body()).contains("Link QQ 小明 to your account alice?", "please sign in again")
			.doesNotContain(">Link</button>");
		String binding = question.body().replaceFirst("(?s).*name=\"binding\" value=\"([0-9a-f]+)\".*", "$1");
		Browser.Page refused = this.visit.browser()
			.submit(question, "account/qq", Map.of("binding", binding, "password", "246810"));
		assertThat(refused.status()).isEqualTo(403);
		assertThat(refused.body()).contains("Please confirm first that it is you.");
		assertThat(application.bindings()).isEmpty();

		String session = this.visit.browser().cookie("JSESSIONID");
		assertThat(submit(question, "account/qq/sign-in").location()).isEqualTo("/login");
		assertThat(this.visit.browser().cookie("JSESSIONID")).isNotEqualTo(session);
		assertThat(this.visit.browser().get("orders").location()).isEqualTo("/login");
		Browser copy = application.browser();
		copy.cookie("JSESSIONID", String.valueOf(session));
		assertThat(copy.get("").location()).isEqualTo("/login");
		application.resetClock();
		this.visit.browser().get("account/qq");
		assertThat(login(how, "alice").location()).startsWith("/account/qq");
		Browser.Page again = accountPage();
		assertThat(again.body()).contains("Link QQ 小明 to your account alice?").doesNotContain("another account");
		submit(again, "account/qq");
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	@Tag("T-59")
	void unlinkWhenSessionIsOldThenSignsInAgainAndComesBackToIt() {
		givenBinding("alice");
		Browser.Page page = accountPageOfOldSession("alice");
		assertThat(page.body()).contains("<details>", "Unlinking requires another way to sign in than QQ");
		Browser.Page refused = this.visit.browser().submit(page, "account/qq/unlink", Map.of("password", "246810"));
		assertThat(refused.status()).isEqualTo(403);
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
		submit(page, "account/qq/sign-in");
		assertThat(login("filter", "alice").location()).startsWith("/account/qq");
		Browser.Page again = accountPage();
		assertThat(again.body()).contains("<details open>").doesNotContain("Sign in again", "another account");
		assertThat(submit(again, "account/qq/unlink").location()).isEqualTo("/account/qq");
		assertThat(application.bindings()).isEmpty();
		assertThat(accountPage().body()).contains("No QQ linked");
	}

	/**
	 * The page says so, does not name the other account, and asks about the new one.
	 */
	@Test
	@Tag("T-59")
	void signInAgainWhenByAnotherAccountThenSaysSoAndAsksAboutThatOne() {
		login("filter", "alice");
		application.ageLogins();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		submit(accountPage(), "account/qq/sign-in");
		assertThat(login("filter", "bob").location()).startsWith("/account/qq");
		Browser.Page question = accountPage();
		assertThat(question.body())
			.contains("You are now signed in to another account than before.", "Link QQ 小明 to your account bob?")
			.doesNotContain("alice");
		assertThat(application.bindings()).isEmpty();
		submit(question, "account/qq");
		assertThat(application.bindings()).isEqualTo(Map.of("bob", OPENID));
		assertThat(accountPage().body()).doesNotContain("another account");
	}

	@Test
	@Tag("T-59")
	void signInAgainWhenByAnotherAccountThenItsOwnBindingIsUnlinked() {
		givenBinding("bob");
		login("filter", "alice");
		this.visit.qqLogin(QqPerson.PANDA);
		submit(accountPage(), "account/qq");
		application.ageLogins();
		submit(accountPage(), "account/qq/sign-in");
		login("filter", "bob");
		Browser.Page page = accountPage();
		assertThat(page.body()).contains("another account than before", "小明");
		submit(page, "account/qq/unlink");
		assertThat(application.bindings()).containsOnlyKeys("alice");
	}

	@Test
	@Tag("T-30")
	void unlinkWhenUserOnlyHasQqThenRequiresAnotherWay() {
		givenBinding("alice");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = accountPage();
		assertThat(submit(page, "account/qq/unlink").status()).isEqualTo(403);
		submit(page, "account/qq/sign-in");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(submit(accountPage(), "account/qq/unlink").status()).isEqualTo(403);
		assertThat(application.bindings()).isEqualTo(Map.of("alice", OPENID));
		submit(accountPage(), "account/qq/sign-in");
		login("filter", "alice");
		submit(accountPage(), "account/qq/unlink");
		assertThat(application.bindings()).isEmpty();
	}

	@Test
	void unlinkWhenAutomaticAccountThenRequiresAnotherWay() {
		application.bean(Members.class).open = true;
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = accountPage();
		assertThat(page.body()).contains("If it has no other way to sign in yet, set one up first");
		assertThat(submit(page, "account/qq/unlink").status()).isEqualTo(403);
		assertThat(application.bindings()).hasSize(1);
	}

	private static UserDetails account(String name) {
		return User.withUsername(name).password("{noop}" + UUID.randomUUID()).roles("USER").build();
	}

	private static Authentication authenticate(HttpServletRequest request) {
		if (!"246810".equals(request.getParameter("code"))) {
			throw new BadCredentialsException("code");
		}
		return new SmsAuthentication(account(String.valueOf(request.getParameter("mobile"))));
	}

	/**
	 * Creates accounts automatically, if the test has opened it.
	 */
	static class Members implements QqAccountRegistrar {

		private volatile boolean open;

		@Override
		public UserDetails register(QqRegistration registration) {
			if (!this.open) {
				throw new QqRegistrationException("username", "closed");
			}
			return account(registration.username());
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class SmsSite {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers("/login", "/login/controller")
				.permitAll()
				.anyRequest()
				.authenticated());
			http.oauth2Login((login) -> login.loginPage("/login"));
			http.with(new SmsLogin(), (login) -> {
			});
			return http.build();
		}

		@Bean
		QqAccountLoader accounts() {
			return SmsSiteIT::account;
		}

		@Bean
		Members members() {
			return new Members();
		}

		@Bean
		Site.Pages pages() {
			return new Site.Pages();
		}

		@Bean
		LoginPage loginPage() {
			return new LoginPage();
		}

	}

	/**
	 * The site's login page, and a login by a controller, which saves the security
	 * context itself.
	 */
	@RestController
	static class LoginPage {

		private final SavedRequestAwareAuthenticationSuccessHandler success = new SavedRequestAwareAuthenticationSuccessHandler();

		private final HttpSessionSecurityContextRepository contexts = new HttpSessionSecurityContextRepository();

		@GetMapping("/login")
		String page(CsrfToken token) {
			return "<form><input type=\"hidden\" name=\"_csrf\" value=\"" + token.getToken() + "\"></form>";
		}

		@PostMapping("/login/controller")
		void login(HttpServletRequest request, HttpServletResponse response) throws Exception {
			Authentication account = authenticate(request);
			SecurityContext context = SecurityContextHolder.createEmptyContext();
			context.setAuthentication(account);
			request.getSession();
			request.changeSessionId();
			this.contexts.saveContext(context, request, response);
			this.success.onAuthenticationSuccess(request, response, account);
		}

	}

	/**
	 * A login filter, as sites write it for codes.
	 */
	static class SmsLogin extends AbstractHttpConfigurer<SmsLogin, HttpSecurity> {

		@Override
		public void configure(HttpSecurity http) {
			AbstractAuthenticationProcessingFilter filter = new SmsFilter();
			filter.setSessionAuthenticationStrategy(http.getSharedObject(SessionAuthenticationStrategy.class));
			filter.setSecurityContextRepository(new HttpSessionSecurityContextRepository());
			filter.setAuthenticationManager(new ProviderManager(List.of(new NoProvider())));
			http.addFilterBefore(filter, UsernamePasswordAuthenticationFilter.class);
		}

	}

	static class SmsFilter extends AbstractAuthenticationProcessingFilter {

		SmsFilter() {
			super((request) -> request.getMethod().equals("POST") && request.getServletPath().equals("/login/filter"));
		}

		@Override
		public Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response)
				throws IOException {
			return authenticate(request);
		}

	}

	static class NoProvider implements AuthenticationProvider {

		@Override
		public Authentication authenticate(Authentication authentication) {
			throw new BadCredentialsException("none");
		}

		@Override
		public boolean supports(Class<?> authentication) {
			return !UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
		}

	}

	static class SmsAuthentication extends AbstractAuthenticationToken {

		private static final long serialVersionUID = 1L;

		private final UserDetails account;

		SmsAuthentication(UserDetails account) {
			super(AuthorityUtils.createAuthorityList("ROLE_USER"));
			this.account = account;
			setAuthenticated(true);
		}

		@Override
		public Object getCredentials() {
			return "";
		}

		@Override
		public Object getPrincipal() {
			return this.account;
		}

	}

}
