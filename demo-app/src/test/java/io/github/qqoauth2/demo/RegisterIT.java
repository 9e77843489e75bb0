package io.github.qqoauth2.demo;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.qqoauth2.demo.outbox.Outbox;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Registration on the shop's bind page, without JavaScript.
 */
class RegisterIT {

	private static final String MOBILE = "13912345678";

	private static final String ACCOUNTS = "select username from account order by id";

	@RegisterExtension
	static final DemoSite site = DemoSite.of().with(TestClock.Source.class);

	private static ShopVisitor visitor() {
		return new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING).open("/bind?tab=register");
	}

	private static ShopVisitor requestCode(ShopVisitor visitor, String mobile) {
		return visitor.open("/bind?tab=register")
			.post("/bind/code", "mobile", mobile, "nickname", "Dora")
			.followRedirects();
	}

	private static ShopVisitor register(ShopVisitor visitor, String... changes) {
		List<String> form = new ArrayList<>(List.of("nickname", "Dora", "mobile", MOBILE, "code", "000000", "password",
				"dora-password", "consent", "true"));
		for (int i = 0; i < changes.length; i += 2) {
			form.set(form.indexOf(changes[i]) + 1, changes[i + 1]);
		}
		return visitor.open("/bind?tab=register").post("/login/qq/register", form.toArray(String[]::new));
	}

	@Test
	void registerWhenCodeCorrectThenCreatesAccountAndBindingAndSignsIn() {
		ShopVisitor visitor = requestCode(visitor(), MOBILE);
		assertThat(visitor.body())
			.contains("The code is on its way", "value=\"Dora\"", "value=\"" + MOBILE + "\"", "Read it in the outbox")
			.containsPattern("data-seconds=\"(60|[1-5]?[0-9])\"");
		assertThat(register(visitor, "code", site.lastCode()).location()).isEqualTo("/");
		assertThat(visitor.followRedirects().body()).contains("Welcome back, Dora");
		List<String> accounts = site.queryForList(ACCOUNTS);
		assertThat(accounts).hasSize(4);
		assertThat(accounts.get(3)).matches("qq_[0-9a-f]{20}");
		assertThat(site.queryForList("select account from qq_account_binding")).containsExactly(accounts.get(3));
		assertThat(site.queryForList("select purpose from sms_code")).isEmpty();
		ShopVisitor byQq = new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING);
		assertThat(byQq.followRedirects().body()).contains("Welcome back, Dora");
		ShopVisitor byPassword = new ShopVisitor(site).signIn(MOBILE, "dora-password");
		assertThat(byPassword.followRedirects().body()).contains("Welcome back, Dora");
	}

	@Test
	void codeWhenSentThenStoredAsHash() {
		requestCode(visitor(), MOBILE);
		assertThat(site.queryForList("select code_hash from sms_code")).singleElement()
			.asString()
			.startsWith("$2a$")
			.doesNotContain(site.lastCode());
	}

	@ParameterizedTest
	@CsvSource({ "nickname,'',Please choose a nickname.", "nickname,Bob,This nickname is taken.",
			"mobile,12345,Please enter a mobile number of 11 digits.", "code,'',Please enter the code.",
			"code,12,The code has 6 digits.", "code,xxxxxx,The code has 6 digits.",
			"password,short,Use at least 8 characters.", "consent,'',Please read these and agree first." })
	void registerWhenFieldInvalidThenShowsErrorAndKeepsOtherValues(String field, String value, String sentence) {
		ShopVisitor visitor = register(visitor(), field, value).followRedirects();
		assertThat(visitor.body()).contains(sentence, "id=\"" + field + "-error\"",
				"aria-describedby=\"" + field + "-error");
		assertThat(visitor.body()).containsOnlyOnce("class=\"field-error\"").doesNotContain("dora-password");
		assertThat(visitor.body()).contains(field.equals("mobile") ? "value=\"Dora\"" : "value=\"" + MOBILE + "\"");
		assertThat(site.queryForList(ACCOUNTS)).hasSize(3);
	}

	@Test
	void registerWhenSeveralFieldsInvalidThenShowsAllErrors() {
		ShopVisitor visitor = register(visitor().withHeader("Accept-Language", "zh"), "mobile", "1", "password", "x")
			.followRedirects();
		assertThat(visitor.body()).contains("请填写 11 位手机号。", "密码至少 8 个字符。");
	}

	@Test
	void registerWhenMobileTakenThenRevealedOnlyWithCorrectCode() {
		ShopVisitor visitor = requestCode(visitor(), "13800000001");
		String wrong = site.lastCode().equals("000000") ? "111111" : "000000";
		assertThat(register(visitor, "mobile", "13800000001", "code", wrong).followRedirects().body())
			.contains("The code is not correct.")
			.doesNotContain("has an account already");
		assertThat(register(visitor, "mobile", "13800000001", "code", site.lastCode()).followRedirects().body())
			.contains("This number has an account already.");
		assertThat(site.queryForList(ACCOUNTS)).hasSize(3);
		assertThat(site.queryForList("select account from qq_account_binding")).isEmpty();
	}

	@Test
	void codeWhenWrongFiveTimesThenCorrectOneRejected() {
		ShopVisitor visitor = requestCode(visitor(), MOBILE);
		String code = site.lastCode();
		String wrong = code.equals("000000") ? "111111" : "000000";
		for (int i = 0; i < 5; i++) {
			assertThat(register(visitor, "code", wrong).followRedirects().body()).contains("The code is not correct.");
		}
		assertThat(register(visitor, "code", code).followRedirects().body()).contains("The code is no longer valid.");
		assertThat(site.queryForList(ACCOUNTS)).hasSize(3);
	}

	@Test
	void codeWhenOlderThanFiveMinutesThenExpired() {
		requestCode(visitor(), MOBILE);
		String code = site.lastCode();
		site.bean(TestClock.class).advance(Duration.ofMinutes(4));
		ShopVisitor visitor = visitor();
		site.bean(TestClock.class).advance(Duration.ofSeconds(61));
		assertThat(register(visitor, "code", code).followRedirects().body()).contains("The code is no longer valid.");
	}

	@Test
	void codeWhenOfOtherNumberOrPurposeThenRejected() {
		requestCode(visitor(), "13912345679");
		String code = site.lastCode();
		assertThat(register(visitor(), "code", code).followRedirects().body()).contains("The code is no longer valid.");
		ShopVisitor visitor = requestCode(visitor(), MOBILE);
		code = site.lastCode();
		site.jdbc().sql("update sms_code set purpose = 'RECOVER'").update();
		assertThat(register(visitor, "code", code).followRedirects().body()).contains("The code is no longer valid.");
	}

	@Test
	void codeWhenRequestedWithinMinuteThenNotSentAgain() {
		ShopVisitor visitor = requestCode(visitor(), MOBILE);
		assertThat(requestCode(visitor, MOBILE).body()).contains("You can get the next code in");
		assertThat(requestCode(visitor(), MOBILE).body()).contains("You can get the next code in");
		assertThat(site.bean(Outbox.class).messages()).hasSize(1);
		site.bean(TestClock.class).advance(Duration.ofSeconds(60));
		assertThat(requestCode(visitor, MOBILE).body()).contains("The code is on its way");
		assertThat(site.bean(Outbox.class).messages()).hasSize(2);
	}

	@Test
	void codeWhenRequestedByScriptThenReturnsJson() {
		ShopVisitor visitor = visitor().withHeader("Accept", "application/json");
		assertThat(visitor.post("/bind/code", "mobile", MOBILE).body()).contains("\"sent\":true")
			.containsPattern("\"seconds\":(60|[1-5]?[0-9])\\b");
		assertThat(visitor.header("Content-Type")).startsWith("application/json");
	}

	@Test
	void codeWhenNoPendingBindingThenNotSent() {
		ShopVisitor visitor = new ShopVisitor(site).open("/login");
		assertThat(visitor.post("/bind/code", "mobile", MOBILE).location()).isEqualTo("/login/qq/bind");
		assertThat(visitor.followRedirects().status()).isEqualTo(410);
		assertThat(site.bean(Outbox.class).messages()).isEmpty();
	}

	@Test
	void contentSecurityPolicyWhenPageHasScriptThenAllowsScriptOnlyThere() {
		assertThat(visitor().header("Content-Security-Policy")).contains("script-src 'self'; connect-src 'self'")
			.doesNotContain("unsafe");
		for (String path : Arrays.asList("/", "/outbox", "/me")) {
			assertThat(new ShopVisitor(site).open(path).header("Content-Security-Policy")).as(path)
				.startsWith("default-src 'none'")
				.doesNotContain("script-src");
		}
		String qq = site.property("qq.oauth2.base-uri");
		assertThat(new ShopVisitor(site).open("/login").header("Content-Security-Policy"))
			.endsWith("; script-src 'self' " + qq + "; connect-src 'self'; frame-src " + qq);
	}

	@Test
	void bindWhenPasswordWrongThenKeepsUsername() {
		ShopVisitor visitor = visitor().open("/bind");
		visitor.post("/login/qq/bind", "username", "alice", "password", "wrong").followRedirects();
		assertThat(visitor.body()).contains("The username or password is not correct.", "value=\"alice\"");
		assertThat(visitor.post("/login/qq/bind", "username", "13800000001", "password", "reads-at-night").location())
			.isEqualTo("/");
		assertThat(site.queryForList("select account from qq_account_binding")).containsExactly("alice");
	}

	@Test
	void outboxWhenCodeSentThenShowsMessage() {
		requestCode(visitor(), MOBILE);
		assertThat(new ShopVisitor(site).open("/outbox").body()).contains("For the demo only", MOBILE, site.lastCode());
	}

	@ParameterizedTest
	@CsvSource({ "on,/shelf,remember-me=true", "'',/shelf,next=%2Fshelf",
			"'',//evil.example,/oauth2/authorization/qq" })
	void loginByQqWhenFormSubmittedThenPassesOnlyNextAndRememberMe(String remember, String next, String expected) {
		ShopVisitor visitor = new ShopVisitor(site).open("/login");
		List<String> form = new ArrayList<>(List.of("username", "alice", "password", "secret", "next", next));
		if (!remember.isEmpty()) {
			form.addAll(List.of("remember-me", remember));
		}
		visitor.post("/login/by-qq", form.toArray(String[]::new));
		assertThat(visitor.location()).startsWith("/oauth2/authorization/qq")
			.contains(expected)
			.doesNotContain("alice", "secret", "evil", "_csrf");
	}

	@Test
	void loginByQqWhenRememberMeThenSurvivesSession() {
		requestCode(visitor(), MOBILE);
		ShopVisitor first = visitor();
		register(first, "code", site.lastCode());
		ShopVisitor visitor = new ShopVisitor(site).open("/login");
		visitor.post("/login/by-qq", "remember-me", "on");
		visitor.loginWithQq(QqPerson.XIAO_MING, visitor.location());
		assertThat(visitor.cookie("remember-me")).isNotEmpty();
		visitor.removeCookie("JSESSIONID");
		assertThat(visitor.open("/").body()).contains("Welcome back, Dora");
	}

}
