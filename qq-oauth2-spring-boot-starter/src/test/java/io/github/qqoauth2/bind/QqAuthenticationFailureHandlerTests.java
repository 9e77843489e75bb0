package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserRequest;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

@ExtendWith(OutputCaptureExtension.class)
class QqAuthenticationFailureHandlerTests {

	private static final String SPRING_SESSION = "org.springframework.session.SessionRepository.CURRENT_SESSION";

	private final List<AuthenticationException> delegated = new ArrayList<>();

	private final AuthenticationFailureHandler own = (request, response, failure) -> this.delegated.add(failure);

	private LoginFixture fixture = new LoginFixture();

	private MockHttpServletRequest request = LoginFixture.get("/login/oauth2/code/qq");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private QqAuthenticationFailureHandler handler() {
		return new QqAuthenticationFailureHandler(this.own, this.fixture.chain, this.fixture.responses,
				this.fixture.models, this.fixture.errors, this.fixture.ended, this.fixture.outcomes::add);
	}

	private void fail(AuthenticationException failure) throws IOException, ServletException {
		handler().onAuthenticationFailure(this.request, this.response, failure);
	}

	private void callback(boolean stored) {
		this.request.setParameter("state", "STATE");
		LoginCallback callback = LoginCallback.of(this.request);
		if (stored) {
			this.fixture.requests.save(LoginFixture.authorizationRequest("STATE", Map.of()), this.request,
					this.response);
		}
		callback.takeFrom(this.fixture.requests, this.request, this.response);
	}

	private static OAuth2AuthenticationException failure(String code) {
		return new OAuth2AuthenticationException(new OAuth2Error(code), "for the log");
	}

	private LoginErrorRepository.Shown shown() {
		return Objects.requireNonNull(this.fixture.errors.stored(this.request));
	}

	private EndedLogins.@Nullable Ended ended() {
		return this.fixture.ended.find(this.request, "STATE");
	}

	@Test
	void onAuthenticationFailureWhenApplicationHasNoHandlerThenErrorPage() throws Exception {
		this.request.getSession();
		this.request.setAttribute(LoginPaths.NEXT_ATTRIBUTE, "/orders");
		fail(failure("access_denied"));
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/error");
		assertThat(shown().error()).isEqualTo(LoginError.CANCELLED);
		assertThat(shown().next()).isEqualTo("/orders");
		assertThat(shown().id()).isNotEmpty();
		assertThat(shown().qqCode()).isNull();
		assertThat(this.delegated).isEmpty();
		assertThat(this.fixture.outcomes).containsExactly("cancelled");
	}

	@Test
	void onAuthenticationFailureWhenThereIsNoSessionThenMakesNone() throws Exception {
		fail(failure("authorization_request_not_found"));
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/error");
		assertThat(this.request.getSession(false)).isNull();
		assertThat(this.fixture.outcomes).containsExactly("expired");
	}

	@Test
	void onAuthenticationFailureWhenStateWasStoredThenItsEndIsRemembered() throws Exception {
		callback(true);
		fail(failure("access_denied"));
		assertThat(ended()).isEqualTo(new EndedLogins.Ended(EndedLogins.End.FAILED, shown().write()));
		assertThat(shown().state()).isNull();
	}

	@Test
	void onAuthenticationFailureWhenStateWasNotStoredThenErrorKeepsItAndNoEndIsRemembered() throws Exception {
		this.request.getSession();
		callback(false);
		fail(failure("authorization_request_not_found"));
		assertThat(shown().state()).isEqualTo("STATE");
		assertThat(ended()).isNull();
	}

	@Test
	void onAuthenticationFailureWhenCallbackHasNoStateThenErrorHasNone() throws Exception {
		this.request.getSession();
		LoginCallback.of(this.request).takeFrom(this.fixture.requests, this.request, this.response);
		fail(failure("authorization_request_not_found"));
		assertThat(shown().state()).isNull();
		assertThat(shown().error()).isEqualTo(LoginError.EXPIRED);
	}

	@Test
	void onAuthenticationFailureWhenApplicationHasAHandlerThenItGetsTheSentence() throws Exception {
		this.fixture = LoginFixture.withFailureHandler(this.own);
		this.request.getSession();
		OAuth2AuthenticationException cause = failure("access_denied");
		fail(cause);
		assertThat(this.delegated).singleElement()
			.isInstanceOfSatisfying(OAuth2AuthenticationException.class, (delegated) -> {
				assertThat(delegated.getError().getErrorCode()).isEqualTo("access_denied");
				assertThat(delegated).hasMessage(delegated.getError().getDescription()).hasCause(cause);
				assertThat(delegated.getMessage()).isNotBlank().doesNotContain("for the log");
			});
		assertThat(this.response.getRedirectedUrl()).isNull();
		assertThat(this.fixture.errors.stored(this.request)).isNull();
		assertThat(this.fixture.outcomes).containsExactly("cancelled");
	}

