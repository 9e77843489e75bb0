package io.github.qqoauth2.conversation.frontend;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.session.SessionRegistry;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.bind.QqLogin;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A site with another provider, whose own handlers wrap the responses to logins.
 */
class OwnHandlersIT extends AbstractFrontEndVisit {

	private static final String CLIENT = "spring.security.oauth2.client.";

	private static final Application site = Application.with(qq)
		.source(EnvelopeSite.class)
		.property(CLIENT + "registration.other.client-id", "other-id")
		.property(CLIENT + "registration.other.client-secret", "other-secret")
		.property(CLIENT + "registration.other.authorization-grant-type", "authorization_code")
		.property(CLIENT + "registration.other.redirect-uri", "{baseUrl}/login/oauth2/code/{registrationId}")
		.property(CLIENT + "provider.other.authorization-uri", "http://127.0.0.1/authorize")
		.property(CLIENT + "provider.other.token-uri", "http://127.0.0.1/token")
		.property(CLIENT + "provider.other.user-info-uri", "http://127.0.0.1/user")
		.property(CLIENT + "provider.other.user-name-attribute", "login")
		.start();

	OwnHandlersIT() {
		super(site);
	}

	@BeforeEach
	void acceptEnvelopes() {
		this.frontEnd.acceptEnvelopes();
	}

	private static void assertEnvelope(FrontEnd.Answer answer, String code) {
		assertThat(answer.page().header("X-Handler")).isEqualTo("site");
		assertThat(answer.json()).containsOnlyKeys("code", "errmsg", "data").containsEntry("code", code);
	}

	/**
	 * The failure handler gets the message that the visitor would have got.
	 */
	private static void assertFailure(FrontEnd.Answer answer, int status, String code) {
		assertEnvelope(answer, code);
		assertThat(answer.text("errmsg")).isNotBlank();
		assertThat(answer.object("data")).containsEntry("status", (long) status)
			.containsEntry("detail", answer.text("errmsg"));
	}

	@Override
	protected void givenBinding(QqPerson person, String account) {
		FrontEnd other = otherFrontEnd();
		assertEnvelope(other.post(FrontEnd.BIND, proof(other.qqLogin(person).binding(), account)), "0");
	}

	private FrontEnd otherFrontEnd() {
		return new FrontEnd(this.application, qq).acceptEnvelopes();
	}

