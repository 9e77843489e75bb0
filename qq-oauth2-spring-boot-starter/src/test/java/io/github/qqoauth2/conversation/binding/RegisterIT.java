package io.github.qqoauth2.conversation.binding;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.conversation.AbstractRegisteringConversation;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The registration form of the bind page.
 */
class RegisterIT extends AbstractRegisteringConversation {

	private static final Application site = Application.with(qq).source(RegisteringSite.class).start();

	RegisterIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	private static Map<String, String> form(String... changes) {
		Map<String, String> form = new HashMap<>(RegisteringSite.FORM);
		for (int i = 0; i < changes.length; i += 2) {
			form.put(changes[i], changes[i + 1]);
		}
		return form;
	}

	private Browser.Page register(Map<String, String> form) {
		Browser.Page page = this.visit.browser().get("login/qq/bind?tab=register");
		return this.visit.browser().submit(page, "login/qq/register", form);
	}

	@Test
	void pageWhenRegistrarThenHasTwoTabs() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(this.visit.browser().get("login/qq/bind").body()).contains("I have an account</a>", "I am new</a>",
				"Sign in and link");
		Browser.Page page = this.visit.browser().get("login/qq/bind?tab=register");
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.body()).contains("Sign up and link", "name=\"username\"", "type=\"password\"", "Mobile number",
				"type=\"tel\"", "I agree to the terms", "value=\"小明\"");
		this.visit.browser().header("Accept-Language", "zh-CN");
		assertThat(this.visit.browser().get("login/qq/bind?tab=register").body()).contains("注册并绑定", "手机号", "同意用户协议");
	}

	@Test
	@Tag("T-11")
	void registerWhenValidThenRegistersBindsAndLogsIn() {
		this.visit.browser().get("orders/7");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		String session = this.visit.browser().cookie("JSESSIONID");
		Browser.Page answer = register(form());
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.location()).isEqualTo("/orders/7?continue");
		assertThat(this.visit.browser().cookie("JSESSIONID")).isNotEqualTo(session);
		assertThat(this.visit.browser().get("").body())
			.isEqualTo("dora UsernamePasswordAuthenticationToken [ROLE_USER]");
		assertThat(this.application.bindings()).isEqualTo(Map.of("dora", OPENID));
		assertThat(accounts()).containsExactly("alice", "bob", "dora");
		assertThat(events().drain()).containsExactly("REGISTERED dora");
		assertThat(this.visit.browser().get("login/qq/bind").location()).isEqualTo("/orders/7?continue");

		qq.clearRequests();
		Visit again = new Visit(this.application, qq);
		assertThat(again.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/");
		assertThat(qq.requests()).hasSize(2);
		assertThat(again.browser().get("").body()).isEqualTo("dora UsernamePasswordAuthenticationToken [ROLE_USER]");
	}

	@Test
	void registrationThenHasFormValuesAndProfile() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		register(form("password", " dora password "));
		QqRegistration registration = this.application.bean(RegisteringSite.Members.class).last();
		assertThat(registration.username()).isEqualTo("dora");
		assertThat(registration.password()).isEqualTo(" dora password ");
		assertThat(registration.values())
			.isEqualTo(Map.of("nickname", "Dora", "mobile", "13800138000", "terms", "true"));
		assertThat(registration.profile()).isNotNull().extracting((profile) -> profile.nickname()).isEqualTo("小明");
		assertThat(registration.automatic()).isFalse();
		assertThat(registration).hasToString("QqRegistration[automatic=false]");
	}

	@ParameterizedTest
	@CsvSource({ "username,'','This field is required.'", "username,alice,'This name is taken.'",
			"username,qq_1234,'This name is taken.'", "username,QQ_1234,'This name is taken.'",
			"username,Qq_,'This name is taken.'", "password,short,'Use at least 8 characters.'",
			"nickname,'a name that is longer than it may be here','This is too long. At most 24 characters.'",
			"mobile,12,'Please enter 11 digits.'", "terms,no,'This value is not valid.'",
			"terms,'','Please agree first.'" })
	void registerWhenFieldIsInvalidThenFieldErrorAndOtherValuesAreKept(String field, String value, String message) {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page answer = register(form(field, value));
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.location()).isEqualTo("/login/qq/bind");
		Browser.Page page = this.visit.browser().get("login/qq/bind");
		assertThat(page.body()).contains("id=\"register-" + field + "-error\">" + message)
			.containsOnlyOnce("class=\"field-error\"")
			.contains("aria-describedby=\"register-" + field + "-error\"")
			.doesNotContain("dora-password")
			.contains(field.equals("mobile") ? "value=\"Dora\"" : "value=\"13800138000\"");
		assertThat(accounts()).containsExactly("alice", "bob");
		assertThat(this.application.bindings()).isEmpty();
		assertThat(register(form()).location()).isEqualTo("/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\u202ealice", "al\u202eice", "ali\u200bce", "alice\u2060", "al\u00adice", "ａｌｉｃｅ",
			"\u0430lice", "\u03b1lice", "ali\u0441e", "alice@example.com", "ＱＱ＿1234", "q\u200bq_1234", "\u5f20\u0441" })
	@Tag("T-56")
	void registerWhenNameLooksLikeAnotherThenSentenceAndNothingIsWritten(String username) {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(register(form("username", username)).location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.browser().get("login/qq/bind").body())
			.contains("id=\"register-username-error\">Use letters of one alphabet, digits");
		this.visit.browser().header("Accept-Language", "zh-CN");
		assertThat(this.visit.browser().get("login/qq/bind").body()).contains("请使用同一种文字");
		assertThat(accounts()).containsExactly("alice", "bob");
		assertThat(this.application.bindings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "张三abc", "user_2026", "小明.1990" })
	void registerWhenNameIsOrdinaryThenCreatesAccount(String username) {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(register(form("username", username)).location()).isEqualTo("/");
		assertThat(accounts()).contains(username).hasSize(3);
		assertThat(this.application.bindings()).containsOnlyKeys(username);
	}

	/**
	 * The submitted values are kept in the session until the form is shown again, and the
	 * session may be in a database.
	 */
	@Test
	@Tag("T-20")
	void registerWhenInvalidThenSessionHasNoPasswordOrLongValue() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		String tooLong = "long-nickname-".repeat(1000);
		register(form("nickname", tooLong));
		String kept = sessionAttributes();
		assertThat(kept).contains("13800138000", "too-long").doesNotContain("dora-password").hasSizeLessThan(4096);
		register(form("username", "alice"));
		assertThat(sessionAttributes()).contains("taken").doesNotContain("dora-password");
	}

	private String sessionAttributes() {
		HttpSession session = this.application.bean(Site.Sessions.class)
			.ofCookie(String.valueOf(this.visit.browser().cookie("JSESSIONID")));
		StringBuilder attributes = new StringBuilder();
		session.getAttributeNames()
			.asIterator()
			.forEachRemaining((name) -> attributes.append(name).append('=').append(session.getAttribute(name)));
		return attributes.toString();
	}

	@Test
	void registerWhenRegistrarRefusesThenMessageInVisitorsLanguage() {
		this.application.jdbc().sql("insert into member values ('else', 'x', '13800138000')").update();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		register(form());
		this.visit.browser().header("Accept-Language", "zh-CN");
		assertThat(this.visit.browser().get("login/qq/bind").body()).contains("这个手机号已被使用。", "value=\"dora\"");
		assertThat(accounts()).containsExactly("alice", "bob");
		assertThat(this.visit.browser().get("login/qq/bind?tab=login").body()).contains("登录并绑定")
			.doesNotContain("field-error");
	}

	@Test
	@Tag("T-35")
	void registerWhenUndeclaredParametersThenIgnored() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		String other = QqPerson.PANDA.openid(io.github.qqoauth2.simulator.QqSimulator.APP_ID);
		assertThat(register(form("roles", "ADMIN", "authorities", "ROLE_ADMIN", "enabled", "false", "id", "1", "openid",
				other, "account", "alice", "registered", "true"))
			.location()).isEqualTo("/");
		assertThat(this.application.bindings()).isEqualTo(Map.of("dora", OPENID));
		assertThat(this.application.jdbc().sql("select registered from qq_account_binding").query(Boolean.class).list())
			.containsExactly(false);
		assertThat(this.visit.browser().get("").body()).endsWith("[ROLE_USER]");
		assertThat(this.application.bean(RegisteringSite.Members.class).last().values()).containsOnlyKeys("nickname",
				"mobile", "terms");
	}

	@Test
	void registerWhenNotPendingOrStaleOrNoCsrfTokenThenRefused() {
		assertThat(this.visit.browser().post("login/qq/register", form()).status()).isEqualTo(410);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = this.visit.browser().get("login/qq/bind?tab=register");
		assertThat(this.visit.browser()
			.post("login/qq/register", form("binding", page.hiddenFields().getOrDefault("binding", "")))
			.status()).isEqualTo(403);
		this.visit.qqLogin(QqPerson.PANDA);
		assertThat(this.visit.browser().submit(page, "login/qq/register", form()).status()).isEqualTo(409);
		assertThat(accounts()).containsExactly("alice", "bob");
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-47")
	void registerWhenBoundMeanwhileThenConflictAndNoAccount() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = this.visit.browser().get("login/qq/bind?tab=register");
		givenBinding(QqPerson.XIAO_MING, "bob");
		Browser.Page answer = this.visit.browser().submit(page, "login/qq/register", form());
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.body()).contains("This QQ is linked to another account.");
		assertThat(accounts()).containsExactly("alice", "bob");
		assertThat(this.application.bindings()).isEqualTo(Map.of("bob", OPENID));
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
	}

	@Test
	void registerWhenListenerThrowsThenNoAccountAndNoBinding() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		events().veto(QqAccountEvent.Kind.REGISTERED);
		Browser.Page answer = register(form());
		assertThat(answer.location()).isEqualTo("/login/qq/error");
		assertThat(accounts()).containsExactly("alice", "bob");
		assertThat(this.application.bindings()).isEmpty();
		events().veto(null);
		assertThat(register(form()).location()).isEqualTo("/");
	}

	@ParameterizedTest
	@ValueSource(strings = { "0123456789012345678901234567890123456789012345678901234567890123", " pw with blanks ",
			"пароль-пароль", "密码密码密码密码" })
	@Tag("T-36")
	void registerWhenPasswordIsUnusualThenLogsInUnchanged(String password) {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(register(form("password", password)).location()).isEqualTo("/");
		Visit other = new Visit(this.application, qq);
		if (!password.equals(password.strip())) {
			assertThat(other.login("dora", password.strip()).location()).isEqualTo("/login?error");
		}
		assertThat(other.login("dora", password).location()).isEqualTo("/");
	}

	@Test
	@Tag("T-36")
	void registerWhenPasswordIsTooLongForEncoderThenFieldError() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(register(form("password", "密".repeat(64))).location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.browser().get("login/qq/bind").body())
			.contains("id=\"register-password-error\">This is too long.");
		assertThat(register(form("password", "longer\0than\0eight")).location()).isEqualTo("/login/qq/bind");
		assertThat(accounts()).containsExactly("alice", "bob");
		assertThat(this.visit.bind("alice", "密".repeat(64)).location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.bind("al\0ice", "alice-password").location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.bind("alice", " alice-password").location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.bind("alice", "alice-password").location()).isEqualTo("/");
	}

	@Test
	@Tag("T-32")
	void bindWhenUsernameUnknownOrPasswordWrongThenSameResponseAndChecks() {
		this.application.bean(RegisteringSite.CountingEncoder.class).drain();
		Browser.Page known = bindWithWrongPassword("alice");
		int checks = this.application.bean(RegisteringSite.CountingEncoder.class).drain();
		Browser.Page unknown = bindWithWrongPassword("unknown-user");
		assertThat(this.application.bean(RegisteringSite.CountingEncoder.class).drain()).isEqualTo(checks).isPositive();
		assertThat(known.body()).isEqualTo(unknown.body());
		assertThat(known.status()).isEqualTo(unknown.status());
		assertThat(withoutDate(known)).isEqualTo(withoutDate(unknown));
	}

	private Browser.Page bindWithWrongPassword(String username) {
		Visit visitor = new Visit(this.application, qq);
		visitor.qqLogin(QqPerson.XIAO_MING);
		Browser.Page answer = visitor.bind(username, "wrong");
		Browser.Page page = visitor.browser().get("login/qq/bind");
		String body = page.body().replaceAll("value=\"[^\"]{20,}\"", "");
		return new Browser.Page(answer.status(), answer.headers(), body, answer.site());
	}

	private static Map<String, List<String>> withoutDate(Browser.Page page) {
		Map<String, List<String>> headers = new HashMap<>(page.headers());
		headers.remove("date");
		return headers;
	}

}
