package io.github.qqoauth2.readme;

import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import io.github.qqoauth2.simulator.QqApp;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests that run the applications of the documents as separate processes,
 * with the documented dependencies and settings only, and log in with QQ.
 */
class GeneratedApplicationsIT {

	private static final Map<String, String> ALICE = Map.of("username", "alice", "password", "alice-password");

	private static final String AUTHORIZATION = "/oauth2/authorization/qq";

	private static final String CALLBACK = "/login/oauth2/code/qq";

	private static final String BIND_PAGE = "/login/qq/bind";

	@Test
	void withoutChainWhenBoundThenLogsInWithQq() throws Exception {
		GeneratedApplication application = Applications.withoutChain();
		assertThat(application.runTests()).contains("callbackWhenUnboundThenRedirectsToBindPage(int) [OK]",
				"2 tests successful");
		try (Site site = Site.start(application, Map.of())) {
			bindAndLogInAgain(site, CALLBACK);
		}
	}

	@Test
	void withChainWhenBoundThenLogsInWithQq() throws Exception {
		GeneratedApplication application = Applications.withChain();
		assertThat(application.runTests()).contains("callbackWhenUnboundThenRedirectsToBindPage(int) [OK]",
				"2 tests successful");
		try (Site site = Site.start(application, Map.of())) {
			bindAndLogInAgain(site, CALLBACK);
		}
	}

	@Test
	void withStoreWhenBoundThenBindingIsInOwnTable() throws Exception {
		GeneratedApplication application = Applications.withStore();
		assertThat(application.runTests()).contains("callbackWhenUnboundThenRedirectsToBindPage(int) [OK]",
				"findWhenCaseOrTrailingBlanksDifferThenNotFound() [OK]", "10 tests successful");
		String database = "jdbc:h2:file:" + application.directory().resolve("database");
		try (Site site = Site.start(application, Map.of("SPRING_DATASOURCE_URL", database, "SPRING_DATASOURCE_USERNAME",
				"sa", "SPRING_DATASOURCE_PASSWORD", "", "SPRING_SQL_INIT_MODE", "always"))) {
			bindAndLogInAgain(site, CALLBACK);
		}
		assertThat(column(database, "select table_name from information_schema.tables where table_schema = 'PUBLIC'"))
			.containsExactly("MEMBER_QQ");
		assertThat(column(database, "select member || ' ' || nickname || ' ' || openid from member_qq"))
			.containsExactly("alice 小明 " + QqPerson.XIAO_MING.openid("101000001"));
	}

	@Test
	void withAccountsWhenAppIdChangesThenKeepsRegisteredAccount() throws Exception {
		GeneratedApplication application = Applications.withAccounts();
		String database = "jdbc:h2:file:" + application.directory().resolve("database");
		Map<String, String> environment = Map.of("SPRING_DATASOURCE_URL", database, "SPRING_DATASOURCE_USERNAME", "sa",
				"SPRING_DATASOURCE_PASSWORD", "", "SPRING_SQL_INIT_MODE", "always", "SPRING_SQL_INIT_SCHEMALOCATIONS",
				"classpath:io/github/qqoauth2/account/schema-h2.sql", "QQ_OAUTH2_UNIONID", "true");
		try (Site site = Site.start(application, environment)) {
			grantUnionid(site);
			Browser browser = site.browser();
			assertThat(browser.get(agree(site, browser, QqPerson.XIAO_MING)).path()).isEqualTo(BIND_PAGE);
			Browser.Page form = browser.get(BIND_PAGE + "?tab=register");
			assertThat(form.body()).contains("Mobile number", "I agree to the terms of use");
			Map<String, String> input = Map.of("username", "dora", "password", "dora-password", "mobile", "123",
					"terms", "true");
			assertThat(browser.submit(form, input).path()).isEqualTo(BIND_PAGE);
			assertThat(browser.get(BIND_PAGE).body()).contains("Please enter the 11 digits of a mobile number.",
					"value=\"dora\"");
			Map<String, String> corrected = new HashMap<>(input);
			corrected.put("mobile", "13800138000");
			assertThat(browser.submit(browser.get(BIND_PAGE), corrected).path()).isEqualTo("/");
			assertThat(browser.get("/").body()).isEqualTo("Hello, dora");
			assertThat(browser.getJson("/me", "").body()).contains("\"name\":\"小明\"", "\"avatarUrl\":\"http");
			assertThat(site.program().output()).contains("REGISTERED dora");
		}
		column(database, "update qq_account_binding set app_id = '101999999', openid = 'OLD', account = 'alice' "
				+ "where account = 'dora'");
		Map<String, String> newAppId = new HashMap<>(environment);
		newAppId.put("OLDAPPID", "101999999");
		try (Site site = Site.start(application, newAppId)) {
			grantUnionid(site);
			Browser browser = site.browser();
			assertHome(browser, browser.get(agree(site, browser, QqPerson.XIAO_MING)));
		}
		assertThat(column(database, "select app_id || ' ' || account || ' ' || openid from qq_account_binding"))
			.containsExactly("101000001 alice " + QqPerson.XIAO_MING.openid("101000001"));
	}

