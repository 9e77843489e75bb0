package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.core.Authentication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class LoginResultHandlerTests {

	private static final LoginResult BINDING_REQUIRED = new LoginResult.BindingRequired(LoginFixture.IDENTITY,
			LoginFixture.PROFILE, "ENCRYPTED");

	private static final LoginResult CONFIRMATION_REQUIRED = new LoginResult.ConfirmationRequired(LoginFixture.IDENTITY,
			null, null);

	private LoginFixture fixture = new LoginFixture();

	private final MockHttpServletRequest request = LoginFixture.get("/login/oauth2/code/qq");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final Authentication alice = LoginFixture.password("alice");

	@BeforeEach
	void callback() {
		this.request.setParameter("state", "STATE");
		LoginCallback.of(this.request).takeFrom(this.fixture.requests, this.request, this.response);
	}

	private LoginResultHandler handler() {
		return new LoginResultHandler(this.fixture.chain, this.fixture.pendingBindings, this.fixture.ended,
				this.fixture.errors, this.fixture.responses, this.fixture.outcomes::add);
	}

	private void answer(LoginResult result, @Nullable Authentication current) throws IOException {
		handler().answer(this.request, this.response, result, current);
	}

	private PendingBinding pending() {
		return Objects.requireNonNull(this.fixture.pendingBindings.load(this.request));
	}

	private void endedAs(EndedLogins.End end, String detail) {
		assertThat(this.fixture.ended.find(this.request, "STATE")).isEqualTo(new EndedLogins.Ended(end, detail));
	}

	private void savedPage(String path) {
		this.fixture.chain.savedPages().save(this.request, this.response, path);
	}

	private String next() {
		this.request.setAttribute(LoginPaths.NEXT_ATTRIBUTE, "/orders");
		return "/orders";
	}

	@Test
	void answerWhenBindingIsRequiredThenPendingAndBindPage() throws Exception {
		this.request.getSession();
		answer(BINDING_REQUIRED, null);
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/bind");
		assertThat(pending().identity()).isEqualTo(LoginFixture.IDENTITY);
		assertThat(pending().nickname()).isEqualTo("小明");
		assertThat(pending().afterAccount()).isFalse();
		assertThat(pending().target()).isNull();
		assertThat(this.fixture.outcomes).containsExactly("binding-required");
		endedAs(EndedLogins.End.BINDING_REQUIRED, "");
		assertThat(this.fixture.rows()).isEmpty();
		assertThat(this.fixture.contexts.getContext().getAuthentication()).isNull();
	}

	@Test
	void answerWhenBindingIsRequiredThenChangesSessionId() throws Exception {
		MockHttpSession session = LoginFixture.session(this.request);
		String before = session.getId();
		answer(BINDING_REQUIRED, null);
		assertThat(session.getId()).isNotEqualTo(before);
		assertThat(Objects.requireNonNull(this.request.getSession(false)).getId()).isEqualTo(session.getId());
	}

	@Test
	void answerWhenBindingIsRequiredAndThereIsNoSessionThenBeginsOne() throws Exception {
		answer(BINDING_REQUIRED, null);
		assertThat(pending().identity()).isEqualTo(LoginFixture.IDENTITY);
	}

	@Test
	void answerWhenBindingIsRequiredAndStatelessThenTicketAfterAccountAndSessionStays() throws Exception {
		this.fixture = LoginFixture.stateless();
		MockHttpSession session = LoginFixture.session(this.request);
		String before = session.getId();
		answer(BINDING_REQUIRED, null);
		assertThat(session.getId()).isEqualTo(before);
		assertThat(session.getAttributeNames().hasMoreElements()).isFalse();
		assertThat(this.response.getHeaders("Set-Cookie")).singleElement().asString().startsWith("qq-pending=");
		assertThat(pending().afterAccount()).isTrue();
	}

	@Test
	void answerWhenBindingIsRequiredAndLoginBeganWithAPageThenPendingLeadsThere() throws Exception {
		String next = next();
		answer(BINDING_REQUIRED, null);
		assertThat(pending().target()).isEqualTo(next);
	}

	@Test
	void answerWhenAPageWasAskedForBeforeThenItGoesFirst() throws Exception {
		next();
		savedPage("/basket");
		answer(BINDING_REQUIRED, null);
		assertThat(pending().target()).isEqualTo("/basket");
		assertThat(this.fixture.chain.savedPages().path(this.request, this.response)).isEqualTo("/basket");
	}

	@Test
	void answerWhenBindingIsRequiredAndFrontEndThenProblemWithPendingBinding() throws Exception {
		LoginFixture.json(this.request);
		answer(BINDING_REQUIRED, null);
		assertThat(this.response.getStatus()).isEqualTo(401);
		assertThat(this.response.getContentAsString()).contains("\"code\":\"binding-required\"", pending().id());
	}

	@Test
	@Tag("T-09")
	void answerWhenConfirmationIsRequiredThenPendingAfterAccountAndSessionIdStays() throws Exception {
		MockHttpSession session = LoginFixture.session(this.request);
		String before = session.getId();
		String next = next();
		answer(CONFIRMATION_REQUIRED, this.alice);
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/account/qq");
		assertThat(pending().identity()).isEqualTo(LoginFixture.IDENTITY);
		assertThat(pending().afterAccount()).isTrue();
		assertThat(pending().target()).isEqualTo(next);
		assertThat(session.getId()).isEqualTo(before);
		assertThat(this.fixture.outcomes).containsExactly("confirmation-required");
		endedAs(EndedLogins.End.CONFIRMATION_REQUIRED, "");
		assertThat(this.fixture.rows()).isEmpty();
	}

	@Test
	void answerWhenSameAccountThenPageThatWasWanted() throws Exception {
		MockHttpSession session = LoginFixture.session(this.request);
		String before = session.getId();
		String next = next();
		answer(new LoginResult.SameAccount(), this.alice);
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/orders");
		endedAs(EndedLogins.End.SAME_ACCOUNT, next);
		assertThat(session.getId()).isEqualTo(before);
		assertThat(this.fixture.pendingBindings.load(this.request)).isNull();
		assertThat(this.fixture.outcomes).containsExactly("same-account");
	}

	@Test
	void answerWhenSameAccountAndNoPageWasWantedThenStartPage() throws Exception {
		this.request.getSession();
		answer(new LoginResult.SameAccount(), this.alice);
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/");
		endedAs(EndedLogins.End.SAME_ACCOUNT, "");
	}

	@Test
	void answerWhenSameAccountAndThereIsNoSessionThenMakesNone() throws Exception {
		answer(new LoginResult.SameAccount(), this.alice);
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void answerWhenOtherAccountThenErrorPageAndNothingIsPending() throws Exception {
		this.request.getSession();
		answer(new LoginResult.OtherAccount(), this.alice);
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/error");
		LoginErrorRepository.Shown shown = Objects.requireNonNull(this.fixture.errors.stored(this.request));
		assertThat(shown.error()).isEqualTo(LoginError.OTHER_ACCOUNT);
		endedAs(EndedLogins.End.FAILED, shown.write());
		assertThat(this.fixture.pendingBindings.load(this.request)).isNull();
		assertThat(this.fixture.outcomes).containsExactly("other-account");
	}

	@Test
	void answerWhenSignedInOrRefusedThenNotAnsweredHere() {
		this.request.getSession();
		for (LoginResult result : new LoginResult[] { new LoginResult.SignedIn(this.fixture.account("alice")),
				new LoginResult.Refused(new LockedException("locked"), "alice") }) {
			assertThatIllegalArgumentException().isThrownBy(() -> answer(result, null));
		}
		assertThat(this.fixture.outcomes).isEmpty();
		assertThat(this.fixture.ended.find(this.request, "STATE")).isNull();
	}

	@Test
	void signedInWhenCalledThenEndAndOutcome() {
		this.request.getSession();
		handler().signedIn(this.request);
		assertThat(this.fixture.outcomes).containsExactly("logged-in");
		endedAs(EndedLogins.End.SIGNED_IN, "");
	}

	@Test
	void redirectedToWhenCalledThenLocationWithoutOutcome() {
		this.request.getSession();
		handler().redirectedTo(this.request, "/orders");
		endedAs(EndedLogins.End.SIGNED_IN, "/orders");
		assertThat(this.fixture.outcomes).isEmpty();
	}

	@Test
	void answerWhenStateWasStoredThenItsNextCounts() throws Exception {
		this.fixture.requests.save(
				LoginFixture.authorizationRequest("STATE", Map.of(QqAuthorizationRequest.NEXT, "/orders")),
				this.request, this.response);
		callback();
		answer(new LoginResult.SameAccount(), this.alice);
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/orders");
	}

}
