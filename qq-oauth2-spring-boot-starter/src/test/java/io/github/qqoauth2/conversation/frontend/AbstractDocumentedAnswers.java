package io.github.qqoauth2.conversation.frontend;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.JdbcUserDetailsManager;

import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqReply;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Produces every response that the API document has. {@link FrontEnd} checks everywhere
 * that there is no other.
 */
public abstract class AbstractDocumentedAnswers extends AbstractFrontEndVisit {

	private static final String TEXT = "text/plain";

	private static final String ERROR = "login/qq/error";

	private static final String LINK = "account/qq/link";

	private static final String SIGN_IN = "account/qq/sign-in";

	private static final String UNLINK = "account/qq/unlink";

	private final Map<String, Supplier<FrontEnd.Answer>> calls = new TreeMap<>();

	private boolean unavailable;

	protected AbstractDocumentedAnswers(Application application) {
		super(application);
	}

	static List<String> documented() {
		return ApiDocument.answers();
	}

	/**
	 * The documented responses that this kind of site does not send.
	 */
	protected Set<String> notSent() {
		return Set.of();
	}

	@BeforeEach
	void prepareCalls() {
		startAndCallback();
		bindPage();
		errors();
		accountPage();
	}

	@AfterEach
	void restoreTable() {
		if (this.unavailable) {
			this.application.jdbc().sql("alter table unavailable rename to qq_account_binding").update();
		}
	}

	@Test
	void callsThenOneForEachDocumentedAnswer() {
		assertThat(this.calls.keySet()).containsExactlyInAnyOrderElementsOf(documented());
	}

	@ParameterizedTest
	@MethodSource("documented")
	@Tag("T-49")
	void callThenDocumentedAnswer(String documented) {
		if (!notSent().contains(documented)) {
			assertThat(Objects.requireNonNull(this.calls.get(documented)).get().documented()).isEqualTo(documented);
		}
	}

	private void startAndCallback() {
		this.calls.put("startQqLogin 200", () -> this.frontEnd.get(FrontEnd.START));
		this.calls.put("finishQqLogin 200", () -> {
			bindTo("alice");
			return new FrontEnd(this.application, qq).qqLogin(QqPerson.XIAO_MING);
		});
		this.calls.put("finishQqLogin 400", () -> {
			bindTo("alice");
			return this.frontEnd.post(FrontEnd.CALLBACK, Map.of("state", "x", "code", "y"));
		});
		this.calls.put("finishQqLogin 401", () -> this.frontEnd.qqLogin(QqPerson.XIAO_MING));
		this.calls.put("finishQqLogin 403", () -> {
			givenDisabledAccount();
			return this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		});
		this.calls.put("finishQqLogin 409", () -> {
			givenBinding(QqPerson.XIAO_MING, "bob");
			signIn("alice");
			return this.frontEnd.link(QqPerson.XIAO_MING, "/orders");
		});
		this.calls.put("finishQqLogin 503", () -> {
			qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
			return this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		});
		this.calls.put("finishQqLogin 415", () -> this.frontEnd.post(FrontEnd.CALLBACK, TEXT, "{}"));
	}

	private void bindPage() {
		this.calls.put("readPendingQq 200", () -> {
			pendingBinding();
			return this.frontEnd.get(FrontEnd.BIND);
		});
		this.calls.put("readPendingQq 400", () -> {
			this.frontEnd.browser().cookie("qq-pending", "x");
			return this.frontEnd.get(FrontEnd.BIND);
		});
		this.calls.put("readPendingQq 410", () -> this.frontEnd.get(FrontEnd.BIND));
		this.calls.put("bindByPassword 200", () -> bindTo("alice"));
		this.calls.put("bindByPassword 401", () -> wrongPassword(FrontEnd.BIND, pendingBinding()));
		this.calls.put("bindByPassword 403", () -> {
			createAccount("dora", true, "USER");
			return this.frontEnd.post(FrontEnd.BIND, proof(pendingBinding(), "dora"));
		});
		this.calls.put("bindByPassword 429", () -> fiveWrongPasswords(FrontEnd.BIND, pendingBinding()));
		this.calls.put("register 200", () -> this.frontEnd.post(FrontEnd.REGISTER, with(pendingBinding(), FORM)));
		this.calls.put("register 403", () -> {
			this.application.beans(RegisteringSite.Members.class).forEach((members) -> members.disable(true));
			return this.frontEnd.post(FrontEnd.REGISTER, with(pendingBinding(), FORM));
		});
		forms("bindByPassword ", FrontEnd.BIND, (binding) -> proof(binding, "alice"));
		forms("register ", FrontEnd.REGISTER, (binding) -> with(binding, FORM));
	}