	@Test
	void bindAndLoginWhenCustomSuccessHandlerThenWritesResponse() {
		FrontEnd.Answer pending = this.frontEnd.post(FrontEnd.CALLBACK,
				this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START + "?next=/orders"));
		assertProblem(pending, 401, "binding-required");
		FrontEnd.Answer bound = this.frontEnd.post(FrontEnd.BIND, proof(pending.binding(), "alice"));
		assertEnvelope(bound, "0");
		assertThat(bound.object("data")).containsEntry("username", "alice")
			.containsEntry("bound", true)
			.containsEntry("nickname", "小明")
			.containsEntry("next", "/orders");
		FrontEnd again = otherFrontEnd();
		FrontEnd.Answer loggedIn = again.qqLogin(QqPerson.XIAO_MING);
		assertEnvelope(loggedIn, "0");
		assertThat(loggedIn.object("data")).containsEntry("username", "alice").containsKeys("boundAt", "lastLoginAt");
		assertThat(again.get(FrontEnd.ACCOUNT).text("username")).isEqualTo("alice");
	}

	@Test
	void loginWhenRepeatedThenCustomHandlersWriteResponseAgain() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		Map<String, String> callback = this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START);
		assertEnvelope(this.frontEnd.post(FrontEnd.CALLBACK, callback), "0");
		qq.clearRequests();
		FrontEnd.Answer again = this.frontEnd.post(FrontEnd.CALLBACK, callback);
		assertEnvelope(again, "0");
		assertThat(again.object("data")).containsEntry("username", "alice").containsEntry("bound", true);
		assertThat(qq.requests()).isEmpty();
		FrontEnd other = otherFrontEnd();
		Map<String, String> cancelled = FrontEnd
			.parameters(qq.cancel(FrontEnd.authorizationUrl(other.get(FrontEnd.START))));
		assertFailure(other.post(FrontEnd.CALLBACK, cancelled), 400, "cancelled");
		assertFailure(other.post(FrontEnd.CALLBACK, cancelled), 400, "cancelled");
	}

	@Test
	void registerWhenCustomSuccessHandlerThenWritesResponse() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		assertProblem(this.frontEnd.post(FrontEnd.REGISTER, with(binding, Map.of("username", "dora"))), 400,
				"invalid-registration");
		FrontEnd.Answer loggedIn = this.frontEnd.post(FrontEnd.REGISTER, with(binding, FORM));
		assertEnvelope(loggedIn, "0");
		assertThat(loggedIn.object("data")).containsEntry("username", "dora");
	}

	@Test
	void loginWhenFailsThenCustomFailureHandlerWritesResponse() {
		qq.enqueue(QqEndpoint.TOKEN, QqReply.error(100010, "redirect uri is illegal"));
		FrontEnd.Answer failed = this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertFailure(failed, 503, "misconfigured");
		assertThat(failed.object("data")).containsEntry("qqCode", 100010L).containsKey("errorId");
		Map<String, String> cancelled = FrontEnd
			.parameters(qq.cancel(FrontEnd.authorizationUrl(this.frontEnd.get(FrontEnd.START))));
		assertFailure(this.frontEnd.post(FrontEnd.CALLBACK, cancelled), 400, "cancelled");
	}

	@Test
	void bindWhenPasswordIsWrongThenCustomFailureHandlerWritesResponse() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		assertFailure(bindWithWrongPassword(binding), 401, "credentials");
		assertEnvelope(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")), "0");
	}

	private FrontEnd.Answer bindWithWrongPassword(String binding) {
		return this.frontEnd.post(FrontEnd.BIND, with(binding, Map.of("username", "alice", "password", "x")));
	}

	@Test
	@Tag("T-31")
	void bindWhenPasswordIsWrongFiveTimesThenCustomFailureHandlerWritesResponse() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		for (int i = 0; i < 4; i++) {
			assertFailure(bindWithWrongPassword(binding), 401, "credentials");
		}
		assertFailure(bindWithWrongPassword(binding), 429, "too-many-attempts");
		assertProblem(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")), 410, "binding-expired");
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-33")
	void registerAndBindWhenAccountIsDisabledThenCustomFailureHandlerWritesResponse() {
		this.application.bean(RegisteringSite.Members.class).disable(true);
		FrontEnd other = otherFrontEnd();
		String registered = other.qqLogin(QqPerson.PANDA).binding();
		assertFailure(other.post(FrontEnd.REGISTER, with(registered, FORM)), 403, "account-status");
		assertThat(this.application.bindings()).containsOnlyKeys("dora");
		assertProblem(other.get(FrontEnd.ACCOUNT), 401, "login-required");
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		assertFailure(this.frontEnd.post(FrontEnd.BIND, proof(binding, "dora")), 403, "account-status");
		assertThat(this.application.bindings()).hasSize(1);
	}

	@Test
	void conflictsWhenCustomHandlersThenProblems() {
		givenBinding(QqPerson.PANDA, "bob");
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		assertProblem(this.frontEnd.post(FrontEnd.BIND, proof(binding, "bob")), 409, "other-qq");
		assertProblem(this.frontEnd.post(FrontEnd.BIND, proof("other", "alice")), 409, "binding-changed");
		signIn("alice");
		assertProblem(this.frontEnd.link(QqPerson.PANDA, "/"), 409, "other-account");
		assertProblem(otherFrontEnd().get(FrontEnd.BIND), 410, "binding-expired");
	}

	/**
	 * The starter sets no request attribute for other providers.
	 */
	@Test
	void otherProviderWhenJsonThenUnchanged() {
		Browser browser = this.frontEnd.browser().header("Accept", "application/json");
		Browser.Page start = browser.get("oauth2/authorization/other");
		assertThat(start.status()).isEqualTo(302);
		String state = Objects.requireNonNull(start.header("Location"))
			.replaceFirst(".*&state=", "")
			.replaceFirst("&.*", "");
		FrontEnd.Answer loggedIn = this.frontEnd.get("login/oauth2/code/other?code=C&state=" + state);
		assertEnvelope(loggedIn, "0");
		assertThat(loggedIn.json()).containsEntry("data", null);
		FrontEnd.Answer failed = otherFrontEnd().get("login/oauth2/code/other?error=access_denied&state=x");
		assertEnvelope(failed, "unknown");
		assertThat(failed.json()).containsEntry("data", null);
	}

	@Configuration(proxyBeanMethods = false)
	static class EnvelopeSite extends FrontEndSite {

		@Bean
		@Override
		protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
			http.oauth2Login((login) -> login
				.successHandler((request, response, authentication) -> write(request, response, "0", ""))
				.failureHandler(
						(request, response, failure) -> write(request, response, "unknown", failure.getMessage())));
			return super.chain(http, sessions);
		}

		private static void write(HttpServletRequest request, HttpServletResponse response, String defaultCode,
				@Nullable String message) throws IOException {
			Map<?, ?> answer = (Map<?, ?>) request.getAttribute(QqLogin.ANSWER_ATTRIBUTE);
			boolean problem = answer != null && answer.containsKey("code");
			Map<String, Object> envelope = new TreeMap<>();
			envelope.put("code", problem ? Objects.requireNonNull(answer).get("code") : defaultCode);
			envelope.put("errmsg", message);
			envelope.put("data", answer);
			response.setHeader("X-Handler", "site");
			response.setContentType("application/json");
			response.setCharacterEncoding("UTF-8");
			response.getWriter().write(JSONObjectUtils.toJSONString(envelope));
		}

		@Bean
		OAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> tokens() {
			return (request) -> OAuth2AccessTokenResponse.withToken("other-token")
				.tokenType(OAuth2AccessToken.TokenType.BEARER)
				.build();
		}

		@Bean
		OAuth2UserService<OAuth2UserRequest, OAuth2User> otherUsers() {
			return (request) -> new DefaultOAuth2User(AuthorityUtils.createAuthorityList("ROLE_OTHER"),
					Map.of("login", "octocat"), "login");
		}

	}

}
