package io.github.qqoauth2.conversation.frontend;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.util.JSONObjectUtils;
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
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.security.oauth2.core.user.DefaultOAuth2User;
import org.springframework.security.oauth2.core.user.OAuth2User;
import org.springframework.security.web.SecurityFilterChain;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A site with another provider, whose own handlers write the responses to logins. With a
 * mapper of JSON responses they write only those of the other provider.
 */
class OwnHandlersIT extends AbstractFrontEndVisit {

	private static final String CLIENT = "spring.security.oauth2.client.";

	private static final Application site = start(EnvelopeSite.class);

	private static Application start(Class<?>... sources) {
		return Application.with(qq)
			.source(sources)
			.property(CLIENT + "registration.other.client-id", "other-id")
			.property(CLIENT + "registration.other.client-secret", "other-secret")
			.property(CLIENT + "registration.other.authorization-grant-type", "authorization_code")
			.property(CLIENT + "registration.other.redirect-uri", "{baseUrl}/login/oauth2/code/{registrationId}")
			.property(CLIENT + "provider.other.authorization-uri", "http://127.0.0.1/authorize")
			.property(CLIENT + "provider.other.token-uri", "http://127.0.0.1/token")
			.property(CLIENT + "provider.other.user-info-uri", "http://127.0.0.1/user")
			.property(CLIENT + "provider.other.user-name-attribute", "login")
			.start();
	}

	OwnHandlersIT() {
		super(site);
	}

	@BeforeEach
	void acceptEnvelopes() {
		this.frontEnd.acceptEnvelopes();
	}

	private static void assertEnvelope(FrontEnd.Answer answer, String code) {
		assertThat(answer.page().header("X-Handler")).isEqualTo("site");
		assertThat(answer.json()).containsOnlyKeys("code", "errmsg").containsEntry("code", code);
	}

	private static void assertSignedIn(FrontEnd.Answer answer, String account) {
		assertEnvelope(answer, "0");
		assertThat(answer.text("errmsg")).isEqualTo(account);
	}

	/**
	 * The failure handler gets the code of OAuth2, or that of the problem, and the
	 * message that the visitor would have got.
	 */
	private static void assertFailure(FrontEnd.Answer answer, String code, String sentence) {
		assertEnvelope(answer, code);
		assertThat(answer.text("errmsg")).startsWith(sentence);
	}

	@Override
	protected void givenBinding(QqPerson person, String account) {
		FrontEnd other = otherFrontEnd();
		assertSignedIn(other.post(FrontEnd.BIND, proof(other.qqLogin(person).binding(), account)), account);
	}

	private FrontEnd otherFrontEnd() {
		return new FrontEnd(this.application, qq).acceptEnvelopes();
	}

