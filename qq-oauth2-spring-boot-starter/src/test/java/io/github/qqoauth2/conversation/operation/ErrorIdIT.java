package io.github.qqoauth2.conversation.operation;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every error id that a visitor sees is in one line of the log, and wrong passwords are
 * visible there. The log contains neither the password nor the openid.
 */
@ExtendWith(OutputCaptureExtension.class)
class ErrorIdIT {

	private static final Pattern ID = Pattern.compile("Error id ([0-9a-f]+)");

	private static final String WRONG = "wrong-password-4711";

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application application = Application.with(qq).source(Site.WithChain.class).start();

	private final Visit visit = new Visit(application, qq);

	private final Browser browser = this.visit.browser();

	@BeforeEach
	void reset() {
		application.resetClock();
		application.jdbc().sql("delete from qq_account_binding").update();
		qq.reset();
	}

	@AfterEach
	void assertNoSecrets(CapturedOutput output) {
		assertThat(output.getAll()).doesNotContain(WRONG, QqPerson.XIAO_MING.openid(QqSimulator.APP_ID));
	}

	@AfterAll
	static void stop() {
		application.close();
		qq.close();
	}

	private static List<String> ids(Browser.Page page) {
		Matcher ids = ID.matcher(page.body());
		return ids.results().map((MatchResult id) -> id.group(1)).toList();
	}

	private static void assertLogged(CapturedOutput output, Browser.Page page, String code, String level) {
		List<String> ids = ids(page);
		assertThat(ids).as(page.body()).hasSize(1);
		List<String> lines = output.getAll().lines().filter((line) -> line.contains(ids.get(0))).toList();
		assertThat(lines).hasSize(1);
		assertThat(lines.get(0)).contains("'" + code + "'", level);
	}

	@Test
	@Tag("T-31")
	void bindWhenFiveWrongPasswordsThenEachTryAndTheIdAreLogged(CapturedOutput output) {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		for (int i = 1; i < 5; i++) {
			assertThat(this.visit.bind("alice", WRONG).location()).isEqualTo("/login/qq/bind");
			assertThat(output.getAll()).containsOnlyOnce("wrong passwords: " + i + " of 5");
		}
		assertThat(this.visit.bind("alice", WRONG).location()).isEqualTo("/login/qq/error");
		assertLogged(output, this.browser.get("login/qq/error"), "too-many-attempts", "INFO");
		assertThat(output.getAll()).contains("BadCredentialsException");
	}

	@Test
	void bindWhenAccountIsLockedThenLogged(CapturedOutput output) {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.bind("locked", "pw");
		assertThat(output.getAll()).containsPattern("pending binding got the error '[a-z-]+': [A-Za-z]+Exception");
	}

	@Test
	void confirmationWhenFiveWrongPasswordsThenEachTryAndTheIdAreLogged(CapturedOutput output) {
		this.visit.login("alice", "alice-password");
		application.ageLogins();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = this.browser.get("account/qq");
		for (int i = 1; i <= 5; i++) {
			Browser.Page answer = this.browser.submit(page, "account/qq", Map.of("password", WRONG));
			page = (i < 5) ? this.browser.get("account/qq") : answer;
			assertThat(output.getAll().contains("wrong passwords: " + i + " of 5")).isEqualTo(i < 5);
		}
		assertLogged(output, page, "too-many-attempts", "INFO");
	}

	@Test
	void bindWhenFrontEndSendsFiveWrongPasswordsThenIdOfProblemIsLogged(CapturedOutput output) {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page form = this.browser.get("login/qq/bind");
		String binding = Objects.requireNonNull(form.hiddenFields().get("binding"));
		this.browser.header("Accept", "application/json")
			.header("X-CSRF-TOKEN", Objects.requireNonNull(form.hiddenFields().get("_csrf")));
		Browser.Page answer = null;
		for (int i = 1; i <= 5; i++) {
			answer = this.browser.post("login/qq/bind", "application/json",
					"{\"binding\":\"" + binding + "\",\"username\":\"alice\",\"password\":\"" + WRONG + "\"}");
		}
		assertThat(Objects.requireNonNull(answer).status()).isEqualTo(429);
		String id = answer.body().replaceFirst("(?s).*\"errorId\":\"([0-9a-f]+)\".*", "$1");
		assertThat(id).matches("[0-9a-f]+");
		assertThat(output.getAll()).containsOnlyOnce(id).contains("'too-many-attempts' [" + id + "]");
		assertThat(output.getAll()).contains("wrong passwords: 1 of 5", "wrong passwords: 4 of 5");
	}

	@Test
	void bindWhenSessionLimitIsReachedThenLogged(CapturedOutput output) {
		try (Application limited = Application.with(qq).source(OneSession.class).start()) {
			assertThat(new Visit(limited, qq).login("bob", "bob-password").location()).isEqualTo("/");
			Visit bob = new Visit(limited, qq);
			bob.qqLogin(QqPerson.XIAO_MING);
			assertThat(bob.bind("bob", "bob-password").location()).isEqualTo("/login/qq/bind");
			assertThat(bob.browser().get("login/qq/bind").body())
				.contains("You are signed in on another device. Sign out there first.");
			assertThat(output.getAll())
				.contains("pending binding got the error 'session-limit': SessionAuthenticationException");
			assertThat(limited.bindings()).isEmpty();
		}
	}

	@Test
	void callbackWhenFailedThenIdIsLogged(CapturedOutput output) {
		this.browser
			.get(this.visit.approve(QqPerson.XIAO_MING, Visit.START).replaceFirst("code=[^&]*", "error=access_denied"));
		assertLogged(output, this.browser.get("login/qq/error"), "cancelled", "INFO");
		this.browser.get("login/oauth2/code/qq?code=C&state=unknown");
		assertLogged(output, this.browser.get("login/qq/error"), "expired", "");
	}

	@Test
	void callbackWhenQqIdentityIsOfOtherAccountThenIdIsLogged(CapturedOutput output) {
		Visit alice = new Visit(application, qq);
		alice.qqLogin(QqPerson.XIAO_MING);
		alice.bind("alice", "alice-password");
		this.visit.login("bob", "bob-password");
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		assertLogged(output, this.browser.get("login/qq/error"), "other-account", "INFO");
	}

	/**
	 * One session for each account.
	 */
	@Configuration(proxyBeanMethods = false)
	static class OneSession extends Site.WithoutChain {

		@Bean
		SecurityFilterChain chain(HttpSecurity http) throws Exception {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			http.formLogin(Customizer.withDefaults());
			http.oauth2Login(Customizer.withDefaults());
			http.sessionManagement((sessions) -> sessions.maximumSessions(1).maxSessionsPreventsLogin(true));
			return http.build();
		}

	}

}
