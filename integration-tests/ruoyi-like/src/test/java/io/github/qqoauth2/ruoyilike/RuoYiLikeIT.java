package io.github.qqoauth2.ruoyilike;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

import io.github.qqoauth2.ruoyilike.FrontEnd.Answer;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Integration tests for QQ login in an application like RuoYi-Vue, as called by its front
 * end: with the beans that the documents describe, and without them.
 */
@ExtendWith(OutputCaptureExtension.class)
@Tag("T-64")
class RuoYiLikeIT {

	private static final QqSimulator qq = QqSimulator.start();

	private static final Redis redis = Redis.start();

	private static @Nullable ServletWebServerApplicationContext complete;

	/** The application of the test. */
	private ServletWebServerApplicationContext site = complete();

	private @Nullable ServletWebServerApplicationContext incomplete;

	private FrontEnd frontEnd = new FrontEnd(port(this.site), qq);

	private static ServletWebServerApplicationContext complete() {
		if (complete == null) {
			complete = start();
		}
		return complete;
	}

	private static ServletWebServerApplicationContext start(String... settings) {
		return (ServletWebServerApplicationContext) new SpringApplicationBuilder(AdminSite.class)
			.properties("spring.config.location=classpath:ruoyi-like.yml", "server.port=0",
					"qq.oauth2.base-uri=" + qq.url(), "spring.data.redis.port=" + redis.port())
			.properties(settings)
			.run();
	}

	private static int port(ServletWebServerApplicationContext site) {
		return Objects.requireNonNull(site.getWebServer()).getPort();
	}

	@AfterAll
	static void stop() throws IOException {
		Objects.requireNonNull(complete).close();
		redis.close();
		qq.close();
	}

	private void useSiteWithout(String bean) {
		this.incomplete = start("test." + bean + "=false");
		this.site = this.incomplete;
		this.frontEnd = new FrontEnd(port(this.site), qq);
		createUsers();
	}

	@AfterEach
	void stopIncomplete() {
		if (this.incomplete != null) {
			this.incomplete.close();
		}
	}

	@BeforeEach
	void createUsers() {
		jdbc().sql("delete from qq_account_binding").update();
		jdbc().sql("delete from sys_user").update();
		redis().delete(redis().keys("*"));
		PasswordEncoder encoder = this.site.getBean(PasswordEncoder.class);
		for (String name : List.of("admin", "alice", "bob")) {
			this.site.getBean(SysUsers.class).insert(name, "Nick of " + name, encoder.encode(name + "-password"));
		}
	}

	private JdbcClient jdbc() {
		return this.site.getBean(JdbcClient.class);
	}

	private StringRedisTemplate redis() {
		return this.site.getBean(StringRedisTemplate.class);
	}

	private void set(String column, String value, String userName) {
		jdbc().sql("update sys_user set " + column + " = ? where user_name = ?").params(value, userName).update();
	}

	private List<@Nullable String> boundAccounts() {
		return jdbc().sql("select account from qq_account_binding").query(String.class).list();
	}

	/**
	 * Returns the users of the tokens in Redis, as the application has stored them.
	 */
	private List<String> storedLogins() {
		Set<String> keys = redis().keys("login_tokens:*");
		return keys.stream().map((key) -> String.valueOf(redis().opsForValue().get(key))).toList();
	}

	private Answer pending() throws Exception {
		Answer pending = this.frontEnd.loginByQq(QqPerson.XIAO_MING);
		assertThat(pending.code()).isEqualTo(401);
		assertThat(pending.text("code")).isEqualTo("binding-required");
		assertThat(pending.text("pending", "nickname")).isEqualTo("小明");
		return pending;
	}

	private void assertSignedInAs(String userName) throws Exception {
		Answer info = this.frontEnd.get("/getInfo");
		assertThat(info.code()).isEqualTo(200);
		assertThat(info.text("userName")).isEqualTo(userName);
	}

	private void bind(String userName) throws Exception {
		assertThat(this.frontEnd.bind(pending(), userName, userName + "-password").code()).isEqualTo(200);
		assertThat(boundAccounts()).containsExactly(userName);
		redis().delete(redis().keys("*"));
	}