	@Test
	void withEnvelopeWhenJsonThenMapsResponses() throws Exception {
		try (Site site = Site.start(Applications.withEnvelope(), Map.of())) {
			bindAndLogInAgain(site, CALLBACK);
			Browser browser = site.browser();
			String callback = agreeInJson(site, browser, "login_url");
			Browser.Page loggedIn = browser.postJson(CALLBACK, callback);
			assertThat(loggedIn.status()).isEqualTo(200);
			assertThat(loggedIn.body()).contains("\"code\":200", "\"msg\":\"ok\"", "\"data\":{",
					"\"username\":\"alice\"", "\"bound\":true");
			Browser other = site.browser();
			agreeInJson(site, other, "login_url");
			Browser.Page expired = other.postJson(CALLBACK, callback);
			assertThat(expired.status()).isEqualTo(200);
			assertThat(expired.body()).contains("\"code\":400", "\"msg\":\"This sign-in", "\"data\":{",
					"\"code\":\"expired\"");
		}
	}

	@Test
	void withTokensWhenBoundThenTokenAuthenticates() throws Exception {
		Map<String, String> key = Map.of("QQ_OAUTH2_TICKETKEY", "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=");
		try (Site site = Site.start(Applications.withTokens(), Map.of())) {
			assertThat(site.program().awaitEnd()).isNotZero();
			assertThat(site.program().output()).contains("qq.oauth2.ticket-key", "openssl rand -base64 32");
		}
		try (Site site = Site.start(Applications.withTokens(), key)) {
			Browser browser = site.browser();
			Browser.Page pending = browser.postJson(CALLBACK, agreeInJson(site, browser, "authorizationUrl"));
			assertThat(pending.status()).isEqualTo(401);
			Browser.Page loggedIn = browser.postJson("/login/qq/bind", "{\"binding\":\"" + member(pending, "binding")
					+ "\",\"username\":\"alice\",\"password\":\"alice-password\"}");
			assertThat(loggedIn.status()).isEqualTo(200);
			assertThat(browser.get("/").status()).isEqualTo(302);
			assertThat(browser.getJson("/", member(loggedIn, "accessToken")).body()).isEqualTo("Hello, alice");
		}
	}

	private static String agreeInJson(Site site, Browser browser, String member) throws Exception {
		String url = member(browser.getJson("/oauth2/authorization/qq", ""), member);
		URI callback = site.qq().approve(URI.create(url.replace("\\/", "/")), QqPerson.XIAO_MING);
		return "{\"" + callback.getRawQuery().replace("=", "\":\"").replace("&", "\",\"") + "\"}";
	}

	private static String member(Browser.Page page, String name) {
		Matcher member = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(page.body());
		assertThat(member.find()).as(page.body()).isTrue();
		return member.group(1);
	}

	private static void grantUnionid(Site site) {
		site.qq().addApp(new QqApp(QqSimulator.APP_ID, QqSimulator.APP_KEY, Set.of(), true));
	}

	@Test
	void withOldCallbackWhenBoundThenLogsInWithQq() throws Exception {
		String path = Applications.oldCallbackPath();
		assertThat(path).isEqualTo("/oauth/callback/qq");
		try (Site site = Site.start(Applications.withOldCallback(),
				Map.of("QQ_OAUTH2_REDIRECTURI", "{baseUrl}" + path))) {
			bindAndLogInAgain(site, path);
		}
	}

	@Test
	void withoutLoginLineWhenStartedThenFailsAndPrintsLine() throws Exception {
		try (Site site = Site.start(Applications.withoutLoginLine(), Map.of())) {
			assertThat(site.program().awaitEnd()).isNotZero();
			assertThat(site.program().output()).contains("APPLICATION FAILED TO START", "Add this line",
					"http.oauth2Login(Customizer.withDefaults());");
		}
	}

	@Test
	void withoutAppIdAndKeyWhenStartedThenHasPasswordLoginOnly() throws Exception {
		try (Site site = Site.start(Applications.withoutChain(), Map.of("QQ_APP_ID", "", "QQ_APP_KEY", ""))) {
			Browser browser = site.browser();
			Browser.Page login = browser.get("/login");
			assertThat(login.body()).contains("type=\"password\"").doesNotContain(AUTHORIZATION);
			assertHome(browser, browser.submit(login, ALICE));
		}
	}

