package io.github.qqoauth2.conversation.frontend;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.account.QqRegistrationField;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Logins, registration and account page by JSON, at sites with and without sessions.
 */
public abstract class AbstractFrontEndConversation extends AbstractFrontEndVisit {

	protected AbstractFrontEndConversation(Application application) {
		super(application);
	}

	@Test
	void startWhenJsonThenAuthorizationUrl() {
		FrontEnd.Answer answer = this.frontEnd.get(FrontEnd.START + "?next=/orders");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.contentType()).startsWith("application/json");
		assertThat(answer.json()).containsOnlyKeys("authorizationUrl", "appId", "redirectUri", "state", "scope");
		assertThat(answer.text("authorizationUrl")).startsWith(qq.url() + "/oauth2.0/authorize?")
			.contains("response_type=code", "scope=get_user_info")
			.doesNotContain("orders");
		assertThat(answer.page().header("Cache-Control")).isEqualTo("no-store, private");
	}

	/**
	 * The login component opens QQ with these parameters instead of the address.
	 */
	@Test
	@Tag("T-60")
	void startWhenJsonThenParametersAreThoseOfTheAddressAndLogIn() {
		bindTo("alice");
		FrontEnd page = new FrontEnd(this.application, qq);
		FrontEnd.Answer started = page.get(FrontEnd.START + "?appId=1&state=foreign&redirect_uri=https://evil.test/");
		assertThat(started.json()).containsEntry("appId", QqSimulator.APP_ID)
			.containsEntry("scope", List.of("get_user_info"));
		assertThat(started.page().body()).doesNotContain(QqSimulator.APP_KEY, "foreign", "evil");
		Map<String, String> address = FrontEnd.parameters(FrontEnd.authorizationUrl(started));
		assertThat(address).containsEntry("client_id", started.text("appId"))
			.containsEntry("redirect_uri", URLEncoder.encode(started.text("redirectUri"), StandardCharsets.UTF_8))
			.containsEntry("state", started.text("state"));
		Map<String, String> callback = FrontEnd
			.parameters(qq.approve(FrontEnd.authorizationUrl(started), QqPerson.XIAO_MING));
		FrontEnd other = new FrontEnd(this.application, qq);
		other.get(FrontEnd.START);
		qq.clearRequests();
		assertProblem(other.post(FrontEnd.CALLBACK, callback), 400, "expired");
		assertThat(qq.requests()).isEmpty();
		assertThat(page.post(FrontEnd.CALLBACK, callback).text("username")).isEqualTo("alice");
	}

	@Test
	void firstLoginWhenBoundByPasswordThenNextLoginNeedsQqOnly() {
		FrontEnd.Answer pending = this.frontEnd.post(FrontEnd.CALLBACK,
				this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START + "?next=/orders"));
		assertProblem(pending, 401, "binding-required");
		assertThat(pending.object("pending")).containsEntry("nickname", "小明").containsEntry("next", "/orders");
		assertThat((Long) pending.object("pending").get("expiresIn")).isBetween(295L, 300L);
		assertThat(pending.page().body()).doesNotContain(OPENID);
		assertProblem(this.frontEnd.get(FrontEnd.ACCOUNT), 401, "login-required");
		FrontEnd.Answer shown = this.frontEnd.get(FrontEnd.BIND);
		assertThat(shown.status()).isEqualTo(200);
		assertThat(shown.binding()).isEqualTo(pending.binding());
		FrontEnd.Answer loggedIn = this.frontEnd.post(FrontEnd.BIND, proof(pending.binding(), "alice"));
		assertThat(loggedIn.status()).isEqualTo(200);
		assertThat(loggedIn.json()).containsEntry("username", "alice")
			.containsEntry("bound", true)
			.containsEntry("nickname", "小明")
			.containsEntry("next", "/orders")
			.doesNotContainKey("pending");
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
		assertThat(this.frontEnd.get(FrontEnd.ACCOUNT).text("username")).isEqualTo("alice");
		assertProblem(this.frontEnd.get(FrontEnd.BIND), 410, "binding-expired");
		qq.clearRequests();
		FrontEnd again = new FrontEnd(this.application, qq);
		FrontEnd.Answer second = again.qqLogin(QqPerson.XIAO_MING);
		assertThat(second.status()).isEqualTo(200);
		assertThat(second.json()).containsEntry("username", "alice").containsEntry("bound", true);
		assertThat(qq.requests()).extracting((request) -> request.endpoint())
			.containsExactly(QqEndpoint.AUTHORIZE, QqEndpoint.TOKEN);
	}

	/**
	 * The response to a login may contain a token, which belongs in the response to a
	 * POST.
	 */
	@Test
	@Tag("T-40")
	void callbackWhenGetThenNotAllowedAndStateIsKept() {
		bindTo("alice");
		qq.clearRequests();
		FrontEnd again = new FrontEnd(this.application, qq);
		URI callback = qq.approve(FrontEnd.authorizationUrl(again.get(FrontEnd.START)), QqPerson.XIAO_MING);
		FrontEnd.Answer refused = again.get(FrontEnd.CALLBACK + "?" + callback.getRawQuery());
		assertProblem(refused, 405, "method-not-allowed");
		assertThat(refused.page().header("Allow")).isEqualTo("POST");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		FrontEnd.Answer answer = again.post(FrontEnd.CALLBACK, FrontEnd.parameters(callback));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.text("username")).isEqualTo("alice");
	}

	@Test
	void bindWhenPasswordWrongOrUsernameUnknownThenSameResponse() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		FrontEnd.Answer wrong = this.frontEnd.post(FrontEnd.BIND,
				with(binding, Map.of("username", "alice", "password", "x")));
		FrontEnd.Answer unknown = this.frontEnd.post(FrontEnd.BIND,
				with(binding, Map.of("username", "unknown", "password", "x")));
		assertProblem(wrong, 401, "credentials");
		assertThat(unknown.page().body()).isEqualTo(wrong.page().body());
		assertThat(this.application.bindings()).isEmpty();
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")).status()).isEqualTo(200);
	}

	@Test
	@Tag("T-08")
	void bindWhenBindingIsOfOtherTabThenConflictAndKeepsPendingBinding() {
		String first = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		String second = this.frontEnd.qqLogin(QqPerson.PANDA).binding();
		assertProblem(this.frontEnd.post(FrontEnd.BIND, proof(first, "alice")), 409, "binding-changed");
		assertThat(this.application.bindings()).isEmpty();
		assertThat(this.frontEnd.post(FrontEnd.BIND, proof(second, "alice")).status()).isEqualTo(200);
		assertThat(this.application.bindings())
			.containsExactly(Map.entry("alice", QqPerson.PANDA.openid(QqSimulator.APP_ID)));
	}

	@Test
	void bindWhenAccountHasOtherIdentityThenConflict() {
		givenBinding(QqPerson.PANDA, "alice");
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		assertProblem(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")), 409, "other-qq");
		assertThat(this.application.bindings()).hasSize(1);
	}

	@Test
	void bindWhenNoPendingBindingThenGone() {
		assertProblem(this.frontEnd.get(FrontEnd.BIND), 410, "binding-expired");
		assertProblem(this.frontEnd.post(FrontEnd.BIND, proof("0000", "alice")), 410, "binding-expired");
		assertProblem(this.frontEnd.post(FrontEnd.REGISTER, with("0000", FORM)), 410, "binding-expired");
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-35")
	void registerWhenFieldsAreInvalidThenFieldErrorsAndRetryRegisters() {
		FrontEnd.Answer pending = this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertThat(this.frontEnd.get(FrontEnd.BIND).text("fields")).contains("label=Nickname", "value=小明",
				"name=terms");
		FrontEnd.Answer refused = this.frontEnd.post(FrontEnd.REGISTER, with(pending.binding(),
				Map.of("username", "alice", "password", "short", "nickname", "Dora", "mobile", "12", "terms", false)));
		assertProblem(refused, 400, "invalid-registration");
		assertThat((List<?>) refused.json().get("errors")).extracting(String::valueOf)
			.anyMatch((error) -> error.contains("field=username") && error.contains("code=taken"))
			.anyMatch((error) -> error.contains("field=password") && error.contains("code=too-short"))
			.anyMatch((error) -> error.contains("field=mobile") && error.contains("Please enter 11 digits."))
			.anyMatch((error) -> error.contains("field=terms") && error.contains("Please agree first."))
			.hasSize(4);
		assertThat(accounts()).containsExactly("alice", "bob");
		Map<String, Object> form = with(pending.binding(), FORM);
		form.putAll(Map.of("roles", "ADMIN", "openid", "FFFF", "enabled", "false"));
		FrontEnd.Answer loggedIn = this.frontEnd.post(FrontEnd.REGISTER, form);
		assertThat(loggedIn.status()).isEqualTo(200);
		assertThat(loggedIn.json()).containsEntry("username", "dora").containsEntry("bound", true);
		assertThat(this.application.bindings()).containsExactly(Map.entry("dora", OPENID));
		assertThat(this.application.beans(RegisteringSite.Members.class))
			.filteredOn(RegisteringSite.Members::hasRegistered)
			.isNotEmpty()
			.allSatisfy(
					(members) -> assertThat(members.last().values()).containsOnlyKeys("nickname", "mobile", "terms"));
		assertThat(this.frontEnd.get(FrontEnd.ACCOUNT).text("username")).isEqualTo("dora");
	}

	@Test
	void registerWhenNoFieldsThenOneClickSignsInByQq() {
		fields();
		FrontEnd.Answer pending = this.frontEnd.post(FrontEnd.CALLBACK,
				this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START + "?next=/orders"));
		assertThat(pending.object("pending")).containsEntry("fields", List.of()).containsEntry("nickname", "小明");
		qq.clearRequests();
		FrontEnd.Answer loggedIn = this.frontEnd.post(FrontEnd.REGISTER, with(pending.binding(), Map.of()));
		assertThat(loggedIn.status()).isEqualTo(200);
		String name = String.valueOf(loggedIn.text("username"));
		assertThat(name).matches("qq_[0-9a-f]{20}");
		assertThat(loggedIn.json()).containsEntry("bound", true)
			.containsEntry("next", "/orders")
			.doesNotContainKey("authorizationUrl");
		assertThat(this.frontEnd.get(FrontEnd.ACCOUNT).text("username")).isEqualTo(name);
		assertThat(this.application.bindings()).containsExactly(Map.entry(name, OPENID));
		assertThat(
				this.application.jdbc().sql("select registered from qq_account_binding").query(Boolean.class).single())
			.isTrue();
		assertThat(qq.requests()).isEmpty();
		assertProblem(this.frontEnd.get(FrontEnd.BIND), 410, "binding-expired");
	}

	@Test
	@Tag("T-65")
	void registerWhenConsentIsMissingThenFieldErrorAndNothingIsWritten() {
		fields(QqRegistrationField.consent("consent", "/terms", "https://shop.example/privacy"));
		FrontEnd.Answer pending = this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertThat(pending.object("pending").get("fields")).isEqualTo(List
			.of(Map.of("name", "consent", "label", "I agree to the terms of use and the privacy policy", "links",
					List.of(Map.of("label", "terms of use", "href", "/terms"),
							Map.of("label", "privacy policy", "href", "https://shop.example/privacy")),
					"type", "consent", "required", true, "minLength", 0L, "maxLength", 255L)));
		for (Map<String, ?> more : List.of(Map.<String, Object>of(), Map.of("consent", false), Map.of("consent", "yes"),
				Map.of("terms", true))) {
			FrontEnd.Answer refused = this.frontEnd.post(FrontEnd.REGISTER, with(pending.binding(), more));
			assertProblem(refused, 400, "invalid-registration");
			assertThat(refused.json().get("errors")).isEqualTo(List
				.of(Map.of("field", "consent", "code", "consent", "detail", "Please read this and agree first.")));
			assertThat(this.application.bindings()).isEmpty();
			assertThat(accounts()).containsExactly("alice", "bob");
		}
		FrontEnd.Answer loggedIn = this.frontEnd.post(FrontEnd.REGISTER,
				with(pending.binding(), Map.of("consent", true)));
		assertThat(loggedIn.status()).isEqualTo(200);
		assertThat(this.application.bindings()).containsOnlyKeys(loggedIn.text("username"));
	}

	@Test
	void registerWhenRegistrarRefusesOneClickThenErrorOfItsField() {
		fields();
		this.application.beans(RegisteringSite.Members.class).forEach((members) -> members.rejectUsernames(true));
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		FrontEnd.Answer refused = this.frontEnd.post(FrontEnd.REGISTER, with(binding, Map.of()));
		assertProblem(refused, 400, "invalid-registration");
		assertThat(refused.json().get("errors"))
			.isEqualTo(List.of(Map.of("field", "username", "code", "invalid", "detail", "This value is not valid.")));
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	void registerWhenAccountHasNoPasswordThenContinuesWithQqLogin() {
		this.application.beans(RegisteringSite.Members.class).forEach((members) -> members.passwordless(true));
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		FrontEnd.Answer next = this.frontEnd.post(FrontEnd.REGISTER, with(binding, FORM));
		assertThat(next.json()).containsOnlyKeys("authorizationUrl", "appId", "redirectUri", "state", "scope");
		assertProblem(this.frontEnd.get(FrontEnd.ACCOUNT), 401, "login-required");
		URI callback = qq.approve(FrontEnd.authorizationUrl(next), QqPerson.XIAO_MING);
		assertThat(this.frontEnd.post(FrontEnd.CALLBACK, FrontEnd.parameters(callback)).text("username"))
			.isEqualTo("dora");
	}

	@Test
	void callbackWhenCancelledThenProblem() {
		URI back = qq.cancel(FrontEnd.authorizationUrl(this.frontEnd.get(FrontEnd.START)));
		assertProblem(this.frontEnd.post(FrontEnd.CALLBACK, FrontEnd.parameters(back)), 400, "cancelled");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
	}

	@Test
	@Tag("T-01")
	@Tag("T-03")
	void callbackWhenStateIsOfOtherBrowserOrUsedThenRefused() {
		FrontEnd attacker = new FrontEnd(this.application, qq);
		Map<String, String> stolen = attacker.approve(QqPerson.XIAO_MING, FrontEnd.START);
		this.frontEnd.get(FrontEnd.START);
		FrontEnd.Answer refused = this.frontEnd.post(FrontEnd.CALLBACK, stolen);
		assertProblem(refused, 400, "expired");
		assertThat(qq.requests(QqEndpoint.TOKEN)).isEmpty();
		assertProblem(this.frontEnd.get(FrontEnd.BIND), 410, "binding-expired");
		FrontEnd.Answer required = attacker.post(FrontEnd.CALLBACK, stolen);
		assertProblem(required, 401, "binding-required");
		FrontEnd.Answer again = attacker.post(FrontEnd.CALLBACK, stolen);
		if (hasSessions()) {
			assertProblem(again, 401, "binding-required");
			assertThat(again.binding()).isEqualTo(required.binding());
		}
		else {
			assertProblem(again, 400, "expired");
		}
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(1);
		assertThat(this.application.bindings()).isEmpty();
	}

	/**
	 * Sessions keep how a login ended, tickets do not.
	 */
	protected boolean hasSessions() {
		return true;
	}

	@Test
	void callbackWhenQqFailsThenProblemWithErrorNumber() {
		qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
		assertProblem(this.frontEnd.qqLogin(QqPerson.XIAO_MING), 503, "unavailable");
		qq.enqueue(QqEndpoint.TOKEN, QqReply.error(100010, "redirect uri is illegal"));
		FrontEnd.Answer misconfigured = this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertProblem(misconfigured, 503, "misconfigured");
		assertThat(misconfigured.json()).containsEntry("qqCode", 100010L);
		assertThat(misconfigured.text("errorId")).matches("[0-9a-f]+");
		assertThat(misconfigured.page().body()).doesNotContain("redirect uri is illegal");
	}

	@Test
	@Tag("T-06")
	void linkWhenConfirmedByPasswordThenBoundUntilUnlinked() {
		signIn("alice");
		this.application.ageLogins();
		FrontEnd.Answer none = this.frontEnd.get(FrontEnd.ACCOUNT);
		assertThat(none.json()).containsEntry("bound", false).containsEntry("username", "alice");
		FrontEnd.Answer confirmation = this.frontEnd.link(QqPerson.XIAO_MING, "/orders");
		assertThat(confirmation.status()).isEqualTo(200);
		assertThat(confirmation.json()).containsEntry("bound", false);
		assertThat(confirmation.object("pending")).containsEntry("nickname", "小明")
			.containsEntry("proofRequired", true)
			.containsEntry("ways", List.of("password", "login"));
		String binding = confirmation.binding();
		assertProblem(this.frontEnd.post(FrontEnd.ACCOUNT, with(binding, Map.of())), 403, "proof-required");
		assertProblem(this.frontEnd.post(FrontEnd.ACCOUNT, with(binding, Map.of("password", "x"))), 403,
				"wrong-password");
		assertThat(this.application.bindings()).isEmpty();
		FrontEnd.Answer bound = this.frontEnd.post(FrontEnd.ACCOUNT,
				with(binding, Map.of("password", "alice-password")));
		assertThat(bound.json()).containsEntry("bound", true).containsEntry("next", "/orders");
		assertThat(bound.object("unlink")).containsEntry("proofRequired", true)
			.containsEntry("ways", List.of("password", "login"));
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
		assertProblem(this.frontEnd.post("account/qq/unlink", Map.of()), 403, "proof-required");
		assertProblem(this.frontEnd.post("account/qq/unlink", Map.of("password", "x")), 403, "wrong-password");
		assertThat(this.application.bindings()).hasSize(1);
		FrontEnd.Answer unlinked = this.frontEnd.post("account/qq/unlink", Map.of("password", "alice-password"));
		assertThat(unlinked.json()).containsEntry("bound", false);
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	void linkWhenLoginIsFreshThenBoundAndUnlinkedWithoutFurtherProof() {
		signIn("alice");
		FrontEnd.Answer confirmation = this.frontEnd.link(QqPerson.XIAO_MING, "/orders");
		assertThat(confirmation.object("pending")).containsEntry("proofRequired", false).doesNotContainKey("ways");
		FrontEnd.Answer bound = this.frontEnd.post(FrontEnd.ACCOUNT, with(confirmation.binding(), Map.of()));
		assertThat(bound.object("unlink")).isEqualTo(Map.of("proofRequired", false));
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
		assertThat(this.frontEnd.post("account/qq/unlink", Map.of()).json()).containsEntry("bound", false)
			.doesNotContainKey("unlink");
		assertThat(this.application.bindings()).isEmpty();
	}

	/**
	 * A site without sessions discards its token itself, and does not learn who was
	 * signed in before.
	 */
	@Test
	@Tag("T-59")
	void signInAgainWhenByAnotherAccountThenQuestionIsAboutThatOne() {
		signIn("alice");
		this.application.ageLogins();
		String binding = this.frontEnd.link(QqPerson.XIAO_MING, "/orders").binding();
		boolean tickets = this.frontEnd.browser().cookie("qq-pending") != null;
		FrontEnd.Answer ended = this.frontEnd.post("account/qq/sign-in", Map.of());
		assertThat(ended.json()).isEqualTo(Map.of("loginPage", "/login"));
		this.frontEnd.token(null);
		assertProblem(this.frontEnd.get(FrontEnd.ACCOUNT), 401, "login-required");
		this.application.resetClock();
		signIn("bob");
		FrontEnd.Answer account = this.frontEnd.get(FrontEnd.ACCOUNT);
		assertThat(account.json()).containsEntry("username", "bob");
		assertThat(account.json().get("otherAccount")).isEqualTo(tickets ? null : true);
		assertThat(account.object("pending")).containsEntry("binding", binding).containsEntry("proofRequired", false);
		assertThat(account.page().body()).doesNotContain("alice");
		assertThat(this.application.bindings()).isEmpty();
		assertThat(this.frontEnd.post(FrontEnd.ACCOUNT, with(binding, Map.of())).json()).containsEntry("bound", true)
			.doesNotContainKey("otherAccount");
		assertThat(this.application.bindings()).containsExactly(Map.entry("bob", OPENID));
	}

	@Test
	void linkWhenDismissedThenNotPending() {
		signIn("alice");
		FrontEnd.Answer confirmation = this.frontEnd.link(QqPerson.XIAO_MING, "/");
		FrontEnd.Answer dismissed = this.frontEnd.post(FrontEnd.ACCOUNT,
				with(confirmation.binding(), Map.of("dismiss", true)));
		assertThat(dismissed.json()).containsEntry("bound", false).doesNotContainKey("pending");
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-28")
	void callbackWhenBoundToOtherAccountThenConflict() {
		givenBinding(QqPerson.XIAO_MING, "bob");
		signIn("alice");
		assertProblem(this.frontEnd.link(QqPerson.XIAO_MING, "/"), 409, "other-account");
		assertThat(this.frontEnd.get(FrontEnd.ACCOUNT).text("username")).isEqualTo("alice");
		assertThat(this.application.bindings()).containsExactly(Map.entry("bob", OPENID));
	}

	@Test
	void callbackWhenBoundToCurrentAccountThenAccount() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		signIn("alice");
		FrontEnd.Answer same = this.frontEnd.link(QqPerson.XIAO_MING, "/");
		assertThat(same.json()).containsEntry("username", "alice").containsEntry("bound", true);
		assertThat(same.json()).doesNotContainKey("token");
	}

	/**
	 * So that a captcha or SMS code of the site's login applies to binding, too.
	 */
	@Test
	void confirmationWhenLoggedInAfterQqThenNoPasswordRequired() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		signIn("alice");
		FrontEnd.Answer confirmation = this.frontEnd.get(FrontEnd.ACCOUNT);
		assertThat(confirmation.object("pending")).containsEntry("proofRequired", false);
		FrontEnd.Answer bound = this.frontEnd.post(FrontEnd.ACCOUNT, with(binding, Map.of()));
		assertThat(bound.json()).containsEntry("bound", true);
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
	}

	@ParameterizedTest
	@ValueSource(strings = { FrontEnd.BIND, FrontEnd.REGISTER, FrontEnd.ACCOUNT, "account/qq/link", "account/qq/unlink",
			FrontEnd.CALLBACK })
	@Tag("T-41")
	void postWhenNotJsonThenRefused(String path) {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		String body = "{\"binding\":\"" + binding + "\",\"username\":\"alice\",\"password\":\"alice-password\"}";
		for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
				"text/plain; charset=application/json", "application/json; charset=GBK", "nonsense")) {
			assertProblem(this.frontEnd.post(path, type, body), 415, "unsupported-media-type");
		}
		for (String broken : List.of("", "{", "[]", "null", "\"x\"", body + "x", "{\"a\":1,\"a\":2}",
				"{\"x\":\"" + "x".repeat(70_000) + "\"}")) {
			assertProblem(this.frontEnd.post(path, "application/json", broken), 400, "invalid-request");
		}
		assertThat(this.application.bindings()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = ':', textBlock = """
			PUT    : login/qq/bind        : GET, HEAD, OPTIONS, POST
			DELETE : account/qq           : GET, HEAD, OPTIONS, POST
			PUT    : oauth2/authorization/qq : GET, HEAD, OPTIONS
			POST   : login/qq/error       : GET, HEAD, OPTIONS
			GET    : login/qq/register    : POST
			GET    : account/qq/link      : POST
			GET    : account/qq/unlink    : POST
			""")
	void requestWhenMethodIsUnsupportedThenAllowHeader(String method, String path, String allowed) {
		Browser.Page page = this.frontEnd.browser().header("Accept", "application/json").send(method, path);
		assertThat(page.status()).isEqualTo(405);
		assertThat(page.header("Allow")).isEqualTo(allowed);
		assertThat(page.body()).contains("\"code\":\"method-not-allowed\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "https://evil.example" })
	@Tag("T-41")
	void requestsWhenOtherOriginThenNoCorsHeadersAndSimpleRequestsRefused(String origin) {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		Browser browser = this.frontEnd.browser().header("Origin", origin);
		for (String path : List.of(FrontEnd.START, FrontEnd.BIND, "login/qq/error", FrontEnd.ACCOUNT)) {
			assertThat(this.frontEnd.get(path).page().header("Access-Control-Allow-Origin")).isNull();
		}
		for (String path : List.of(FrontEnd.BIND, FrontEnd.REGISTER, FrontEnd.ACCOUNT, FrontEnd.CALLBACK)) {
			FrontEnd.Answer simple = this.frontEnd.post(path, "text/plain",
					JSONObjectUtils.toJSONString(proof(binding, "alice")));
			assertProblem(simple, 415, "unsupported-media-type");
			assertThat(simple.page().header("Access-Control-Allow-Origin")).isNull();
			browser.header("Access-Control-Request-Method", "POST");
			browser.header("Access-Control-Request-Headers", "content-type");
			assertThat(browser.send("OPTIONS", path).header("Access-Control-Allow-Origin")).isNull();
			browser.header("Access-Control-Request-Method", null);
			browser.header("Access-Control-Request-Headers", null);
		}
		assertThat(this.application.bindings()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "//evil.example", "/\\evil.example", "\\\\evil.example", "https://evil.example/",
			"https:evil.example", "/%5cevil.example", "/%2f/evil.example", "///evil.example", "javascript:alert(1)",
			"/\t/evil.example", "/a\r\nSet-Cookie: a=b", "evil", "", "/ok@evil.example/..//evil.example",
			"data:text/html,x", "/a\u0000" })
	@Tag("T-38")
	void nextWhenExternalThenIgnored(String next) {
		FrontEnd.Answer pending = this.frontEnd.post(FrontEnd.CALLBACK, this.frontEnd.approve(QqPerson.XIAO_MING,
				FrontEnd.START + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8)));
		assertThat(pending.object("pending")).doesNotContainKey("next");
		FrontEnd.Answer loggedIn = this.frontEnd.post(FrontEnd.BIND, proof(pending.binding(), "alice"));
		assertThat(loggedIn.json()).containsEntry("username", "alice").doesNotContainKey("next");
		FrontEnd.Answer linked = this.frontEnd.link(QqPerson.XIAO_MING, next);
		assertThat(linked.json()).containsEntry("bound", true).doesNotContainKey("next");
	}

	/**
	 * Cookies are blocked, or the callback arrives in another browser. Only the CSRF
	 * token of the site is present.
	 */
	@Test
	@Tag("T-48")
	void callbackWhenCookieIsMissingThenNoSession() {
		Map<String, String> callback = this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START);
		FrontEnd other = new FrontEnd(this.application, qq);
		other.get(FrontEnd.ACCOUNT);
		List.of("JSESSIONID", "SESSION").forEach(other.browser()::removeCookie);
		FrontEnd.Answer answer = other.post(FrontEnd.CALLBACK, callback);
		assertProblem(answer, 400, "no-session");
		assertThat(answer.text("detail")).contains("cookie");
		assertProblem(new FrontEnd(this.application, qq).post(FrontEnd.CALLBACK, callback), 400, "no-session");
		assertProblem(new FrontEnd(this.application, qq).get("login/qq/error"), 400, "no-session");
	}

	@Test
	@Tag("T-13")
	void postWhenBodyHasIdentityThenIgnored() {
		Map<String, Object> body = proof(this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding(), "alice");
		body.putAll(Map.of("openid", "FFFF", "unionid", "UID", "access_token", "TOKEN", "nested", Map.of("a", "b")));
		assertThat(this.frontEnd.post(FrontEnd.BIND + "?openid=EEEE", body).status()).isEqualTo(200);
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
	}

	@Test
	void responsesWhenLanguageIsChineseThenChinese() {
		this.frontEnd.browser().header("Accept-Language", "zh-CN");
		FrontEnd.Answer pending = this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertThat(pending.text("detail")).isEqualTo("这个 QQ 还没有绑定账号。");
		assertThat(this.frontEnd.get(FrontEnd.BIND).text("fields")).contains("label=昵称");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/json, text/html",
			"application/json;q=0.9,text/html;q=0.8", "application/problem+json", "text/html;q=0,application/json" })
	void startWhenJsonIsPreferredThenJson(String accept) {
		assertThat(this.frontEnd.accept(accept).get(FrontEnd.START).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*/*", "text/html", "text/html,application/json", "text/html;q=0.9,*/*", "nonsense",
			"application/json;q=0.1,text/html" })
	void startWhenHtmlIsPreferredOrNoneThenRedirect(String accept) {
		assertThat(this.frontEnd.accept(accept).get(FrontEnd.START).status()).isEqualTo(302);
	}

	@Test
	void startWhenXmlHttpRequestThenJson() {
		this.frontEnd.browser().header("X-Requested-With", "XMLHttpRequest");
		assertThat(this.frontEnd.accept("*/*").get(FrontEnd.START).status()).isEqualTo(200);
		assertThat(Objects.requireNonNull(this.frontEnd.get(FrontEnd.BIND).contentType()))
			.startsWith("application/problem+json");
	}

}
