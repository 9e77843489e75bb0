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
 * Walks to every answer that the API document promises. That nothing else comes is what
 * {@link FrontEnd} looks at, everywhere.
 */
public abstract class AbstractDocumentedAnswers extends AbstractFrontEndVisit {

	private static final String TEXT = "text/plain";

	private static final String ERROR = "login/qq/error";

	private static final String LINK = "account/qq/link";

	private static final String UNLINK = "account/qq/unlink";

	private final Map<String, Supplier<FrontEnd.Answer>> walks = new TreeMap<>();

	private boolean away;

	protected AbstractDocumentedAnswers(Application application) {
		super(application);
	}

	static List<String> documented() {
		return ApiDocument.answers();
	}

	/**
	 * What such a site has no occasion to say.
	 */
	protected Set<String> never() {
		return Set.of();
	}

	@BeforeEach
	void plan() {
		startAndCallback();
		bindPage();
		errors();
		account();
	}

	@AfterEach
	void tableComesBack() {
		if (this.away) {
			this.application.jdbc().sql("alter table away rename to qq_account_binding").update();
		}
	}

	@Test
	void walksWhenComparedWithTheDocumentThenOneToEachAnswer() {
		assertThat(this.walks.keySet()).containsExactlyInAnyOrderElementsOf(documented());
	}

	@ParameterizedTest
	@MethodSource("documented")
	@Tag("T-49")
	void answerWhenDocumentedThenComes(String documented) {
		if (!never().contains(documented)) {
			assertThat(Objects.requireNonNull(this.walks.get(documented)).get().documented()).isEqualTo(documented);
		}
	}

	private void startAndCallback() {
		this.walks.put("startQqLogin 200", () -> this.frontEnd.get(FrontEnd.START));
		this.walks.put("finishQqLogin 200", () -> {
			boundTo("alice");
			return new FrontEnd(this.application, qq).comeBack(QqPerson.XIAO_MING);
		});
		this.walks.put("finishQqLogin 400", () -> {
			boundTo("alice");
			return this.frontEnd.post(FrontEnd.CALLBACK, Map.of("state", "x", "code", "y"));
		});
		this.walks.put("finishQqLogin 401", () -> this.frontEnd.comeBack(QqPerson.XIAO_MING));
		this.walks.put("finishQqLogin 403", () -> {
			disabledWithQq();
			return this.frontEnd.comeBack(QqPerson.XIAO_MING);
		});
		this.walks.put("finishQqLogin 409", () -> {
			bound(QqPerson.XIAO_MING, "bob");
			signIn("alice");
			return this.frontEnd.link(QqPerson.XIAO_MING, "/orders");
		});
		this.walks.put("finishQqLogin 503", () -> {
			qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
			return this.frontEnd.comeBack(QqPerson.XIAO_MING);
		});
		this.walks.put("finishQqLogin 415", () -> this.frontEnd.post(FrontEnd.CALLBACK, TEXT, "{}"));
	}

	private void bindPage() {
		this.walks.put("readPendingQq 200", () -> {
			waiting();
			return this.frontEnd.get(FrontEnd.BIND);
		});
		this.walks.put("readPendingQq 400", () -> {
			this.frontEnd.browser().cookie("qq-pending", "x");
			return this.frontEnd.get(FrontEnd.BIND);
		});
		this.walks.put("readPendingQq 410", () -> this.frontEnd.get(FrontEnd.BIND));
		this.walks.put("bindByPassword 200", () -> boundTo("alice"));
		this.walks.put("bindByPassword 401", () -> wrongPassword(FrontEnd.BIND, waiting()));
		this.walks.put("bindByPassword 403", () -> {
			account("dora", true, "USER");
			return this.frontEnd.post(FrontEnd.BIND, proof(waiting(), "dora"));
		});
		this.walks.put("bindByPassword 429", () -> fiveWrong(FrontEnd.BIND, waiting()));
		this.walks.put("register 200", () -> this.frontEnd.post(FrontEnd.REGISTER, with(waiting(), FORM)));
		this.walks.put("register 403", () -> {
			this.application.beans(RegisteringSite.Members.class).forEach((members) -> members.disable(true));
			return this.frontEnd.post(FrontEnd.REGISTER, with(waiting(), FORM));
		});
		forms("bindByPassword ", FrontEnd.BIND, (binding) -> proof(binding, "alice"));
		forms("register ", FrontEnd.REGISTER, (binding) -> with(binding, FORM));
	}

	private void forms(String operation, String path, Form form) {
		this.walks.put(operation + 400, () -> this.frontEnd.post(path, "application/json", "[]"));
		this.walks.put(operation + 409, () -> {
			waiting();
			return this.frontEnd.post(path, form.with("other"));
		});
		this.walks.put(operation + 410, () -> this.frontEnd.post(path, form.with("none")));
		this.walks.put(operation + 415, () -> this.frontEnd.post(path, TEXT, "{}"));
		this.walks.put(operation + 503, () -> {
			String binding = waiting();
			veto(operation.equals("register ") ? QqAccountEvent.Kind.REGISTERED : QqAccountEvent.Kind.BOUND);
			return this.frontEnd.post(path, form.with(binding));
		});
	}

