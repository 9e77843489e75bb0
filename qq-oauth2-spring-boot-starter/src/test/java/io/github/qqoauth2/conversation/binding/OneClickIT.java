package io.github.qqoauth2.conversation.binding;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.account.QqRegistrationField;
import io.github.qqoauth2.conversation.AbstractRegisteringConversation;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Registration by one click: a registrar without fields, or with consents only.
 */
class OneClickIT extends AbstractRegisteringConversation {

	private static final QqRegistrationField CONSENT = QqRegistrationField.consent("consent", "/terms",
			"https://shop.example/privacy");

	private static final Application site = Application.with(qq).source(RegisteringSite.class).start();

	OneClickIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	private Browser.Page oneClick(Map<String, String> ticked) {
		Browser.Page page = this.visit.browser().get("login/qq/bind");
		return this.visit.browser().submit(page, "login/qq/register", ticked);
	}

	private String registeredAccount() {
		return this.application.jdbc()
			.sql("select account from qq_account_binding where registered")
			.query(String.class)
			.single();
	}

	private List<String> factors() {
		SecurityContext context = (SecurityContext) Objects
			.requireNonNull(session().getAttribute(HttpSessionSecurityContextRepository.SPRING_SECURITY_CONTEXT_KEY));
		Collection<? extends GrantedAuthority> authorities = Objects.requireNonNull(context.getAuthentication())
			.getAuthorities();
		return authorities.stream()
			.map((authority) -> String.valueOf(authority.getAuthority()))
			.filter((authority) -> authority.startsWith("FACTOR_"))
			.toList();
	}

	private HttpSession session() {
		return this.application.bean(Site.Sessions.class).of(this.visit.browser());
	}

	private String sessionAttributes() {
		HttpSession session = session();
		StringBuilder attributes = new StringBuilder();
		session.getAttributeNames()
			.asIterator()
			.forEachRemaining((name) -> attributes.append(name).append('=').append(session.getAttribute(name)));
		return attributes.toString();
	}

	@Test
	void pageWhenNoFieldsThenOneClickIsFirstAndPasswordFormIsCollapsed() {
		fields();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		String page = this.visit.browser().get("login/qq/bind?tab=register").body();
		assertThat(page).contains("Hello, 小明!", "First time here with QQ")
			.containsSubsequence("action=\"/login/qq/register\"",
					"<button class=\"button\" type=\"submit\">Continue as 小明 (new account)</button>",
					"<details class=\"existing\">", "I have an account already</summary>", "action=\"/login/qq/bind\"",
					"Sign in and link", "</details>")
			.doesNotContain("class=\"tabs\"", "not linked to an account yet", "<details class=\"existing\" open>");
		this.visit.browser().header("Accept-Language", "zh-CN");
		assertThat(this.visit.browser().get("login/qq/bind").body()).containsSubsequence("小明，你好！", "首次用 QQ 登录",
				"以「小明」的身份进入（新建账号）", "已有账号？绑定已有账号", "登录并绑定");
	}

	@Test
	void pageWhenNoNicknameThenSentenceOfItsOwn() {
		fields();
		qq.enqueue(QqEndpoint.USER_INFO, QqReply.status(500));
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(this.visit.browser().get("login/qq/bind").body()).contains("Continue with a new account</button>");
		this.visit.browser().header("Accept-Language", "zh-CN");
		assertThat(this.visit.browser().get("login/qq/bind").body()).contains("新建账号并进入</button>");
	}