	@Test
	void withoutSecurityWhenStartedThenAddressesAreOpenAndQqLoginWorks() throws Exception {
		GeneratedApplication application = Applications.withoutSecurity();
		try (Site site = Site.start(application, Map.of("QQ_APP_ID", "", "QQ_APP_KEY", ""))) {
			assertThat(site.browser().get("/products").status()).isEqualTo(404);
			Browser browser = site.browser();
			assertHome(browser, browser.submit(browser.get("/login"), ALICE));
			assertThat(site.program().output()).contains("QQ login is off");
		}
		try (Site site = Site.start(application, Map.of())) {
			assertThat(site.browser().get("/products").status()).isEqualTo(404);
			Browser browser = site.browser();
			assertThat(browser.get("/account/qq").path()).isEqualTo("/login");
			assertThat(browser.get(agree(site, browser, QqPerson.XIAO_MING)).path()).isEqualTo(BIND_PAGE);
			assertThat(site.program().output()).contains("QQ login is on");
		}
	}

	@Test
	void withBindPageWhenBoundThenLogsInWithQq() throws Exception {
		try (Site site = Site.start(Applications.withBindPage(Document.PAGES, "with-bind-page"),
				Map.of("QQ_OAUTH2_BINDPAGE", Applications.BIND_PAGE))) {
			assertThat(bindPageOf(site, QqPerson.NOBODY).body()).contains("<b>this QQ</b>")
				.doesNotContain("<img", "role=\"alert\"");
			bindOnOwnPageAndLogInAgain(site, "Wrong username or password.");
		}
	}

	@Test
	void withChineseBindPageWhenBoundThenLogsInWithQq() throws Exception {
		try (Site site = Site.start(Applications.withBindPage(Document.PAGES.chinese(), "with-chinese-bind-page"),
				Map.of("QQ_OAUTH2_BINDPAGE", Applications.BIND_PAGE))) {
			assertThat(bindPageOf(site, QqPerson.NOBODY).body()).doesNotContain("<img", "role=\"alert\"");
			bindOnOwnPageAndLogInAgain(site, "用户名或密码不正确。");
		}
	}

	private static void bindAndLogInAgain(Site site, String callbackPath) throws Exception {
		Browser first = site.browser();
		assertThat(first.get("/").path()).isEqualTo("/login");
		assertThat(first.get("/login").body()).contains("href=\"" + AUTHORIZATION + "\"", "type=\"password\"");
		URI callback = agree(site, first, QqPerson.XIAO_MING);
		assertThat(callback).hasPath(callbackPath);
		assertThat(first.get(callback).path()).isEqualTo(BIND_PAGE);
		assertThat(first.get("/").path()).isEqualTo("/login");
		Browser.Page page = first.get(BIND_PAGE);
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.body()).contains("小明");
		assertThat(page.action()).isEqualTo(BIND_PAGE);
		assertHome(first, first.submit(page, ALICE));
		assertLogsInAgain(site);
		assertThat(site.qq().requests(QqEndpoint.TOKEN)).hasSize(2);
		assertThat(site.qq().requests(QqEndpoint.USER_INFO)).hasSize(1);
	}

	private static void bindOnOwnPageAndLogInAgain(Site site, String refusal) throws Exception {
		Browser first = site.browser();
		assertThat(first.get(Applications.BIND_PAGE).body()).doesNotContain("<form");
		assertThat(first.get(agree(site, first, QqPerson.XIAO_MING)).path()).isEqualTo(Applications.BIND_PAGE);
		Browser.Page page = first.get(Applications.BIND_PAGE);
		assertThat(page.body()).contains("<b>小明</b>", "<img src=\"https://thirdqq.qlogo.cn/").doesNotContain(refusal);
		assertThat(page.action()).isEqualTo(BIND_PAGE);
		assertThat(first.submit(page, Map.of("username", "alice", "password", "guess")).path())
			.isEqualTo(Applications.BIND_PAGE);
		page = first.get(Applications.BIND_PAGE);
		assertThat(page.body()).contains(refusal);
		assertHome(first, first.submit(page, ALICE));
		assertLogsInAgain(site);
	}

	private static void assertLogsInAgain(Site site) throws Exception {
		Browser second = site.browser();
		assertHome(second, second.get(agree(site, second, QqPerson.XIAO_MING)));
	}

	private static void assertHome(Browser browser, Browser.Page redirect) throws Exception {
		assertThat(redirect.path()).isEqualTo("/");
		Browser.Page home = browser.get(redirect.location());
		assertThat(home.status()).isEqualTo(200);
		assertThat(home.body()).isEqualTo("Hello, alice");
	}

	private static Browser.Page bindPageOf(Site site, QqPerson person) throws Exception {
		Browser browser = site.browser();
		return browser.get(browser.get(agree(site, browser, person)).location());
	}

	private static URI agree(Site site, Browser browser, QqPerson person) throws IOException, InterruptedException {
		return site.qq().approve(URI.create(browser.get(AUTHORIZATION).location()), person);
	}

	private static List<String> column(String database, String query) throws SQLException {
		List<String> values = new ArrayList<>();
		try (Connection connection = DriverManager.getConnection(database, "sa", "");
				Statement statement = connection.createStatement();
				ResultSet rows = statement.execute(query) ? statement.getResultSet() : null) {
			while (rows != null && rows.next()) {
				values.add(rows.getString(1));
			}
		}
		return values;
	}

}