	@Test
	void ownLoginWhenUsedThenAsWithoutStarter() throws Exception {
		assertThat(this.frontEnd.get("/getInfo")).isEqualTo(new Answer(401, "请先登录", null));
		assertThat(this.frontEnd.login("carol", "x").code()).isEqualTo(ServiceException.UNKNOWN_USER);
		assertThat(this.frontEnd.login("alice", "x").code()).isEqualTo(ServiceException.WRONG_PASSWORD);
		assertThat(this.frontEnd.login("alice", "alice-password").code()).isEqualTo(200);
		assertSignedInAs("alice");
		set("status", "1", "alice");
		assertThat(this.frontEnd.login("alice", "alice-password").code()).isEqualTo(ServiceException.DISABLED);
	}

	@Test
	void bindWhenPasswordRightThenLaterQqLoginsIssueOwnToken() throws Exception {
		Answer bound = this.frontEnd.bind(pending(), "admin", "admin-password");
		assertThat(bound.code()).isEqualTo(200);
		assertThat(bound.text("username")).isEqualTo("admin");
		assertThat(boundAccounts()).containsExactly("admin");
		this.frontEnd.token(bound.text("token", "accessToken"));
		assertSignedInAs("admin");
		redis().delete(redis().keys("*"));
		Answer login = this.frontEnd.loginByQq(QqPerson.XIAO_MING);
		assertThat(login.code()).isEqualTo(200);
		assertThat(login.msg()).isEqualTo("操作成功");
		assertSignedInAs("admin");
		assertThat(this.frontEnd.get("/getInfo").text("permissions")).contains("*:*:*");
		assertThat(redis().keys("*")).singleElement().asString().startsWith("login_tokens:");
		assertThat(storedLogins()).singleElement()
			.asString()
			.contains("\"userName\":\"admin\"", "\"permissions\":[\"*:*:*\"]")
			.doesNotContain("$2a$", QqPerson.XIAO_MING.openid(QqSimulator.APP_ID));
	}

	/**
	 * The limit of the application's login applies to the bind form.
	 */
	@Test
	void bindWhenPasswordWrongThenCountedByApplication() throws Exception {
		Answer pending = pending();
		Answer refused = this.frontEnd.bind(pending, "alice", "bob-password");
		assertThat(refused.code()).isEqualTo(401);
		assertThat(refused.text("code")).isEqualTo("credentials");
		assertThat(redis().opsForValue().get("wrong_passwords:alice")).isEqualTo("1");
		assertThat(boundAccounts()).isEmpty();
		assertThat(storedLogins()).isEmpty();
		assertThat(this.frontEnd.bind(pending, "alice", "alice-password").code()).isEqualTo(200);
		assertThat(boundAccounts()).containsExactly("alice");
	}

	@Test
	void bindWhenPasswordLimitOfApplicationReachedThenRefusesRightPassword() throws Exception {
		redis().opsForValue().set("wrong_passwords:alice", String.valueOf(PasswordService.LIMIT));
		Answer refused = this.frontEnd.bind(pending(), "alice", "alice-password");
		assertThat(refused.text("code")).isEqualTo("credentials");
		assertThat(boundAccounts()).isEmpty();
	}

	@Test
	void bindWhenAccountUnknownOrDeletedThenReadsAsWrongPassword() throws Exception {
		set("del_flag", "2", "bob");
		Answer pending = pending();
		Answer wrong = this.frontEnd.bind(pending, "alice", "x");
		assertThat(wrong.text("code")).isEqualTo("credentials");
		assertThat(this.frontEnd.bind(pending, "carol", "carol-password")).isEqualTo(wrong);
		assertThat(this.frontEnd.bind(pending, "bob", "bob-password")).isEqualTo(wrong);
		assertThat(boundAccounts()).isEmpty();
	}

	@Test
	void bindWhenAccountDisabledThenStatusOnlyWithRightPassword() throws Exception {
		set("status", "1", "alice");
		Answer pending = pending();
		assertThat(this.frontEnd.bind(pending, "alice", "x").text("code")).isEqualTo("credentials");
		Answer refused = this.frontEnd.bind(pending, "alice", "alice-password");
		assertThat(refused.code()).isEqualTo(403);
		assertThat(refused.text("code")).isEqualTo("account-status");
		assertThat(boundAccounts()).isEmpty();
		assertThat(storedLogins()).isEmpty();
	}

