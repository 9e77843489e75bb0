package io.github.qqoauth2.readme;

import java.net.URI;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Starts the README's application with the simulator on its class path and without an app
 * id, as a newcomer does.
 */
class DevelopmentQqIT {

	private static final Map<String, String> ENVIRONMENT = Map.of("SERVER_PORT", "0", "SERVER_ADDRESS", "127.0.0.1");

	@Test
	void developmentWhenNoAppIdThenBindsAndLogsInWithSimulatedQq() throws Exception {
		try (GeneratedApplication.ProgramRun program = Applications.withSimulator().start(ENVIRONMENT)) {
			Browser browser = browser(program);
			Browser.Page bindPage = browser.get(browser.get(logIn(browser)).location());
			assertThat(bindPage.body()).contains("小明");
			Browser.Page bound = browser.submit(bindPage, Map.of("username", "alice", "password", "alice-password"));
			assertThat(browser.get(bound.location()).body()).isEqualTo("Hello, alice");
			Browser other = browser(program);
			assertThat(other.get(other.get(logIn(other)).location()).body()).isEqualTo("Hello, alice");
			assertThat(program.output()).containsOnlyOnce("QQ is simulated at http://127.0.0.1:");
		}
	}

	@Test
	void developmentWhenAppIdThenRealQq() throws Exception {
		Map<String, String> environment = Map.of("SERVER_PORT", "0", "SERVER_ADDRESS", "127.0.0.1", "QQ_APP_ID",
				"101000002", "QQ_APP_KEY", "0123456789abcdef0123456789abcdef");
		try (GeneratedApplication.ProgramRun program = Applications.withSimulator().start(environment)) {
			assertThat(browser(program).get("/oauth2/authorization/qq").location())
				.startsWith("https://graph.qq.com/oauth2.0/authorize?");
			assertThat(program.output()).doesNotContain("simulated");
		}
	}

	@Test
	@Tag("T-61")
	void packagedWhenNoAppIdThenSimulatorStaysOff() throws Exception {
		Map<String, String> environment = Map.of("SERVER_PORT", "0", "SERVER_ADDRESS", "127.0.0.1", "QQ_APP_ID", "",
				"QQ_APP_KEY", "");
		try (GeneratedApplication.ProgramRun program = Applications.withSimulator().startPackaged(environment)) {
			Browser browser = browser(program);
			assertThat(browser.get("/login").body()).doesNotContain("/oauth2/authorization/qq");
			assertThat(browser.get("/oauth2/authorization/qq").location()).doesNotContain("/oauth2.0/authorize");
			assertThat(program.output())
				.contains("The QQ simulator is part of a packaged application and stays off", "QQ login is off")
				.doesNotContain("QQ is simulated");
		}
	}

	private static Browser browser(GeneratedApplication.ProgramRun program) throws InterruptedException {
		return new Browser(URI.create("http://127.0.0.1:" + program.awaitNumberAfter("Tomcat started on port ") + "/"));
	}

	/**
	 * Agrees on the page of the simulated QQ.
	 * @return the callback
	 */
	private static String logIn(Browser browser) throws Exception {
		URI authorize = URI.create(browser.get("/oauth2/authorization/qq").location());
		Browser qq = new Browser(authorize);
		Browser.Page consent = qq.get(authorize);
		assertThat(consent.body()).contains("This is a QQ simulator for development and tests.");
		return qq.submit(consent, Map.of("person", "xiaoming", "action", "agree")).location();
	}

}
