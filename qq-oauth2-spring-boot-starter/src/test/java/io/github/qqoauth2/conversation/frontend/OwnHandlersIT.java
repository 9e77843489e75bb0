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
 * A site whose own handlers put every answer to a login into an envelope, and which has
 * another provider.
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
	void envelopes() {
		this.frontEnd.takeEnvelopes();
	}

	private static void isEnvelope(FrontEnd.Answer answer, String code) {
		assertThat(answer.page().header("X-Handler")).isEqualTo("the site's");
		assertThat(answer.json()).containsOnlyKeys("code", "errmsg", "data").containsEntry("code", code);
	}

	/**
	 * The exception that the site's handler gets says what the visitor would have been
	 * told.
	 */
	private static void isFailure(FrontEnd.Answer answer, int status, String code) {
		isEnvelope(answer, code);
		assertThat(answer.text("errmsg")).isNotBlank();
		assertThat(answer.object("data")).containsEntry("status", (long) status)
			.containsEntry("detail", answer.text("errmsg"));
	}

	@Override
	protected void bound(QqPerson person, String account) {
		FrontEnd other = another();
		isEnvelope(other.post(FrontEnd.BIND, proof(other.comeBack(person).binding(), account)), "0");
	}

	private FrontEnd another() {
		return new FrontEnd(this.application, qq).takeEnvelopes();
	}

	@Test
	void bindAndLoginWhenTheSiteHasASuccessHandlerThenItWritesTheAnswer() {
		FrontEnd.Answer waiting = this.frontEnd.post(FrontEnd.CALLBACK,
				this.frontEnd.agree(QqPerson.XIAO_MING, FrontEnd.START + "?next=/orders"));
		isProblem(waiting, 401, "binding-required");
		FrontEnd.Answer bound = this.frontEnd.post(FrontEnd.BIND, proof(waiting.binding(), "alice"));
		isEnvelope(bound, "0");
		assertThat(bound.object("data")).containsEntry("username", "alice")
			.containsEntry("bound", true)
			.containsEntry("nickname", "小明")
			.containsEntry("next", "/orders");
		FrontEnd again = another();
		FrontEnd.Answer in = again.comeBack(QqPerson.XIAO_MING);
		isEnvelope(in, "0");
		assertThat(in.object("data")).containsEntry("username", "alice").containsKeys("boundAt", "lastLoginAt");
		assertThat(again.get(FrontEnd.ACCOUNT).text("username")).isEqualTo("alice");
	}

	@Test
	void loginWhenRepeatedThenTheSitesHandlersWriteTheAnswerAgain() {
		bound(QqPerson.XIAO_MING, "alice");
		Map<String, String> callback = this.frontEnd.agree(QqPerson.XIAO_MING, FrontEnd.START);
		isEnvelope(this.frontEnd.post(FrontEnd.CALLBACK, callback), "0");
		qq.clearRequests();
		FrontEnd.Answer again = this.frontEnd.post(FrontEnd.CALLBACK, callback);
		isEnvelope(again, "0");
		assertThat(again.object("data")).containsEntry("username", "alice").containsEntry("bound", true);
		assertThat(qq.requests()).isEmpty();
		FrontEnd other = another();
		Map<String, String> cancelled = FrontEnd
			.parameters(qq.cancel(FrontEnd.authorizationUrl(other.get(FrontEnd.START))));
		isFailure(other.post(FrontEnd.CALLBACK, cancelled), 400, "cancelled");
		isFailure(other.post(FrontEnd.CALLBACK, cancelled), 400, "cancelled");
	}

	@Test
	void registerWhenTheSiteHasASuccessHandlerThenItWritesTheAnswer() {
		String binding = this.frontEnd.comeBack(QqPerson.XIAO_MING).binding();
		isProblem(this.frontEnd.post(FrontEnd.REGISTER, with(binding, Map.of("username", "dora"))), 400,
				"invalid-registration");
		FrontEnd.Answer in = this.frontEnd.post(FrontEnd.REGISTER, with(binding, FORM));
		isEnvelope(in, "0");
		assertThat(in.object("data")).containsEntry("username", "dora");
	}

	@Test
	void loginWhenItFailsThenTheSitesFailureHandlerWritesTheAnswer() {
		qq.enqueue(QqEndpoint.TOKEN, QqReply.error(100010, "redirect uri is illegal"));
		FrontEnd.Answer failed = this.frontEnd.comeBack(QqPerson.XIAO_MING);
		isFailure(failed, 503, "misconfigured");
		assertThat(failed.object("data")).containsEntry("qqCode", 100010L).containsKey("errorId");
		Map<String, String> cancelled = FrontEnd
			.parameters(qq.cancel(FrontEnd.authorizationUrl(this.frontEnd.get(FrontEnd.START))));
		isFailure(this.frontEnd.post(FrontEnd.CALLBACK, cancelled), 400, "cancelled");
	}

	@Test
	void bindWhenPasswordIsWrongThenTheSitesFailureHandlerWritesTheAnswer() {
		String binding = this.frontEnd.comeBack(QqPerson.XIAO_MING).binding();
		isFailure(wrong(binding), 401, "credentials");
		isEnvelope(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")), "0");
	}

	private FrontEnd.Answer wrong(String binding) {
		return this.frontEnd.post(FrontEnd.BIND, with(binding, Map.of("username", "alice", "password", "x")));
	}

	@Test
	@Tag("T-31")
	void bindWhenWrongFiveTimesThenTheSitesFailureHandlerWritesTheAnswer() {
		String binding = this.frontEnd.comeBack(QqPerson.XIAO_MING).binding();
		for (int i = 0; i < 4; i++) {
			isFailure(wrong(binding), 401, "credentials");
		}
		isFailure(wrong(binding), 429, "too-many-attempts");
		isProblem(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")), 410, "binding-expired");
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-33")
	void registerAndBindWhenTheAccountMayNotLogInThenTheSitesFailureHandlerWritesTheAnswer() {
		this.application.bean(RegisteringSite.Members.class).disable(true);
		FrontEnd other = another();
		String registered = other.comeBack(QqPerson.PANDA).binding();
		isFailure(other.post(FrontEnd.REGISTER, with(registered, FORM)), 403, "account-status");
		assertThat(this.application.bindings()).containsOnlyKeys("dora");
		isProblem(other.get(FrontEnd.ACCOUNT), 401, "login-required");
		String binding = this.frontEnd.comeBack(QqPerson.XIAO_MING).binding();
		isFailure(this.frontEnd.post(FrontEnd.BIND, proof(binding, "dora")), 403, "account-status");
		assertThat(this.application.bindings()).hasSize(1);
	}

	@Test
	void conflictsWhenTheSiteHasHandlersThenStayProblems() {
		bound(QqPerson.PANDA, "bob");
		String binding = this.frontEnd.comeBack(QqPerson.XIAO_MING).binding();
		isProblem(this.frontEnd.post(FrontEnd.BIND, proof(binding, "bob")), 409, "other-qq");
		isProblem(this.frontEnd.post(FrontEnd.BIND, proof("other", "alice")), 409, "binding-changed");
		signIn("alice");
		isProblem(this.frontEnd.link(QqPerson.PANDA, "/"), 409, "other-account");
		isProblem(another().get(FrontEnd.BIND), 410, "binding-expired");
	}

	/**
	 * The handlers see it as without the starter: nothing of ours is beside the request.
	 */
	@Test
	void otherProviderWhenAFrontEndLogsInThenIsUntouched() {
		Browser browser = this.frontEnd.browser().header("Accept", "application/json");
		Browser.Page start = browser.get("oauth2/authorization/other");
		assertThat(start.status()).isEqualTo(302);
		String state = Objects.requireNonNull(start.header("Location"))
			.replaceFirst(".*&state=", "")
			.replaceFirst("&.*", "");
		FrontEnd.Answer in = this.frontEnd.get("login/oauth2/code/other?code=C&state=" + state);
		isEnvelope(in, "0");
		assertThat(in.json()).containsEntry("data", null);
		FrontEnd.Answer failed = another().get("login/oauth2/code/other?error=access_denied&state=x");
		isEnvelope(failed, "unknown");
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

		private static void write(HttpServletRequest request, HttpServletResponse response, String otherwise,
				@Nullable String message) throws IOException {
			Map<?, ?> answer = (Map<?, ?>) request.getAttribute(QqLogin.ANSWER_ATTRIBUTE);
			boolean problem = answer != null && answer.containsKey("code");
			Map<String, Object> envelope = new TreeMap<>();
			envelope.put("code", problem ? Objects.requireNonNull(answer).get("code") : otherwise);
			envelope.put("errmsg", message);
			envelope.put("data", answer);
			response.setHeader("X-Handler", "the site's");
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
