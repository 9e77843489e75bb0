package io.github.qqoauth2.conversation.operation;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.security.authentication.InsufficientAuthenticationException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.conversation.operation.FailingLoginSite.Failing;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A bean of the application throws during the callback. The login fails with an error id
 * that is logged, and the session has no login.
 */
@Tag("T-64")
class FailingBeansOnLoginIT {

	private static final String MESSAGE = "The site could not finish the sign-in.";

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application plain = site().start();

	private static final Application withFailureHandler = site().property(FailingLoginSite.FAILURE_HANDLER, "true")
		.start();

	@RegisterExtension
	final ErrorLog log = new ErrorLog();

	private static Application.Builder site() {
		return Application.with(qq).source(FailingLoginSite.class).property("qq.oauth2.auto-register", "true");
	}

	@AfterAll
	static void stop() {
		plain.close();
		withFailureHandler.close();
		qq.close();
	}

	@BeforeEach
	void prepare() {
		qq.reset();
		for (Application application : List.of(plain, withFailureHandler)) {
			application.jdbc().sql("delete from qq_account_binding").update();
			application.jdbc()
				.sql("insert into qq_account_binding (app_id, openid, account, registered, created_at, last_login_at) "
						+ "values (?, ?, 'alice', false, timestamp '2026-01-01 00:00:00', timestamp '2026-01-01 00:00:00')")
				.params(QqSimulator.APP_ID, QqPerson.XIAO_MING.openid(QqSimulator.APP_ID))
				.update();
		}
	}

	@AfterEach
	void restore() {
		FailingLoginSite.restore();
	}

	private static void fail(Failing bean) {
		FailingLoginSite.fail(bean, () -> new IllegalStateException(FailingLoginSite.MESSAGE));
	}

	/**
	 * The registrar is called only for a QQ identity without a binding.
	 */
	private static QqPerson person(Application application, Failing bean) {
		if (bean == Failing.REGISTRAR) {
			application.jdbc().sql("delete from qq_account_binding").update();
		}
		return QqPerson.XIAO_MING;
	}

	private static void assertNotSignedIn(Browser browser) {
		FailingLoginSite.restore();
		browser.header("Accept", "text/html");
		assertThat(browser.get("").location()).isEqualTo("/login");
	}

	private static void assertCallsToQq(Failing bean) {
		assertThat(qq.requests(QqEndpoint.TOKEN)).hasSize(bean.isBeforeQq() ? 0 : 1);
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PASSWORD_ENCODER")
	void callbackWhenBeanFailsThenErrorPageWithLoggedErrorId(Failing bean) {
		Visit visit = new Visit(plain, qq);
		String callback = visit.approve(person(plain, bean), Visit.START);
		fail(bean);
		Browser.Page answer = visit.browser().get(callback);
		assertThat(answer.location()).isEqualTo("/login/qq/error");
		FailingLoginSite.restore();
		Browser.Page error = visit.browser().get("login/qq/error");
		assertThat(error.status()).isEqualTo(503);
		assertThat(error.body()).contains(MESSAGE).doesNotContain(FailingLoginSite.MESSAGE);
		this.log.assertLoggedOnce(error.body().replaceFirst("(?s).*Error id ([0-9a-f]+).*", "$1"));
		assertCallsToQq(bean);
		assertNotSignedIn(visit.browser());
		if (bean == Failing.REGISTRAR) {
			assertThat(plain.bindings()).isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PASSWORD_ENCODER")
	void callbackWhenBeanFailsAndJsonThenProblemWithLoggedErrorId(Failing bean) {
		FrontEnd frontEnd = new FrontEnd(plain, qq);
		Map<String, String> parameters = frontEnd.approve(person(plain, bean), FrontEnd.START);
		fail(bean);
		FrontEnd.Answer answer = frontEnd.post(FrontEnd.CALLBACK, parameters);
		assertThat(answer.documented()).isEqualTo("finishQqLogin 503");
		assertThat(answer.code()).isEqualTo("internal");
		assertThat(answer.page().body()).contains(MESSAGE).doesNotContain(FailingLoginSite.MESSAGE);
		this.log.assertLoggedOnce(String.valueOf(answer.text("errorId")));
		assertCallsToQq(bean);
		assertNotSignedIn(frontEnd.browser());
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PASSWORD_ENCODER")
	void callbackWhenBeanFailsThenCallsCustomFailureHandlerOnce(Failing bean) {
		Visit visit = new Visit(withFailureHandler, qq);
		String callback = visit.approve(person(withFailureHandler, bean), Visit.START);
		fail(bean);
		Browser.Page answer = visit.browser().get(callback);
		assertThat(answer.status()).isEqualTo(418);
		AuthenticationException failure = failure();
		assertThat(failure).isInstanceOf(OAuth2AuthenticationException.class)
			.hasMessageStartingWith(MESSAGE)
			.hasRootCauseMessage(FailingLoginSite.MESSAGE);
		assertCallsToQq(bean);
		assertNotSignedIn(visit.browser());
	}

	private static AuthenticationException failure() {
		List<AuthenticationException> failures = withFailureHandler.bean(FailingLoginSite.RecordingHandler.class)
			.drain();
		assertThat(failures).hasSize(1);
		return failures.get(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ACCOUNT_LISTENER", "SUCCESS_LISTENER", "INTERACTIVE_SUCCESS_LISTENER" })
	void callbackWhenListenerThrowsThenCustomFailureHandlerGetsItsException(Failing bean) {
		AuthenticationException refusal = new InsufficientAuthenticationException("not from this address");
		FrontEnd frontEnd = new FrontEnd(withFailureHandler, qq).acceptEnvelopes();
		Map<String, String> parameters = frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START);
		FailingLoginSite.fail(bean, () -> refusal);
		assertThat(frontEnd.post(FrontEnd.CALLBACK, parameters).status()).isEqualTo(418);
		assertThat(failure()).hasCause(refusal);
		assertNotSignedIn(frontEnd.browser());
	}

	/**
	 * {@code DETAILS_SOURCE} is called a second time when the failure is published.
	 */
	@Test
	void callbackWhenBeanFailsAndSignedInThenSessionUnchanged() {
		Visit visit = new Visit(plain, qq);
		visit.browser().post("login", Map.of("username", "alice", "password", "alice-password"));
		Map<String, String> cookies = visit.browser().cookies();
		for (Failing bean : List.of(Failing.ACCOUNT_LOADER, Failing.BINDING_STORE_FIND, Failing.DETAILS_SOURCE,
				Failing.REQUEST_REPOSITORY)) {
			String callback = visit.approve(QqPerson.XIAO_MING, Visit.START);
			fail(bean);
			assertThat(visit.browser().get(callback).location()).as("%s", bean).isEqualTo("/login/qq/error");
			FailingLoginSite.restore();
			assertThat(visit.browser().get("login/qq/error").status()).isEqualTo(503);
			assertThat(visit.browser().cookies()).isEqualTo(cookies);
			assertThat(visit.browser().get("").body()).startsWith("alice ");
		}
	}

}