	@Test
	void qqLoginWhenAccountDisabledThenRefused() throws Exception {
		bind("alice");
		set("status", "1", "alice");
		Answer refused = this.frontEnd.loginByQq(QqPerson.XIAO_MING);
		assertThat(refused.code()).isEqualTo(403);
		assertThat(refused.text("code")).isEqualTo("account-status");
		assertThat(storedLogins()).isEmpty();
	}

	@Test
	void qqLoginWhenAccountDeletedThenBindingRequired() throws Exception {
		bind("alice");
		set("del_flag", "2", "alice");
		pending();
		assertThat(storedLogins()).isEmpty();
	}

	@Test
	void registerWhenNameFreeThenCreatesUserAndIssuesToken() throws Exception {
		Answer pending = pending();
		String binding = pending.text("pending", "binding");
		Answer taken = this.frontEnd.post("/login/qq/register",
				Map.of("binding", binding, "username", "alice", "password", "reads-at-night"));
		assertThat(taken.code()).isEqualTo(400);
		assertThat(taken.text("code")).isEqualTo("invalid-registration");
		Answer registered = this.frontEnd.post("/login/qq/register",
				Map.of("binding", binding, "username", "carol", "password", "reads-at-night"));
		assertThat(registered.code()).isEqualTo(200);
		this.frontEnd.token(registered.text("token", "accessToken"));
		assertSignedInAs("carol");
		assertThat(boundAccounts()).containsExactly("carol");
		assertThat(this.frontEnd.login("carol", "reads-at-night").code()).isEqualTo(200);
	}

	@Test
	void confirmWhenOwnLoginFollowsQqThenNeedsNoPassword() throws Exception {
		Answer pending = pending();
		assertThat(this.frontEnd.login("bob", "bob-password").code()).isEqualTo(200);
		Answer confirmation = this.frontEnd.get("/account/qq");
		assertThat(confirmation.text("pending", "proofRequired")).isEqualTo("false");
		Answer confirmed = this.frontEnd.post("/account/qq", Map.of("binding", pending.text("pending", "binding")));
		assertThat(confirmed.code()).isEqualTo(200);
		assertThat(confirmed.text("bound")).isEqualTo("true");
		assertThat(boundAccounts()).containsExactly("bob");
	}

	/**
	 * The login calls {@code accountProved}, so no password is needed again.
	 */
	@Test
	void linkAndUnlinkWhenLoginIsFreshThenNeedNoPassword() throws Exception {
		this.frontEnd.login("bob", "bob-password");
		Answer linking = this.frontEnd.returnFromQq(this.frontEnd.post("/account/qq/link", Map.of()),
				QqPerson.XIAO_MING);
		assertThat(linking.text("pending", "proofRequired")).isEqualTo("false");
		String binding = linking.text("pending", "binding");
		assertThat(this.frontEnd.post("/account/qq", Map.of("binding", binding)).text("bound")).isEqualTo("true");
		assertThat(boundAccounts()).containsExactly("bob");
		assertThat(this.frontEnd.post("/account/qq/unlink", Map.of()).text("bound")).isEqualTo("false");
		assertThat(boundAccounts()).isEmpty();
		assertSignedInAs("bob");
	}

	@Test
	void linkAndUnlinkWhenOnlyTheTokenIsLeftThenNeedPassword() throws Exception {
		this.frontEnd.login("bob", "bob-password");
		this.frontEnd.forgetProof();
		Answer linking = this.frontEnd.returnFromQq(this.frontEnd.post("/account/qq/link", Map.of()),
				QqPerson.XIAO_MING);
		assertThat(linking.code()).isEqualTo(200);
		assertThat(linking.text("username")).isEqualTo("bob");
		String binding = linking.text("pending", "binding");
		assertCode(this.frontEnd.post("/account/qq", Map.of("binding", binding)), 403, "proof-required");
		assertCode(this.frontEnd.post("/account/qq", Map.of("binding", binding, "password", "x")), 403,
				"wrong-password");
		assertThat(boundAccounts()).isEmpty();
		assertThat(
				this.frontEnd.post("/account/qq", Map.of("binding", binding, "password", "bob-password")).text("bound"))
			.isEqualTo("true");
		assertThat(boundAccounts()).containsExactly("bob");
		assertCode(this.frontEnd.post("/account/qq/unlink", Map.of("password", "x")), 403, "wrong-password");
		assertThat(boundAccounts()).containsExactly("bob");
		assertThat(this.frontEnd.post("/account/qq/unlink", Map.of("password", "bob-password")).text("bound"))
			.isEqualTo("false");
		assertThat(boundAccounts()).isEmpty();
		assertSignedInAs("bob");
	}