	@Test
	void registerWhenOneClickThenSignedInByQqAndRegistered() {
		fields();
		this.visit.browser().get("orders/7");
		this.visit.qqLogin(QqPerson.XIAO_MING);
		String session = this.visit.browser().cookie("JSESSIONID");
		qq.clearRequests();
		Browser.Page answer = oneClick(Map.of());
		assertThat(answer.status()).isEqualTo(302);
		assertThat(answer.location()).isEqualTo("/orders/7?continue");
		assertThat(this.visit.browser().cookie("JSESSIONID")).isNotEqualTo(session);
		String name = registeredAccount();
		assertThat(name).matches("qq_[0-9a-f]{20}");
		assertThat(this.visit.browser().get("").body())
			.isEqualTo(name + " UsernamePasswordAuthenticationToken [ROLE_USER]");
		assertThat(accounts()).containsExactly("alice", "bob", name);
		assertThat(this.application.bindings()).isEqualTo(Map.of(name, OPENID));
		assertThat(events().drain()).containsExactly("REGISTERED " + name, "LOGGED_IN " + name);
		assertThat(this.application.bean(Site.Events.class).names()).containsExactly("AuthenticationSuccessEvent",
				"SessionFixationProtectionEvent", "InteractiveAuthenticationSuccessEvent");
		assertThat(qq.requests()).as("sent to QQ after the callback").isEmpty();
		QqRegistration registration = this.application.bean(RegisteringSite.Members.class).last();
		assertThat(registration.automatic()).isTrue();
		assertThat(registration.values()).isEmpty();
		assertThat(registration.profile()).isNotNull();
		assertThat(this.visit.browser().get("login/qq/bind").location()).isEqualTo("/orders/7?continue");
		Visit again = new Visit(this.application, qq);
		again.qqLogin(QqPerson.XIAO_MING);
		assertThat(again.browser().get("").body()).startsWith(name + " ");
	}

	/**
	 * The account has a random password. Signing in by it would count as a proof of the
	 * account other than QQ.
	 */
	@Test
	void registerWhenOneClickThenPasswordIsNeitherCheckedNorAFactor() {
		fields();
		this.application.bean(RegisteringSite.Members.class).passwordless(true);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(oneClick(Map.of()).location()).isEqualTo("/");
		assertThat(this.application.bean(RegisteringSite.CountingEncoder.class).drain()).isZero();
		assertThat(factors()).isSubsetOf("FACTOR_AUTHORIZATION_CODE");
	}

	@Test
	void registerWhenOneClickAndRememberMeThenRemembered() {
		fields();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		oneClick(Map.of("remember-me", "true"));
		this.visit.browser().removeCookie("JSESSIONID");
		assertThat(this.visit.browser().get("").body())
			.startsWith(registeredAccount() + " RememberMeAuthenticationToken");
	}

	@Test
	@Tag("T-33")
	void registerWhenAccountIsDisabledThenNotSignedIn() {
		fields();
		this.application.bean(RegisteringSite.Members.class).disable(true);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(oneClick(Map.of()).location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("login/qq/error").body())
			.contains("This account cannot sign in at the moment.");
		assertThat(this.visit.browser().get("").location()).isEqualTo("/login");
		String name = registeredAccount();
		assertThat(events().drain()).containsExactly("REGISTERED " + name, "REFUSED " + name + " account-status");
	}