	@Test
	void bindAndLoginWhenCustomSuccessHandlerThenWritesResponse() {
		FrontEnd.Answer pending = this.frontEnd.post(FrontEnd.CALLBACK,
				this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START + "?next=/orders"));
		assertProblem(pending, 401, "binding-required");
		assertSignedIn(this.frontEnd.post(FrontEnd.BIND, proof(pending.binding(), "alice")), "alice");
		FrontEnd again = otherFrontEnd();
		assertSignedIn(again.qqLogin(QqPerson.XIAO_MING), "alice");
		assertThat(again.get(FrontEnd.ACCOUNT).text("username")).isEqualTo("alice");
	}

	@Test
	void loginWhenRepeatedThenCustomHandlersWriteResponseAgain() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		Map<String, String> callback = this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START);
		assertSignedIn(this.frontEnd.post(FrontEnd.CALLBACK, callback), "alice");
		qq.clearRequests();
		assertSignedIn(this.frontEnd.post(FrontEnd.CALLBACK, callback), "alice");
		assertThat(qq.requests()).isEmpty();
		FrontEnd other = otherFrontEnd();
		Map<String, String> cancelled = FrontEnd
			.parameters(qq.cancel(FrontEnd.authorizationUrl(other.get(FrontEnd.START))));
		assertFailure(other.post(FrontEnd.CALLBACK, cancelled), "access_denied", "You cancelled");
		assertFailure(other.post(FrontEnd.CALLBACK, cancelled), "cancelled", "You cancelled");
	}

	@Test
	void registerWhenCustomSuccessHandlerThenWritesResponse() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		assertProblem(this.frontEnd.post(FrontEnd.REGISTER, with(binding, Map.of("username", "dora"))), 400,
				"invalid-registration");
		assertSignedIn(this.frontEnd.post(FrontEnd.REGISTER, with(binding, FORM)), "dora");
	}

	@Test
	void loginWhenFailsThenCustomFailureHandlerWritesResponse() {
		qq.enqueue(QqEndpoint.TOKEN, QqReply.error(100010, "redirect uri is illegal"));
		assertFailure(this.frontEnd.qqLogin(QqPerson.XIAO_MING), "qq_misconfigured",
				"QQ sign-in is not set up correctly here (QQ error 100010)");
	}

	@Test
	void bindWhenPasswordIsWrongThenCustomFailureHandlerWritesResponse() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		assertFailure(bindWithWrongPassword(binding), "credentials", "The username or password");
		assertSignedIn(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")), "alice");
	}

	private FrontEnd.Answer bindWithWrongPassword(String binding) {
		return this.frontEnd.post(FrontEnd.BIND, with(binding, Map.of("username", "alice", "password", "x")));
	}

	@Test
	@Tag("T-31")
	void bindWhenPasswordIsWrongFiveTimesThenCustomFailureHandlerWritesResponse() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		for (int i = 0; i < 4; i++) {
			assertFailure(bindWithWrongPassword(binding), "credentials", "The username or password");
		}
		assertFailure(bindWithWrongPassword(binding), "too-many-attempts", "Too many attempts");
		assertProblem(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")), 410, "binding-expired");
		assertThat(this.application.bindings()).isEmpty();
	}

	@Test
	@Tag("T-33")
	void registerAndBindWhenAccountIsDisabledThenCustomFailureHandlerWritesResponse() {
		this.application.bean(RegisteringSite.Members.class).disable(true);
		FrontEnd other = otherFrontEnd();
		String registered = other.qqLogin(QqPerson.PANDA).binding();
		assertFailure(other.post(FrontEnd.REGISTER, with(registered, FORM)), "account-status",
				"This account cannot sign in");
		assertThat(this.application.bindings()).containsOnlyKeys("dora");
		assertProblem(other.get(FrontEnd.ACCOUNT), 401, "login-required");
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		assertFailure(this.frontEnd.post(FrontEnd.BIND, proof(binding, "dora")), "account-status",
				"This account cannot sign in");
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

	@Test
	void otherProviderWhenJsonThenUnchanged() {
		assertOtherProvider(this.frontEnd);
	}

	/**
	 * The other provider is left alone, and pages still get the handlers.
	 */
	@Test
	void loginWhenMapperThenCustomHandlersOnlyForOtherProviderAndPages() {
		try (Application mapped = start(EnvelopeSite.class, Envelope.class)) {
			FrontEnd visitor = new FrontEnd(mapped, qq);
			FrontEnd.Answer bound = visitor.post(FrontEnd.BIND,
					proof(visitor.qqLogin(QqPerson.XIAO_MING).binding(), "alice"));
			assertThat(bound.text("username")).isEqualTo("alice");
			assertThat(bound.page().header("X-Handler")).isNull();
			Map<String, String> cancelled = FrontEnd
				.parameters(qq.cancel(FrontEnd.authorizationUrl(visitor.get(FrontEnd.START))));
			assertProblem(visitor.post(FrontEnd.CALLBACK, cancelled), 400, "cancelled");
			assertProblem(visitor.post(FrontEnd.CALLBACK, cancelled), 400, "cancelled");
			FrontEnd wrong = new FrontEnd(mapped, qq);
			assertProblem(
					wrong.post(FrontEnd.BIND,
							with(wrong.qqLogin(QqPerson.PANDA).binding(), Map.of("username", "bob", "password", "x"))),
					401, "credentials");
			Browser page = mapped.browser();
			String start = String.valueOf(page.get(FrontEnd.START).location());
			assertThat(page.get(qq.approve(URI.create(start), QqPerson.XIAO_MING).toString()).header("X-Handler"))
				.isEqualTo("site");
			assertOtherProvider(new FrontEnd(mapped.browser(), qq).acceptEnvelopes());
		}
	}

	private static void assertOtherProvider(FrontEnd frontEnd) {
		Browser browser = frontEnd.browser().header("Accept", "application/json");
		Browser.Page start = browser.get("oauth2/authorization/other");
		assertThat(start.status()).isEqualTo(302);
		String state = Objects.requireNonNull(start.header("Location"))
			.replaceFirst(".*&state=", "")
			.replaceFirst("&.*", "");
		assertSignedIn(frontEnd.get("login/oauth2/code/other?code=C&state=" + state), "octocat");
		assertEnvelope(frontEnd.get("login/oauth2/code/other?error=access_denied&state=x"),
				"authorization_request_not_found");
	}

	@Configuration(proxyBeanMethods = false)
	static class EnvelopeSite extends FrontEndSite {

		@Bean
		@Override
		protected SecurityFilterChain chain(HttpSecurity http, SessionRegistry sessions) throws Exception {
			http.oauth2Login((login) -> login
				.successHandler((request, response, authentication) -> write(response, "0", authentication.getName()))
				.failureHandler((request, response, failure) -> write(response,
						((OAuth2AuthenticationException) failure).getError().getErrorCode(), failure.getMessage())));
			return super.chain(http, sessions);
		}

		private static void write(HttpServletResponse response, String code, @Nullable String message)
				throws IOException {
			response.setHeader("X-Handler", "site");
			response.setContentType("application/json");
			response.setCharacterEncoding("UTF-8");
			response.getWriter()
				.write(JSONObjectUtils.toJSONString(Map.of("code", code, "errmsg", String.valueOf(message))));
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
