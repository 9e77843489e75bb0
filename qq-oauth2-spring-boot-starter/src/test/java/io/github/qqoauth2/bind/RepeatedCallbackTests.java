package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("T-02")
class RepeatedCallbackTests {

	private final LoginFixture fixture = new LoginFixture();

	private final MockHttpServletRequest request = LoginFixture.get("/login/oauth2/code/qq");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	/** The accounts that the application's success handler got. */
	private final List<String> successes = new ArrayList<>();

	private boolean answer(@Nullable String state) throws Exception {
		QqAuthenticationSuccessHandler success = new QqAuthenticationSuccessHandler(
				(request, response, account) -> this.successes.add(account.getName()), this.fixture.chain,
				this.fixture.responses, this.fixture.models, this.fixture.errors, this.fixture.proofs);
		QqAuthenticationFailureHandler failure = new QqAuthenticationFailureHandler(
				new SimpleUrlAuthenticationFailureHandler(), this.fixture.chain, this.fixture.responses,
				this.fixture.models, this.fixture.errors, this.fixture.ended, this.fixture.outcomes::add);
		return new RepeatedCallback(this.fixture.ended, this.fixture.pendingBindings,
				this.fixture.currentAuthentication, this.fixture.responses, success, failure)
			.answer(this.request, this.response, state);
	}

	private boolean answer() throws Exception {
		return answer("STATE");
	}

	private void ended(EndedLogins.End end, String detail) {
		LoginFixture.session(this.request);
		this.fixture.ended.add(this.request, "STATE", end, detail);
	}

	private void signedIn() {
		this.fixture.signIn(LoginFixture.password("alice"));
	}

	private void nothingWasAnswered() {
		assertThat(this.response.getRedirectedUrl()).isNull();
		assertThat(this.response.isCommitted()).isFalse();
		assertThat(this.successes).isEmpty();
	}

	@Test
	void answerWhenThereIsNoSessionThenNotAnsweredAndMakesNone() throws Exception {
		signedIn();
		assertThat(answer()).isFalse();
		assertThat(this.request.getSession(false)).isNull();
		nothingWasAnswered();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "another" })
	void answerWhenRequestBringsAnotherSessionIdThenNotAnswered(String id) throws Exception {
		signedIn();
		ended(EndedLogins.End.SIGNED_IN, "/orders");
		this.request.setRequestedSessionId(id.isEmpty() ? null : id);
		assertThat(answer()).isFalse();
		nothingWasAnswered();
	}

	@Test
	void answerWhenStateIsMissingOrDidNotEndHereThenNotAnswered() throws Exception {
		signedIn();
		ended(EndedLogins.End.SIGNED_IN, "/orders");
		assertThat(answer(null)).isFalse();
		assertThat(answer("OTHER")).isFalse();
		nothingWasAnswered();
	}

	@ParameterizedTest
	@EnumSource(value = EndedLogins.End.class, mode = EnumSource.Mode.EXCLUDE, names = "FAILED")
	void answerWhenNoUserIsSignedInThenNotAnswered(EndedLogins.End end) throws Exception {
		ended(end, "/orders");
		assertThat(answer()).isFalse();
		nothingWasAnswered();
	}

	@Test
	void answerWhenItFailedThenTheSameErrorAndNoOutcome() throws Exception {
		LoginErrorRepository.Shown shown = new LoginErrorRepository.Shown(LoginError.MISCONFIGURED, "ab12", 100010,
				null);
		ended(EndedLogins.End.FAILED, shown.write());
		assertThat(answer()).isTrue();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/error");
		assertThat(this.fixture.errors.stored(this.request)).isEqualTo(shown);
		assertThat(this.fixture.outcomes).isEmpty();
		assertThat(this.successes).isEmpty();
	}

	@Test
	void answerWhenItFailedAndErrorIsUnreadableThenNotAnswered() throws Exception {
		signedIn();
		ended(EndedLogins.End.FAILED, "damaged");
		assertThat(answer()).isFalse();
		nothingWasAnswered();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void answerWhenBindingIsStillPendingThenBindPage(boolean signedIn) throws Exception {
		ended(EndedLogins.End.BINDING_REQUIRED, "");
		PendingBinding pending = this.fixture.pending(this.request, null);
		if (signedIn) {
			signedIn();
		}
		assertThat(answer()).isTrue();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/login/qq/bind");
		assertThat(this.fixture.pendingBindings.load(this.request)).isEqualTo(pending);
	}

	@Test
	void answerWhenBoundMeanwhileThenWhereThatLoginLed() throws Exception {
		ended(EndedLogins.End.BINDING_REQUIRED, "");
		this.fixture.ended.add(this.request, "pending-binding", EndedLogins.End.SIGNED_IN, "/orders");
		signedIn();
		assertThat(answer()).isTrue();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/orders");
		assertThat(this.successes).isEmpty();
	}

	@Test
	void answerWhenSignedInOtherwiseMeanwhileThenSuccessHandler() throws Exception {
		ended(EndedLogins.End.BINDING_REQUIRED, "");
		signedIn();
		assertThat(answer()).isTrue();
		assertThat(this.successes).containsExactly("alice");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void answerWhenConfirmationWasRequiredThenAccountPage(boolean stillPending) throws Exception {
		ended(EndedLogins.End.CONFIRMATION_REQUIRED, "");
		if (stillPending) {
			this.fixture.pending(this.request, null);
		}
		signedIn();
		assertThat(answer()).isTrue();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/account/qq");
	}

	@Test
	void answerWhenSameAccountThenWhereItLed() throws Exception {
		ended(EndedLogins.End.SAME_ACCOUNT, "/orders");
		signedIn();
		assertThat(answer()).isTrue();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/orders");
	}

	@Test
	void answerWhenSameAccountWithoutPageThenStartPage() throws Exception {
		ended(EndedLogins.End.SAME_ACCOUNT, "");
		signedIn();
		assertThat(answer()).isTrue();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/");
	}

	@Test
	void answerWhenSignedInThenWhereItLed() throws Exception {
		ended(EndedLogins.End.SIGNED_IN, "/orders");
		this.fixture.ended.add(this.request, "LATER", EndedLogins.End.SIGNED_IN, "/later");
		signedIn();
		assertThat(answer()).isTrue();
		assertThat(this.response.getRedirectedUrl()).isEqualTo("/orders");
		assertThat(this.successes).isEmpty();
	}

	@Test
	void answerWhenSignedInWithoutRedirectThenSuccessHandler() throws Exception {
		ended(EndedLogins.End.SIGNED_IN, "");
		signedIn();
		assertThat(answer()).isTrue();
		assertThat(this.successes).containsExactly("alice");
		assertThat(this.response.getRedirectedUrl()).isNull();
	}

	@Test
	void answerWhenFrontEndThenSuccessHandlerAndNoRedirect() throws Exception {
		ended(EndedLogins.End.SIGNED_IN, "/orders");
		LoginFixture.json(this.request);
		signedIn();
		assertThat(answer()).isTrue();
		assertThat(this.successes).containsExactly("alice");
		assertThat(this.response.getRedirectedUrl()).isNull();
	}

}