	@Test
	void registerWhenRegistrarRefusesThenSentenceAndExistingAccountCanBeLinked() {
		fields();
		this.application.bean(RegisteringSite.Members.class).rejectUsernames(true);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(oneClick(Map.of()).location()).isEqualTo("/login/qq/bind");
		assertThat(this.visit.browser().get("login/qq/bind").body()).containsSubsequence("role=\"alert\"",
				"This value is not valid.", "Continue as 小明");
		assertThat(accounts()).containsExactly("alice", "bob");
		assertThat(this.visit.bind("alice", "alice-password").location()).isEqualTo("/");
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	void bindWhenPasswordIsWrongThenFormIsOpenWithAlert() {
		fields();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.bind("alice", "wrong");
		assertThat(this.visit.browser().get("login/qq/bind").body()).containsSubsequence("Continue as 小明",
				"<details class=\"existing\" open>", "role=\"alert\"", "The username or password is not correct.",
				"action=\"/login/qq/bind\"");
		assertThat(this.visit.bind("alice", "alice-password").location()).isEqualTo("/");
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	/**
	 * The person has an older account and clicked nevertheless.
	 */
	@Test
	void moveWhenAccountIsMadeByOneClickThenBoundToOlderAccount() {
		fields();
		this.visit.qqLogin(QqPerson.XIAO_MING);
		oneClick(Map.of());
		String made = registeredAccount();
		Visit older = new Visit(this.application, qq);
		older.login("alice", "alice-password");
		assertThat(older.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/account/qq");
		Browser.Page confirmation = older.browser().get("account/qq");
		assertThat(confirmation.body()).contains(made);
		events().drain();
		assertThat(older.browser().submit(confirmation, "account/qq", Map.of("password", "alice-password")).location())
			.isEqualTo("/");
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
		assertThat(events().drain()).containsExactly("MOVED alice " + made, "UNBOUND " + made + " alice");
	}

	@Test
	void pageWhenConsentThenRequiredBoxWithLinksAfterButton() {
		fields(CONSENT);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(this.visit.browser().get("login/qq/bind").body()).containsSubsequence("Continue as 小明 (new account)",
				"<input type=\"checkbox\" id=\"register-consent\" name=\"consent\" value=\"true\" required> <span>"
						+ "I agree to the <a href=\"/terms\" target=\"_blank\" rel=\"noopener\">terms of use</a> and the "
						+ "<a href=\"https://shop.example/privacy\" target=\"_blank\" rel=\"noopener\">privacy policy</a>"
						+ "</span>",
				"<details");
		this.visit.browser().header("Accept-Language", "zh-CN");
		assertThat(this.visit.browser().get("login/qq/bind").body()).contains("我已阅读并同意<a href=\"/terms\"",
				">《用户协议》</a>和<a", ">《隐私政策》</a></span>");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "false", "on", "TRUE", "truetrue", "1" })
	@Tag("T-65")
	void registerWhenConsentIsMissingThenNothingIsWrittenAndNothingIsKept(String value) {
		for (List<QqRegistrationField> declared : List.of(List.of(CONSENT),
				List.of(QqRegistrationField.USERNAME, QqRegistrationField.PASSWORD, CONSENT))) {
			fields(declared.toArray(new QqRegistrationField[0]));
			this.visit.qqLogin(QqPerson.XIAO_MING);
			Map<String, String> form = new LinkedHashMap<>(RegisteringSite.FORM);
			assertThat(oneClick(form).location()).isEqualTo("/login/qq/bind");
			form.put("consent", value);
			assertThat(oneClick(form).location()).isEqualTo("/login/qq/bind");
			assertThat(this.visit.browser().get("login/qq/bind").body())
				.contains("id=\"register-consent-error\">Please read this and agree first.")
				.contains("aria-describedby=\"register-consent-error\"");
			assertThat(accounts()).containsExactly("alice", "bob");
			assertThat(this.application.bindings()).isEmpty();
			assertThat(sessionAttributes()).contains("\"consent\":\"consent\"")
				.doesNotContain("\"consent\":\"" + value + "\"");
		}
	}

	/**
	 * Two values, of which the first is not the consent.
	 */
	@Test
	@Tag("T-65")
	void registerWhenConsentIsDoubledThenRefused() {
		fields(CONSENT);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = this.visit.browser().get("login/qq/bind");
		assertThat(this.visit.browser()
			.submit(page, "login/qq/register?consent=false", Map.of("consent", "true"))
			.location()).isEqualTo("/login/qq/bind");
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-65")
	void registerWhenConsentIsGivenThenRegisteredByOneClick() {
		fields(CONSENT);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(oneClick(Map.of("consent", "true")).location()).isEqualTo("/");
		assertThat(this.application.bindings()).isEqualTo(Map.of(registeredAccount(), OPENID));
		QqRegistration registration = this.application.bean(RegisteringSite.Members.class).last();
		assertThat(registration.automatic()).isTrue();
		assertThat(registration.values()).isEmpty();
	}

	@Test
	@Tag("T-65")
	void registerWhenFieldsAndConsentThenVisitorsOwnAccount() {
		fields(QqRegistrationField.USERNAME, QqRegistrationField.PASSWORD, CONSENT);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page page = this.visit.browser().get("login/qq/bind?tab=register");
		assertThat(page.body()).contains("class=\"tabs\"", "name=\"consent\" value=\"true\" required");
		assertThat(this.visit.browser()
			.submit(page, "login/qq/register",
					Map.of("username", "dora", "password", "dora-password", "consent", "true"))
			.location()).isEqualTo("/");
		QqRegistration registration = this.application.bean(RegisteringSite.Members.class).last();
		assertThat(registration.automatic()).isFalse();
		assertThat(registration.values()).isEmpty();
		assertThat(
				this.application.jdbc().sql("select registered from qq_account_binding").query(Boolean.class).single())
			.isFalse();
	}

	/**
	 * An existing account agreed when it was made.
	 */
	@Test
	void bindWhenConsentIsDeclaredThenExistingAccountNeedsNone() {
		fields(CONSENT);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(this.visit.bind("alice", "alice-password").location()).isEqualTo("/");
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

}
