package io.github.qqoauth2.jpa;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Conversations with an application that has JPA, Flyway, PostgreSQL, remember-me and
 * method security.
 */
class JpaSiteIT {

	private static final String REMEMBER_ME = "remember-me";

	private static final String OPENID = QqPerson.XIAO_MING.openid(QqSimulator.APP_ID);

	private static final QqSimulator qq = QqSimulator.start();

	@TempDir
	static Path directory;

	@SuppressWarnings("NullAway.Init")
	private static EmbeddedPostgres postgres;

	@SuppressWarnings("NullAway.Init")
	private static Application application;

	private final Visit visit = new Visit(application, qq);

	@BeforeAll
	static void start() throws IOException {
		postgres = EmbeddedPostgres.builder()
			.setOverrideWorkingDirectory(directory.toFile())
			.setPGStartupWait(Duration.ofMinutes(5))
			.setServerConfig("fsync", "off")
			.start();
		application = Application.with(qq)
			.source(JpaSite.class)
			.property("spring.datasource.url", postgres.getJdbcUrl("postgres", "postgres"))
			.property("spring.jpa.hibernate.ddl-auto", "validate")
			.property("qq.oauth2.token-encryption-keys", Base64.getEncoder().encodeToString(new byte[32]))
			.start();
	}

	@AfterAll
	static void stop() throws IOException {
		application.close();
		postgres.close();
		qq.close();
	}

	@BeforeEach
	void reset() {
		qq.reset();
		for (String table : List.of("qq_account_binding", "qq_authorized_client", "persistent_logins", "member")) {
			application.jdbc().sql("delete from " + table).update();
		}
		service().add("alice", "alice-password", "USER", "EDITOR");
		service().add("bob", "bob-password", "USER");
	}

	private static MemberService service() {
		return application.bean(MemberService.class);
	}

	private static List<String> names(String table, String column) {
		return application.jdbc()
			.sql("select " + column + " from " + table + " order by " + column)
			.query(String.class)
			.list();
	}

	private static long id(String username) {
		return application.jdbc()
			.sql("select id from member where username = ?")
			.param(username)
			.query(Long.class)
			.single();
	}

	private void givenBinding(String account) {
		Visit other = new Visit(application, qq);
		other.qqLogin(QqPerson.XIAO_MING);
		other.bind(account, account + "-password");
		assertThat(application.bindings()).isEqualTo(Map.of(account, OPENID));
	}

	private Browser.Page register(String username) {
		Browser.Page page = this.visit.browser().get("login/qq/bind?tab=register");
		return this.visit.browser()
			.submit(page, "login/qq/register", Map.of("username", username, "password", username + "-password"));
	}

	private void assertSignedIn(String username, String authentication) {
		assertThat(this.visit.browser().get("").body()).isEqualTo(id(username) + " " + username + " " + authentication);
	}

	private int status(String path) {
		return this.visit.browser().get(path).status();
	}

	@Test
	void migrationsWhenRunThenIncludeTablesOfStarter() {
		assertThat(names("flyway_schema_history", "version")).containsExactly("1", "2", "3");
	}

