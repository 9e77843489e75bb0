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
 * "I am new" on the shop's own bind page, without script.
 */
class RegisterIT {

	private static final String MOBILE = "13912345678";

	private static final String ACCOUNTS = "select username from account order by id";

	@RegisterExtension
	static final DemoSite site = DemoSite.of().with(TestClock.Source.class);

	private static ShopVisitor visitor() {
		return new ShopVisitor(site).comesByQq(QqPerson.XIAO_MING).opens("/bind?tab=register");
	}

	private static ShopVisitor asksForCode(ShopVisitor visitor, String mobile) {
		return visitor.opens("/bind?tab=register").posts("/bind/code", "mobile", mobile, "nickname", "Dora").follows();
	}

	private static ShopVisitor registers(ShopVisitor visitor, String... changes) {
		List<String> form = new ArrayList<>(
				List.of("nickname", "Dora", "mobile", MOBILE, "code", "000000", "password", "dora-password"));
		for (int i = 0; i < changes.length; i += 2) {
			form.set(form.indexOf(changes[i]) + 1, changes[i + 1]);
		}
		return visitor.opens("/bind?tab=register").posts("/login/qq/register", form.toArray(String[]::new));
	}

	@Test
	void registerWhenCodeIsRightThenAccountBindingAndLogin() {
		ShopVisitor visitor = asksForCode(visitor(), MOBILE);
		assertThat(visitor.body())
			.contains("The code is on its way", "value=\"Dora\"", "value=\"" + MOBILE + "\"", "Read it in the outbox")
			.containsPattern("data-seconds=\"(60|5[0-9])\"");
		assertThat(registers(visitor, "code", site.lastCode()).location()).isEqualTo("/");
		assertThat(visitor.follows().body()).contains("Welcome back, Dora");
		List<String> accounts = site.list(ACCOUNTS);
		assertThat(accounts).hasSize(4);
		assertThat(accounts.get(3)).matches("qq_[0-9a-f]{20}");
		assertThat(site.list("select account from qq_account_binding")).containsExactly(accounts.get(3));
		assertThat(site.list("select purpose from sms_code")).isEmpty();
		ShopVisitor byQq = new ShopVisitor(site).comesByQq(QqPerson.XIAO_MING);
		assertThat(byQq.follows().body()).contains("Welcome back, Dora");
		ShopVisitor byPassword = new ShopVisitor(site).signsIn(MOBILE, "dora-password");
		assertThat(byPassword.follows().body()).contains("Welcome back, Dora");
	}

	@Test
	void codeWhenKeptThenIsHashed() {
		asksForCode(visitor(), MOBILE);
		assertThat(site.list("select code_hash from sms_code")).singleElement()
			.asString()
			.startsWith("$2a$")
			.doesNotContain(site.lastCode());
	}

	@ParameterizedTest
	@CsvSource({ "nickname,'',Please choose a nickname.", "nickname,Bob,This nickname is taken.",
			"mobile,12345,Please enter a mobile number of 11 digits.", "code,'',Please enter the code.",
			"code,12,The code has 6 digits.", "code,xxxxxx,The code has 6 digits.",
			"password,short,Use at least 8 characters." })
	void registerWhenFieldWillNotDoThenSaysSoBesideItAndKeepsTheRest(String field, String value, String sentence) {
		ShopVisitor visitor = registers(visitor(), field, value).follows();
		assertThat(visitor.body()).contains(sentence, "id=\"" + field + "-error\"",
				"aria-describedby=\"" + field + "-error");
		assertThat(visitor.body()).containsOnlyOnce("class=\"field-error\"").doesNotContain("dora-password");
		assertThat(visitor.body()).contains(field.equals("mobile") ? "value=\"Dora\"" : "value=\"" + MOBILE + "\"");
		assertThat(site.list(ACCOUNTS)).hasSize(3);
	}

	@Test
	void registerWhenSeveralFieldsWillNotDoThenAllAreSaid() {
		ShopVisitor visitor = registers(visitor().sends("Accept-Language", "zh"), "mobile", "1", "password", "x")
			.follows();
		assertThat(visitor.body()).contains("请填写 11 位手机号。", "密码至少 8 个字符。");
	}

	@Test
	void registerWhenMobileIsTakenThenToldOnlyWithTheRightCode() {
		ShopVisitor visitor = asksForCode(visitor(), "13800000001");
		String wrong = site.lastCode().equals("000000") ? "111111" : "000000";
		assertThat(registers(visitor, "mobile", "13800000001", "code", wrong).follows().body())
			.contains("The code is not correct.")
			.doesNotContain("has an account already");
		assertThat(registers(visitor, "mobile", "13800000001", "code", site.lastCode()).follows().body())
			.contains("This number has an account already.");
		assertThat(site.list(ACCOUNTS)).hasSize(3);
		assertThat(site.list("select account from qq_account_binding")).isEmpty();
	}

	@Test
	void codeWhenWrongFiveTimesThenTheRightOneIsTooLate() {
		ShopVisitor visitor = asksForCode(visitor(), MOBILE);
		String code = site.lastCode();
		String wrong = code.equals("000000") ? "111111" : "000000";
		for (int i = 0; i < 5; i++) {
			assertThat(registers(visitor, "code", wrong).follows().body()).contains("The code is not correct.");
		}
		assertThat(registers(visitor, "code", code).follows().body()).contains("The code is no longer valid.");
		assertThat(site.list(ACCOUNTS)).hasSize(3);
	}