	/**
	 * A visitor comes back to the server, and the front end asks how that ended.
	 */
	private void errors() {
		this.walks.put("readLastError 204", () -> {
			signIn("alice");
			return this.frontEnd.get(ERROR);
		});
		this.walks.put("readLastError 400", () -> this.frontEnd.get(ERROR));
		this.walks.put("readLastError 403", () -> {
			disabledWithQq();
			return returned(this.frontEnd.get(FrontEnd.START));
		});
		this.walks.put("readLastError 409", () -> {
			bound(QqPerson.XIAO_MING, "bob");
			signIn("alice");
			return returned(this.frontEnd.post(LINK, Map.of()));
		});
		this.walks.put("readLastError 429", () -> {
			waiting();
			Browser browser = this.frontEnd.browser().header("Accept", "text/html");
			Browser.Page form = browser.get(FrontEnd.BIND);
			for (int i = 0; i < 5; i++) {
				browser.submit(form, FrontEnd.BIND, Map.of("username", "alice", "password", "x"));
			}
			return this.frontEnd.get(ERROR);
		});
		this.walks.put("readLastError 503", () -> {
			qq.enqueue(QqEndpoint.TOKEN, QqReply.status(500));
			return returned(this.frontEnd.get(FrontEnd.START));
		});
	}

	private void account() {
		this.walks.put("readAccount 200", () -> {
			signIn("alice");
			return this.frontEnd.get(FrontEnd.ACCOUNT);
		});
		this.walks.put("readAccount 401", () -> this.frontEnd.get(FrontEnd.ACCOUNT));
		this.walks.put("readAccount 403", () -> {
			guest();
			return this.frontEnd.get(FrontEnd.ACCOUNT);
		});
		this.walks.put("readAccount 503", () -> {
			signIn("alice");
			tableGoes();
			return this.frontEnd.get(FrontEnd.ACCOUNT);
		});
		this.walks.put("confirmBinding 200", () -> {
			String binding = linked();
			return this.frontEnd.post(FrontEnd.ACCOUNT, with(binding, Map.of("password", "alice-password")));
		});
		this.walks.put("confirmBinding 403", () -> wrongPassword(FrontEnd.ACCOUNT, linked()));
		this.walks.put("confirmBinding 409", () -> {
			linked();
			return this.frontEnd.post(FrontEnd.ACCOUNT, with("other", Map.of()));
		});
		this.walks.put("confirmBinding 410", () -> {
			signIn("alice");
			return this.frontEnd.post(FrontEnd.ACCOUNT, with("none", Map.of()));
		});
		this.walks.put("confirmBinding 429", () -> fiveWrong(FrontEnd.ACCOUNT, linked()));
		this.walks.put("confirmBinding 503", () -> {
			String binding = linked();
			veto(QqAccountEvent.Kind.BOUND);
			return this.frontEnd.post(FrontEnd.ACCOUNT, with(binding, Map.of("password", "alice-password")));
		});
		this.walks.put("startLinking 200", () -> {
			signIn("alice");
			return this.frontEnd.post(LINK, Map.of("next", "/orders"));
		});
		this.walks.put("startLinking 403", () -> {
			guest();
			return this.frontEnd.post(LINK, Map.of());
		});
		this.walks.put("unlink 200", () -> unlink("alice-password"));
		this.walks.put("unlink 403", () -> unlink("x"));
		this.walks.put("unlink 503", () -> {
			signIn("alice");
			tableGoes();
			return this.frontEnd.post(UNLINK, Map.of("password", "alice-password"));
		});
		Map.of("confirmBinding ", FrontEnd.ACCOUNT, "startLinking ", LINK, "unlink ", UNLINK).forEach(this::posts);
	}

	private void posts(String operation, String path) {
		this.walks.put(operation + 400, () -> this.frontEnd.post(path, "application/json", "[]"));
		this.walks.put(operation + 401, () -> {
			this.frontEnd.get(FrontEnd.ACCOUNT);
			return this.frontEnd.post(path, Map.of("binding", "x"));
		});
		this.walks.put(operation + 415, () -> this.frontEnd.post(path, TEXT, "{}"));
	}

	private String waiting() {
		return this.frontEnd.comeBack(QqPerson.XIAO_MING).binding();
	}

	private String linked() {
		signIn("alice");
		return this.frontEnd.link(QqPerson.XIAO_MING, "/orders").binding();
	}

	private FrontEnd.Answer unlink(String password) {
		boundTo("alice");
		return this.frontEnd.post(UNLINK, Map.of("password", password));
	}

	private FrontEnd.Answer returned(FrontEnd.Answer started) {
		var callback = qq.approve(FrontEnd.authorizationUrl(started), QqPerson.XIAO_MING);
		Browser browser = this.frontEnd.browser().header("Accept", "text/html");
		assertThat(browser.get(FrontEnd.CALLBACK + "?" + callback.getRawQuery()).location()).isEqualTo("/" + ERROR);
		return this.frontEnd.get(ERROR);
	}

	private FrontEnd.Answer wrongPassword(String path, String binding) {
		return this.frontEnd.post(path, with(binding, Map.of("username", "alice", "password", "x")));
	}

	private FrontEnd.Answer fiveWrong(String path, String binding) {
		for (int i = 0; i < 4; i++) {
			wrongPassword(path, binding);
		}
		return wrongPassword(path, binding);
	}

	private void account(String name, boolean disabled, String role) {
		this.application.bean(JdbcUserDetailsManager.class)
			.createUser(User.withUsername(name)
				.password(this.application.bean(PasswordEncoder.class).encode(name + "-password"))
				.roles(role)
				.disabled(disabled)
				.build());
	}

	private void disabledWithQq() {
		account("dora", false, "USER");
		bound(QqPerson.XIAO_MING, "dora");
		this.application.jdbc().sql("update users set enabled = false where username = 'dora'").update();
	}

	/**
	 * One whom the site's rules keep away.
	 */
	private void guest() {
		account("guest", false, "GUEST");
		signIn("guest");
	}

	private void tableGoes() {
		this.application.jdbc().sql("alter table qq_account_binding rename to away").update();
		this.away = true;
	}

	/**
	 * A form of the bind page.
	 */
	private interface Form {

		Map<String, Object> with(String binding);

	}

}