	private void forms(String operation, String path, Form form) {
		this.calls.put(operation + 400, () -> this.frontEnd.post(path, "application/json", "[]"));
		this.calls.put(operation + 409, () -> {
			pendingBinding();
			return this.frontEnd.post(path, form.with("other"));
		});
		this.calls.put(operation + 410, () -> this.frontEnd.post(path, form.with("none")));
		this.calls.put(operation + 415, () -> this.frontEnd.post(path, TEXT, "{}"));
		this.calls.put(operation + 503, () -> {
			String binding = pendingBinding();
			veto(operation.equals("register ") ? QqAccountEvent.Kind.REGISTERED : QqAccountEvent.Kind.BOUND);
			return this.frontEnd.post(path, form.with(binding));
		});
	}

	/**
	 * QQ redirects to the server, and the front end reads the error afterwards.
	 */
	private void errors() {
		this.calls.put("readLastError 204", () -> {
			signIn("alice");
			return this.frontEnd.get(ERROR);
		});
		this.calls.put("readLastError 400", () -> this.frontEnd.get(ERROR));
		this.calls.put("readLastError 403", () -> {
			givenDisabledAccount();
			return errorAfterCallback(this.frontEnd.get(FrontEnd.START));
		});
		this.calls.put("readLastError 409", () -> {
			givenBinding(QqPerson.XIAO_MING, "bob");
			signIn("alice");
			return errorAfterCallback(this.frontEnd.post(LINK, Map.of()));
		});
		this.calls.put("readLastError 429", () -> {
			pendingBinding();
			Browser browser = this.frontEnd.browser().header("Accept", "text/html");
			Browser.Page form = browser.get(FrontEnd.BIND);
			for (int i = 0; i < 5; i++) {
				browser.submit(form, FrontEnd.BIND, Map.of("username", "alice", "password", "x"));
			}
			return this.frontEnd.get(ERROR);
		});
		this.calls.put("readLastError 503", () -> {
			qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
			return errorAfterCallback(this.frontEnd.get(FrontEnd.START));
		});
	}

	private void accountPage() {
		this.calls.put("readAccount 200", () -> {
			signIn("alice");
			return this.frontEnd.get(FrontEnd.ACCOUNT);
		});
		this.calls.put("readAccount 401", () -> this.frontEnd.get(FrontEnd.ACCOUNT));
		this.calls.put("readAccount 403", () -> {
			signInGuest();
			return this.frontEnd.get(FrontEnd.ACCOUNT);
		});
		this.calls.put("readAccount 503", () -> {
			signIn("alice");
			renameTable();
			return this.frontEnd.get(FrontEnd.ACCOUNT);
		});
		this.calls.put("confirmBinding 200", () -> {
			String binding = pendingConfirmation();
			return this.frontEnd.post(FrontEnd.ACCOUNT, with(binding, Map.of("password", "alice-password")));
		});
		this.calls.put("confirmBinding 403", () -> wrongPassword(FrontEnd.ACCOUNT, pendingConfirmation()));
		this.calls.put("confirmBinding 409", () -> {
			pendingConfirmation();
			return this.frontEnd.post(FrontEnd.ACCOUNT, with("other", Map.of()));
		});
		this.calls.put("confirmBinding 410", () -> {
			signIn("alice");
			return this.frontEnd.post(FrontEnd.ACCOUNT, with("none", Map.of()));
		});
		this.calls.put("confirmBinding 429", () -> {
			signIn("bob");
			this.application.ageLogins();
			return fiveWrongPasswords(FrontEnd.ACCOUNT, this.frontEnd.link(QqPerson.XIAO_MING, "/orders").binding());
		});
		this.calls.put("confirmBinding 503", () -> {
			String binding = pendingConfirmation();
			veto(QqAccountEvent.Kind.BOUND);
			return this.frontEnd.post(FrontEnd.ACCOUNT, with(binding, Map.of("password", "alice-password")));
		});
		this.calls.put("startLinking 200", () -> {
			signIn("alice");
			return this.frontEnd.post(LINK, Map.of("next", "/orders"));
		});
		this.calls.put("startLinking 403", () -> {
			signInGuest();
			return this.frontEnd.post(LINK, Map.of());
		});
		this.calls.put("unlink 200", () -> unlink("alice-password"));
		this.calls.put("unlink 403", () -> unlink("x"));
		this.calls.put("unlink 429", () -> {
			bindTo("bob");
			this.application.ageLogins();
			for (int i = 0; i < 5; i++) {
				this.frontEnd.post(UNLINK, Map.of("password", "x"));
			}
			return this.frontEnd.post(UNLINK, Map.of("password", "bob-password"));
		});
		this.calls.put("unlink 503", () -> {
			signIn("alice");
			renameTable();
			return this.frontEnd.post(UNLINK, Map.of("password", "alice-password"));
		});
		this.calls.put("signInAgain 200", () -> {
			signIn("alice");
			return this.frontEnd.post(SIGN_IN, Map.of("for", "unlink"));
		});
		this.calls.put("signInAgain 403", () -> {
			signInGuest();
			return this.frontEnd.post(SIGN_IN, Map.of());
		});
		Map.of("confirmBinding ", FrontEnd.ACCOUNT, "startLinking ", LINK, "unlink ", UNLINK, "signInAgain ", SIGN_IN)
			.forEach(this::posts);
	}