	@Test
	void codeWhenOlderThanFiveMinutesThenExpired() {
		asksForCode(visitor(), MOBILE);
		String code = site.lastCode();
		site.bean(TestClock.class).advance(Duration.ofMinutes(4));
		ShopVisitor visitor = visitor();
		site.bean(TestClock.class).advance(Duration.ofSeconds(61));
		assertThat(registers(visitor, "code", code).follows().body()).contains("The code is no longer valid.");
	}

	@Test
	void codeWhenOfAnotherNumberOrPurposeThenWorthless() {
		asksForCode(visitor(), "13912345679");
		String code = site.lastCode();
		assertThat(registers(visitor(), "code", code).follows().body()).contains("The code is no longer valid.");
		ShopVisitor visitor = asksForCode(visitor(), MOBILE);
		code = site.lastCode();
		site.jdbc().sql("update sms_code set purpose = 'RECOVER'").update();
		assertThat(registers(visitor, "code", code).follows().body()).contains("The code is no longer valid.");
	}

	@Test
	void codeWhenAskedForWithinAMinuteThenNotSentAgain() {
		ShopVisitor visitor = asksForCode(visitor(), MOBILE);
		assertThat(asksForCode(visitor, MOBILE).body()).contains("You can get the next code in");
		assertThat(asksForCode(visitor(), MOBILE).body()).contains("You can get the next code in");
		assertThat(site.bean(Outbox.class).messages()).hasSize(1);
		site.bean(TestClock.class).advance(Duration.ofSeconds(60));
		assertThat(asksForCode(visitor, MOBILE).body()).contains("The code is on its way");
		assertThat(site.bean(Outbox.class).messages()).hasSize(2);
	}

	@Test
	void codeWhenAskedForByScriptThenAnsweredAsJson() {
		ShopVisitor visitor = visitor().sends("Accept", "application/json");
		assertThat(visitor.posts("/bind/code", "mobile", MOBILE).body()).contains("\"sent\":true")
			.containsPattern("\"seconds\":(60|5[0-9])\\b");
		assertThat(visitor.header("Content-Type")).startsWith("application/json");
	}

	@Test
	void codeWhenNoQqWaitsThenNotSent() {
		ShopVisitor visitor = new ShopVisitor(site).opens("/login");
		assertThat(visitor.posts("/bind/code", "mobile", MOBILE).location()).isEqualTo("/login/qq/bind");
		assertThat(visitor.follows().status()).isEqualTo(410);
		assertThat(site.bean(Outbox.class).messages()).isEmpty();
	}

	@Test
	void scriptWhenPageNeedsItThenAllowedThereAndNowhereElse() {
		assertThat(visitor().header("Content-Security-Policy")).contains("script-src 'self'; connect-src 'self'")
			.doesNotContain("unsafe");
		for (String path : Arrays.asList("/", "/login", "/outbox", "/me")) {
			assertThat(new ShopVisitor(site).opens(path).header("Content-Security-Policy")).as(path)
				.startsWith("default-src 'none'")
				.doesNotContain("script-src");
		}
	}

	@Test
	void bindWhenPasswordIsWrongThenKeepsTheName() {
		ShopVisitor visitor = visitor().opens("/bind");
		visitor.posts("/login/qq/bind", "username", "alice", "password", "wrong").follows();
		assertThat(visitor.body()).contains("The username or password is not correct.", "value=\"alice\"");
		assertThat(visitor.posts("/login/qq/bind", "username", "13800000001", "password", "reads-at-night").location())
			.isEqualTo("/");
		assertThat(site.list("select account from qq_account_binding")).containsExactly("alice");
	}

	@Test
	void outboxWhenOpenedThenShowsWhatWasSent() {
		asksForCode(visitor(), MOBILE);
		assertThat(new ShopVisitor(site).opens("/outbox").body()).contains("For the demo only", MOBILE,
				site.lastCode());
	}

	@ParameterizedTest
	@CsvSource({ "on,/shelf,remember-me=true", "'',/shelf,next=%2Fshelf",
			"'',//evil.example,/oauth2/authorization/qq" })
	void loginByQqWhenFormIsSentThenOnlyTheWishesGoOn(String remember, String next, String expected) {
		ShopVisitor visitor = new ShopVisitor(site).opens("/login");
		List<String> form = new ArrayList<>(List.of("username", "alice", "password", "secret", "next", next));
		if (!remember.isEmpty()) {
			form.addAll(List.of("remember-me", remember));
		}
		visitor.posts("/login/by-qq", form.toArray(String[]::new));
		assertThat(visitor.location()).startsWith("/oauth2/authorization/qq")
			.contains(expected)
			.doesNotContain("alice", "secret", "evil", "_csrf");
	}

	@Test
	void loginByQqWhenToBeRememberedThenSurvivesTheSession() {
		asksForCode(visitor(), MOBILE);
		ShopVisitor first = visitor();
		registers(first, "code", site.lastCode());
		ShopVisitor visitor = new ShopVisitor(site).opens("/login");
		visitor.posts("/login/by-qq", "remember-me", "on");
		visitor.comesByQq(QqPerson.XIAO_MING, visitor.location());
		assertThat(visitor.cookie("remember-me")).isNotEmpty();
		visitor.loses("JSESSIONID");
		assertThat(visitor.opens("/").body()).contains("Welcome back, Dora");
	}

}