	@Test
	void unlinkWhenAccountDisabledMeanwhileThenStatusOnlyWithRightPassword() throws Exception {
		bind("bob");
		this.frontEnd.login("bob", "bob-password");
		this.frontEnd.forgetProof();
		set("status", "1", "bob");
		assertCode(this.frontEnd.post("/account/qq/unlink", Map.of("password", "x")), 403, "wrong-password");
		assertCode(this.frontEnd.post("/account/qq/unlink", Map.of("password", "bob-password")), 403, "account-status");
		assertThat(boundAccounts()).containsExactly("bob");
	}

	@Test
	void accountWhenNotSignedInThenApplicationAnswers() throws Exception {
		assertThat(this.frontEnd.get("/account/qq")).isEqualTo(new Answer(401, "请先登录", null));
	}

	@Test
	void withoutLoaderWhenUsedThenInternalAndLogNamesRemedy(CapturedOutput log) throws Exception {
		useSiteWithout("account-loader");
		Answer refused = this.frontEnd.bind(pending(), "alice", "alice-password");
		assertInternal(refused, log);
		assertThat(log.getOut()).contains("Account 'alice' could not be loaded. Declare a QqAccountLoader");
		assertThat(boundAccounts()).isEmpty();
		assertThat(storedLogins()).isEmpty();
		jdbc()
			.sql("insert into qq_account_binding (app_id, openid, account, registered, created_at, last_login_at) "
					+ "values (?, ?, 'bob', false, now(), now())")
			.params(QqSimulator.APP_ID, QqPerson.PANDA.openid(QqSimulator.APP_ID))
			.update();
		assertInternal(this.frontEnd.loginByQq(QqPerson.PANDA), log);
		assertThat(log.getOut()).contains("Account 'bob' could not be loaded. Declare a QqAccountLoader");
		assertThat(storedLogins()).isEmpty();
	}

	@Test
	void withoutPasswordManagerWhenUsedThenInternalUnlessProvedByOwnLogin(CapturedOutput log) throws Exception {
		useSiteWithout("password-manager");
		assertInternal(this.frontEnd.bind(pending(), "alice", "alice-password"), log);
		this.frontEnd.login("alice", "alice-password");
		this.frontEnd.forgetProof();
		String binding = this.frontEnd
			.returnFromQq(this.frontEnd.post("/account/qq/link", Map.of()), QqPerson.XIAO_MING)
			.text("pending", "binding");
		assertInternal(this.frontEnd.post("/account/qq", Map.of("binding", binding, "password", "alice-password")),
				log);
		assertThat(boundAccounts()).isEmpty();
		this.frontEnd.login("alice", "alice-password");
		assertThat(this.frontEnd.post("/account/qq", Map.of("binding", binding)).text("bound")).isEqualTo("true");
		assertThat(boundAccounts()).containsExactly("alice");
		this.frontEnd.forgetProof();
		assertInternal(this.frontEnd.post("/account/qq/unlink", Map.of("password", "alice-password")), log);
		assertThat(boundAccounts()).containsExactly("alice");
		assertThat(log.getOut()
			.lines()
			.filter((line) -> line.contains("http.authenticationManager(..)") && line.contains("QQ login ended with")))
			.hasSize(3);
		assertSignedInAs("alice");
	}

	private static void assertCode(Answer answer, int status, String code) {
		assertThat(answer.code()).isEqualTo(status);
		assertThat(answer.text("code")).isEqualTo(code);
	}

	/**
	 * The log has one line with the error id of the response.
	 */
	private static void assertInternal(Answer answer, CapturedOutput log) {
		assertCode(answer, 503, "internal");
		String id = "[" + answer.text("errorId") + "]";
		assertThat(log.getOut().lines().filter((line) -> line.contains(id))).singleElement()
			.asString()
			.contains("WARN", "QQ login ended with 'internal'");
	}

}