	@Test
	void onAuthenticationFailureWhenNotOAuth2ThenHandlerGetsTheCodeOfTheError() throws Exception {
		this.fixture = LoginFixture.withFailureHandler(this.own);
		fail(new LockedException("locked"));
		assertThat(this.delegated).singleElement()
			.isInstanceOfSatisfying(OAuth2AuthenticationException.class,
					(delegated) -> assertThat(delegated.getError().getErrorCode()).isEqualTo("account-status"));
		assertThat(this.fixture.outcomes).containsExactly("account-status");
	}

	@Test
	void onAuthenticationFailureWhenFrontEndThenProblem() throws Exception {
		LoginFixture.json(this.request);
		this.request.getSession();
		fail(failure("access_denied"));
		assertThat(this.response.getStatus()).isEqualTo(400);
		assertThat(this.response.getContentType()).startsWith("application/problem+json");
		assertThat(this.response.getContentAsString()).contains("\"code\":\"cancelled\"", "\"errorId\":");
		assertThat(this.delegated).isEmpty();
	}

	@Test
	void onAuthenticationFailureWhenFrontEndAndApplicationHasAHandlerThenItAnswers() throws Exception {
		this.fixture = LoginFixture.withFailureHandler(this.own);
		LoginFixture.json(this.request);
		fail(failure("access_denied"));
		assertThat(this.delegated).singleElement()
			.satisfies((delegated) -> assertThat(delegated.getMessage()).isNotBlank().doesNotContain("for the log"));
		assertThat(this.response.getContentAsString()).isEmpty();
	}

	@Test
	void onAuthenticationFailureWhenFrontEndAndMapperThenNotTheHandler() throws Exception {
		this.fixture = LoginFixture.withFailureHandler(this.own);
		this.fixture.mapper = (request, answer) -> answer.with(200, Map.of("data", answer.body()));
		LoginFixture.json(this.request);
		fail(failure("access_denied"));
		assertThat(this.delegated).isEmpty();
		assertThat(this.response.getStatus()).isEqualTo(200);
		assertThat(this.response.getContentAsString()).startsWith("{\"data\":{").contains("\"code\":\"cancelled\"");
	}

	@Test
	void onAuthenticationFailureWhenPageAndMapperThenTheHandler() throws Exception {
		this.fixture = LoginFixture.withFailureHandler(this.own);
		this.fixture.mapper = (request, answer) -> answer;
		fail(failure("access_denied"));
		assertThat(this.delegated).hasSize(1);
	}

	@Test
	void onAuthenticationFailureWhenFrontEndAndApplicationHasAFailureUrlThenProblem() throws Exception {
		this.fixture = LoginFixture.withFailureHandler(new SimpleUrlAuthenticationFailureHandler("/oops"));
		LoginFixture.json(this.request);
		fail(failure("access_denied"));
		assertThat(this.delegated).isEmpty();
		assertThat(this.response.getContentAsString()).contains("\"code\":\"cancelled\"");
	}

	@Test
	void onAuthenticationFailureWhenQqSentANumberThenErrorHasIt() throws Exception {
		this.request.getSession();
		try (QqReplies qq = new QqReplies(Map.of("/oauth2.0/me", "{\"error\":100008,\"error_description\":\"x\"}"))) {
			OAuth2UserRequest userRequest = qq.userRequest(Map.of());
			QqOAuth2UserService service = new QqOAuth2UserService(qq.client());
			fail(Objects.requireNonNull(
					catchThrowableOfType(OAuth2AuthenticationException.class, () -> service.loadUser(userRequest))));
		}
		assertThat(shown().error()).isEqualTo(LoginError.MISCONFIGURED);
		assertThat(shown().qqCode()).isEqualTo(100008);
	}

	@Test
	void onAuthenticationFailureWhenSessionCannotBeWrittenThenAnsweredWithoutIt() throws Exception {
		this.request = new MockHttpServletRequest("GET", "/login/oauth2/code/qq") {

			private int reads;

			@Override
			public @Nullable HttpSession getSession(boolean create) {
				if (++this.reads == 1) {
					throw new IllegalStateException("its id has changed");
				}
				return super.getSession(create);
			}

		};
		this.request.setAttribute(SPRING_SESSION, "session");
		fail(failure("access_denied"));
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/error");
		assertThat(this.request.getAttribute(SPRING_SESSION)).isNull();
	}

	@Test
	void onAuthenticationFailureWhenAnsweredThenSessionOfTheRequestStays() throws Exception {
		this.request.setAttribute(SPRING_SESSION, "session");
		fail(failure("access_denied"));
		assertThat(this.request.getAttribute(SPRING_SESSION)).isEqualTo("session");
	}

	@Test
	void onAuthenticationFailureWhenVisitorCancelledThenLoggedAsInformation(CapturedOutput output) throws Exception {
		this.request.getSession();
		fail(failure("access_denied"));
		assertThat(output).contains("INFO", "QQ_DENIED: QQ login ended with 'cancelled' [" + shown().id() + "]");
		assertThat(output).doesNotContain("WARN");
	}

