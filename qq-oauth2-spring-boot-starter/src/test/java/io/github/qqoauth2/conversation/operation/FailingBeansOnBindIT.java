package io.github.qqoauth2.conversation.operation;

import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.core.AuthenticationException;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.conversation.frontend.FrontEnd;
import io.github.qqoauth2.conversation.operation.FailingLoginSite.Failing;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A bean of the application throws while a visitor binds or registers an account, or a
 * signed-in user confirms or unlinks. The response has an error id that is logged once
 * with the cause. The visitor is not signed in, and the user stays signed in.
 */
@Tag("T-63")
@Tag("T-64")
class FailingBeansOnBindIT {

	private static final String PASSWORD = "alice-password";

	private static final QqSimulator qq = QqSimulator.start();

	private static final Application plain = site().start();

	private static final Application withFailureHandler = site().property(FailingLoginSite.FAILURE_HANDLER, "true")
		.start();

	@RegisterExtension
	final ErrorLog log = new ErrorLog();

	private static Application.Builder site() {
		return Application.with(qq).source(FailingLoginSite.class);
	}

	static Stream<Arguments> beans() {
		return Stream.of(Action.values())
			.flatMap((action) -> action.beans().stream().map((bean) -> Arguments.of(action, bean)));
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
			application.resetClock();
			application.jdbc().sql("delete from qq_account_binding").update();
		}
	}

	@AfterEach
	void restore() {
		FailingLoginSite.restore();
	}

	private void fail(Failing bean) {
		this.log.clear();
		FailingLoginSite.fail(bean, () -> new IllegalStateException(FailingLoginSite.MESSAGE));
	}

	/**
	 * Asserts that nothing is bound, unless the sentence says so.
	 */
	private static void assertOutcome(Application application, Action action, Browser browser, String sentence) {
		FailingLoginSite.restore();
		browser.header("Accept", "text/html");
		if (action.signedIn) {
			assertThat(browser.get("").body()).startsWith("alice ");
		}
		else {
			assertThat(browser.get("").location()).isEqualTo("/login");
		}
		assertThat(sentence).doesNotContain(FailingLoginSite.MESSAGE);
		boolean bound = action == Action.UNLINK || sentence.contains("Your QQ is linked");
		assertThat(application.bindings().keySet()).isEqualTo(bound ? Set.of("alice") : Set.of());
	}

	@ParameterizedTest
	@MethodSource("beans")
	void pageWhenBeanFailsThenErrorPageWithLoggedErrorId(Action action, Failing bean) {
		Visit visit = new Visit(plain, qq);
		Browser.Page form = action.open(visit);
		fail(bean);
		assertThat(visit.browser().submit(form, action.path, action.form()).location()).isEqualTo("/login/qq/error");
		FailingLoginSite.restore();
		Browser.Page error = visit.browser().get("login/qq/error");
		assertThat(error.status()).isEqualTo(503);
		this.log.assertLoggedOnce(error.body().replaceFirst("(?s).*Error id ([0-9a-f]+).*", "$1"));
		assertOutcome(plain, action, visit.browser(), error.body());
	}

	@ParameterizedTest
	@MethodSource("beans")
	void jsonWhenBeanFailsThenProblemWithLoggedErrorId(Action action, Failing bean) {
		Visit visit = new Visit(plain, qq);
		String binding = String.valueOf(action.open(visit).hiddenFields().get("binding"));
		FrontEnd frontEnd = new FrontEnd(visit.browser(), qq);
		fail(bean);
		FrontEnd.Answer answer = frontEnd.post(action.path, action.body(binding));
		assertThat(answer.status()).isEqualTo(503);
		assertThat(answer.code()).isEqualTo("internal");
		this.log.assertLoggedOnce(String.valueOf(answer.text("errorId")));
		assertOutcome(plain, action, frontEnd.browser(), answer.page().body());
	}

	@ParameterizedTest
	@MethodSource("beans")
	void pageWhenBeanFailsThenCallsCustomFailureHandlerOnce(Action action, Failing bean) {
		Visit visit = new Visit(withFailureHandler, qq);
		Browser.Page form = action.open(visit);
		fail(bean);
		assertThat(visit.browser().submit(form, action.path, action.form()).status()).isEqualTo(418);
		List<AuthenticationException> failures = withFailureHandler.bean(FailingLoginSite.RecordingHandler.class)
			.drain();
		assertThat(failures).singleElement()
			.satisfies((failure) -> assertThat(failure).hasRootCauseMessage(FailingLoginSite.MESSAGE));
		assertOutcome(withFailureHandler, action, visit.browser(), String.valueOf(failures.get(0).getMessage()));
	}

	/**
	 * The password is then required at confirmation and unlinking.
	 */
	private static void ageLogins() {
		plain.ageLogins();
		withFailureHandler.ageLogins();
	}

	/**
	 * What the user does, and the beans that take part.
	 */
	enum Action {

		BIND("login/qq/bind", false),

		REGISTER("login/qq/register", false),

		CONFIRM("account/qq", true),

		UNLINK("account/qq/unlink", true);

		private final String path;

		private final boolean signedIn;

		Action(String path, boolean signedIn) {
			this.path = path;
			this.signedIn = signedIn;
		}

		private Map<String, String> form() {
			return switch (this) {
				case BIND -> Map.of("username", "alice", "password", PASSWORD);
				case REGISTER -> Map.of("username", "dora", "password", PASSWORD);
				case CONFIRM, UNLINK -> Map.of("password", PASSWORD);
			};
		}

		private Set<Failing> beans() {
			return switch (this) {
				case BIND -> EnumSet.complementOf(EnumSet.of(Failing.REGISTRAR, Failing.REQUEST_REPOSITORY));
				case REGISTER -> EnumSet.complementOf(EnumSet.of(Failing.REQUEST_REPOSITORY));
				case CONFIRM,
						UNLINK ->
					EnumSet.of(Failing.ACCOUNT_LOADER, Failing.PASSWORD_ENCODER, Failing.BINDING_STORE_FIND,
							Failing.BINDING_STORE_WRITE, Failing.TRANSACTION_MANAGER, Failing.ACCOUNT_LISTENER,
							Failing.SUCCESS_LISTENER, Failing.FAILURE_LISTENER);
			};
		}

		/**
		 * Opens the page with the form.
		 */
		private Browser.Page open(Visit visit) {
			if (this == UNLINK) {
				visit.qqLogin(QqPerson.XIAO_MING);
				visit.bind("alice", PASSWORD);
				ageLogins();
				return visit.browser().get("account/qq");
			}
			if (this == CONFIRM) {
				visit.login("alice", PASSWORD);
				ageLogins();
			}
			visit.qqLogin(QqPerson.XIAO_MING);
			String path = switch (this) {
				case REGISTER -> "login/qq/bind?tab=register";
				case CONFIRM -> "account/qq";
				default -> "login/qq/bind";
			};
			return visit.browser().get(path);
		}

		private Map<String, String> body(String binding) {
			Map<String, String> body = new LinkedHashMap<>(form());
			body.put("binding", binding);
			return body;
		}

	}

}