	@ParameterizedTest
	@CsvSource({ "alice,200", "bob,403" })
	void firstQqLoginWhenBoundThenEntityIsPrincipalWithRoles(String username, int publish) {
		assertThat(this.visit.browser().get("news").location()).isEqualTo("/login");
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.browser().get("news").location()).isEqualTo("/login");
		assertThat(this.visit.bind(username, username + "-password").location()).isEqualTo("/news?continue");
		assertSignedIn(username, "UsernamePasswordAuthenticationToken");
		assertThat(this.visit.browser().get("news?continue").body()).isEqualTo("read");
		assertThat(status("publish")).isEqualTo(publish);
		assertThat(application.bindings()).isEqualTo(Map.of(username, OPENID));
	}

	@ParameterizedTest
	@CsvSource({ "alice,200", "bob,403" })
	void nextQqLoginThenEntityIsPrincipalWithRoles(String username, int publish) {
		givenBinding(username);
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertSignedIn(username, "UsernamePasswordAuthenticationToken");
		assertThat(status("subscribe")).isEqualTo(200);
		assertThat(status("publish")).isEqualTo(publish);
	}

	@Test
	void qqLoginWhenRememberedThenCookieOpensNewSession() {
		givenBinding("alice");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?remember-me=true");
		this.visit.browser().get(callback);
		assertThat(names("persistent_logins", "username")).containsExactly("alice");
		String cookie = this.visit.browser().cookie(REMEMBER_ME);
		this.visit.browser().removeCookie("JSESSIONID");
		assertSignedIn("alice", "RememberMeAuthenticationToken");
		assertThat(this.visit.browser().cookie(REMEMBER_ME)).isNotNull().isNotEqualTo(cookie);
		assertThat(status("publish")).isEqualTo(200);
		assertThat(this.visit.browser().get("subscribe").location()).isEqualTo("/login");
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/subscribe?continue");
		assertThat(status("subscribe?continue")).isEqualTo(200);
	}

	@Test
	void linkWhenSessionIsRememberedThenRequiresPassword() {
		Browser.Page login = this.visit.browser().get("login");
		this.visit.browser()
			.submit(login, "login", Map.of("username", "bob", "password", "bob-password", REMEMBER_ME, "true"));
		this.visit.browser().removeCookie("JSESSIONID");
		assertSignedIn("bob", "RememberMeAuthenticationToken");
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START + "?next=/account/qq");
		assertThat(this.visit.browser().get(callback).location()).isEqualTo("/account/qq");
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(this.visit.browser().submit(confirmation, "account/qq", Map.of()).status()).isEqualTo(403);
		assertThat(application.bindings()).isEmpty();
		assertThat(
				this.visit.browser().submit(confirmation, "account/qq", Map.of("password", "bob-password")).location())
			.isEqualTo("/account/qq");
		assertThat(application.bindings()).isEqualTo(Map.of("bob", OPENID));
	}

	@Test
	void registerWhenValidThenWritesMemberAndBinding() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(register("dora").location()).isEqualTo("/");
		assertSignedIn("dora", "UsernamePasswordAuthenticationToken");
		assertThat(status("news")).isEqualTo(200);
		assertThat(status("publish")).isEqualTo(403);
		assertThat(names("member", "username")).containsExactly("alice", "bob", "dora");
		assertThat(application.bindings()).isEqualTo(Map.of("dora", OPENID));
	}

	@Test
	void registerWhenListenerThrowsThenWritesNeither() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		register(MemberService.VETOED);
		assertThat(names("member", "username")).containsExactly("alice", "bob");
		assertThat(application.bindings()).isEmpty();
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
		assertThat(register("dora").location()).isEqualTo("/?continue");
		assertThat(application.bindings()).isEqualTo(Map.of("dora", OPENID));
	}

	@Test
	void unlinkWhenPasswordIsRightThenRemovesBinding() {
		givenBinding("alice");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = this.visit.browser().get("account/qq");
		assertThat(this.visit.browser().submit(page, "account/qq/unlink", Map.of("password", "bob-password")).status())
			.isEqualTo(403);
		assertThat(
				this.visit.browser().submit(page, "account/qq/unlink", Map.of("password", "alice-password")).location())
			.isEqualTo("/account/qq");
		assertThat(application.bindings()).isEmpty();
		assertThat(names("qq_authorized_client", "account")).isEmpty();
		assertSignedIn("alice", "UsernamePasswordAuthenticationToken");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T-53")
	void renameWhenForeignKeyThenBindingFollows(boolean withEvent) {
		givenBinding("alice");
		new Visit(application, qq).qqLogin(QqPerson.XIAO_MING);
		if (withEvent) {
			assertThat(service().renameWithEvent("alice", "alicia")).isTrue();
		}
		else {
			service().rename("alice", "alicia");
		}
		service().add("alice", "other-password", "USER");
		assertThat(application.bindings()).isEqualTo(Map.of("alicia", OPENID));
		assertThat(names("qq_authorized_client", "account")).containsExactly("alicia");
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertSignedIn("alicia", "UsernamePasswordAuthenticationToken");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T-53")
	void deleteWhenForeignKeyThenNewMemberOfSameNameIsUnbound(boolean removeFirst) {
		givenBinding("alice");
		new Visit(application, qq).qqLogin(QqPerson.XIAO_MING);
		assertThat(names("qq_authorized_client", "account")).containsExactly("alice");
		if (removeFirst) {
			assertThat(application.bean(QqAccountBindings.class).remove("alice")).isTrue();
		}
		service().delete("alice");
		assertThat(application.bindings()).isEmpty();
		assertThat(names("qq_authorized_client", "account")).isEmpty();
		service().add("alice", "other-password", "USER");
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
	}

}