	private void failNotFound(CapturedOutput output, String level, String reason) throws Exception {
		this.request.setParameter("state", "STATE");
		LoginCallback callback = LoginCallback.of(this.request)
			.takeFrom(this.fixture.requests, this.request, this.response);
		IdentityAuthenticator authenticator = new IdentityAuthenticator((id) -> null,
				(authentication) -> authentication);
		fail(Objects.requireNonNull(catchThrowableOfType(OAuth2AuthenticationException.class,
				() -> authenticator.authenticate(callback, null))));
		assertThat(output.getOut().lines().filter((line) -> line.contains("QQ login ended"))).singleElement()
			.asString()
			.contains(level)
			.endsWith("]: [authorization_request_not_found] " + reason);
	}

	@Test
	void onAuthenticationFailureWhenNoCookieCameThenLoggedAsInformation(CapturedOutput output) throws Exception {
		failNotFound(output, "INFO", "no session cookie came with the request");
		assertThat(output).contains("QQ login ended with 'no-session'");
	}

	@Test
	void onAuthenticationFailureWhenSessionOfCookieHasEndedThenLoggedAsInformation(CapturedOutput output)
			throws Exception {
		this.request.setRequestedSessionId("ended");
		failNotFound(output, "INFO", "a session cookie came with the request, but its session has ended");
		assertThat(output).contains("QQ login ended with 'expired'");
	}

	@Test
	void onAuthenticationFailureWhenSessionHasNoSuchStateThenLoggedAsWarning(CapturedOutput output) throws Exception {
		this.request.getSession();
		failNotFound(output, "WARN", "a cookie came with the request, but no login with this state was found");
	}

	@Test
	void onAuthenticationFailureWhenQqSentANumberThenLoggedWithMeaningAndRemedy(CapturedOutput output)
			throws Exception {
		try (QqReplies qq = new QqReplies(Map.of("/oauth2.0/me", "{\"error\":100009,\"error_description\":\"x\"}"))) {
			OAuth2UserRequest userRequest = qq.userRequest(Map.of());
			QqOAuth2UserService service = new QqOAuth2UserService(qq.client());
			fail(Objects.requireNonNull(
					catchThrowableOfType(OAuth2AuthenticationException.class, () -> service.loadUser(userRequest))));
		}
		assertThat(output.getOut().lines().filter((line) -> line.contains("QQ login ended"))).singleElement()
			.asString()
			.contains("WARN", "returned error 100009 after")
			.endsWith(" ms: The app key does not belong to the app id. "
					+ "Wrong qq.oauth2.app-key, or it was reset at QQ Connect. Copy it again");
	}

	@Test
	void onAuthenticationFailureWhenApplicationFailedThenLoggedOnceWithItsCause(CapturedOutput output)
			throws Exception {
		IllegalStateException cause = new IllegalStateException("of the bean");
		this.request.getSession();
		fail(LoginResult.Refused.by(cause).failure());
		assertThat(output).containsOnlyOnce("WARN")
			.containsOnlyOnce("QQ login ended with 'internal' [" + shown().id() + "]")
			.contains("java.lang.IllegalStateException: of the bean");
	}

	@Test
	void onAuthenticationFailureWhenQqFailedThenLoggedWithoutStackTrace(CapturedOutput output) throws Exception {
		this.request.getSession();
		fail(new OAuth2AuthenticationException(new OAuth2Error("qq_unavailable"), "no reply",
				new IllegalStateException("of the bean")));
		assertThat(output).contains("QQ login ended with 'unavailable' [" + shown().id() + "]: no reply")
			.contains("WARN")
			.doesNotContain("of the bean", "QQ_DENIED");
	}

	@Test
	void repeatWhenErrorPageThenTheSameErrorWithoutRecordingIt(CapturedOutput output) throws Exception {
		this.request.getSession();
		callback(true);
		LoginErrorRepository.Shown shown = new LoginErrorRepository.Shown(LoginError.MISCONFIGURED, "ab12", 100010,
				"/orders");
		handler().repeat(this.request, this.response, shown);
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/error");
		assertThat(shown()).isEqualTo(shown);
		assertThat(this.fixture.outcomes).isEmpty();
		assertThat(ended()).isNull();
		assertThat(output).doesNotContain("QQ login ended");
	}

	@Test
	void repeatWhenApplicationHasAHandlerThenItGetsTheSameAnswer() throws Exception {
		this.fixture = LoginFixture.withFailureHandler(this.own);
		LoginFixture.json(this.request);
		handler().repeat(this.request, this.response,
				new LoginErrorRepository.Shown(LoginError.MISCONFIGURED, "ab12", 100010, null));
		assertThat(this.delegated).singleElement()
			.isInstanceOfSatisfying(OAuth2AuthenticationException.class,
					(delegated) -> assertThat(delegated.getError().getErrorCode()).isEqualTo("misconfigured"));
		assertThat(this.fixture.outcomes).isEmpty();
	}

}