	private void posts(String operation, String path) {
		this.calls.put(operation + 400, () -> this.frontEnd.post(path, "application/json", "[]"));
		this.calls.put(operation + 401, () -> {
			this.frontEnd.get(FrontEnd.ACCOUNT);
			return this.frontEnd.post(path, Map.of("binding", "x"));
		});
		this.calls.put(operation + 415, () -> this.frontEnd.post(path, TEXT, "{}"));
	}

	private String pendingBinding() {
		return this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
	}

	private String pendingConfirmation() {
		signIn("alice");
		this.application.ageLogins();
		return this.frontEnd.link(QqPerson.XIAO_MING, "/orders").binding();
	}

	private FrontEnd.Answer unlink(String password) {
		bindTo("alice");
		this.application.ageLogins();
		return this.frontEnd.post(UNLINK, Map.of("password", password));
	}

	private FrontEnd.Answer errorAfterCallback(FrontEnd.Answer started) {
		var callback = qq.approve(FrontEnd.authorizationUrl(started), QqPerson.XIAO_MING);
		Browser browser = this.frontEnd.browser().header("Accept", "text/html");
		assertThat(browser.get(FrontEnd.CALLBACK + "?" + callback.getRawQuery()).location()).isEqualTo("/" + ERROR);
		return this.frontEnd.get(ERROR);
	}

	private FrontEnd.Answer wrongPassword(String path, String binding) {
		return this.frontEnd.post(path, with(binding, Map.of("username", "alice", "password", "x")));
	}

	private FrontEnd.Answer fiveWrongPasswords(String path, String binding) {
		for (int i = 0; i < 4; i++) {
			wrongPassword(path, binding);
		}
		return wrongPassword(path, binding);
	}

	private void createAccount(String name, boolean disabled, String role) {
		this.application.bean(JdbcUserDetailsManager.class)
			.createUser(User.withUsername(name)
				.password(this.application.bean(PasswordEncoder.class).encode(name + "-password"))
				.roles(role)
				.disabled(disabled)
				.build());
	}

	private void givenDisabledAccount() {
		createAccount("dora", false, "USER");
		givenBinding(QqPerson.XIAO_MING, "dora");
		this.application.jdbc().sql("update users set enabled = false where username = 'dora'").update();
	}

	/**
	 * A signed-in user whom the rules of the site do not admit to the account page.
	 */
	private void signInGuest() {
		createAccount("guest", false, "GUEST");
		signIn("guest");
	}

	private void renameTable() {
		this.application.jdbc().sql("alter table qq_account_binding rename to unavailable").update();
		this.unavailable = true;
	}

	/**
	 * A form of the bind page.
	 */
	private interface Form {

		Map<String, Object> with(String binding);

	}

}
