package io.github.qqoauth2.conversation.frontend;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The rows for logins in sessions.
 */
public abstract class AbstractSessionProofTable extends AbstractProofTable {

	protected AbstractSessionProofTable(Application application) {
		super(application);
	}

	/**
	 * The name of the session cookie.
	 */
	protected abstract String sessionCookie();

	@BeforeEach
	void removeHeader() {
		this.frontEnd.browser().header("X-User", null);
	}

	@Override
	protected Map<String, List<Runnable>> logins() {
		return Map.of("in a session, by a login of the site",
				List.of(() -> formLogin("alice", false), () -> signIn("alice")), "in a session, by QQ",
				List.of(() -> this.frontEnd.qqLogin(QqPerson.PANDA)), "by a remember-me cookie", List.of(() -> {
					formLogin("alice", true);
					this.frontEnd.browser().removeCookie(sessionCookie());
				}), "by an administrator who has switched to the user", List.of(() -> {
					formLogin("bob", false);
					this.frontEnd.browser().get("switch?username=alice");
				}), "by a system in front of the application", List.of(() -> {
					this.frontEnd.browser().header("X-User", "alice");
					this.frontEnd.get(FrontEnd.ACCOUNT);
				}), WITH_PASSWORD, List.of(() -> signIn("alice")));
	}

	private void formLogin(String account, boolean remember) {
		this.frontEnd.get(FrontEnd.ACCOUNT);
		this.frontEnd.browser().header("X-XSRF-TOKEN", this.frontEnd.browser().cookie("XSRF-TOKEN"));
		assertThat(this.frontEnd.browser()
			.post("login",
					Map.of("username", account, "password", account + "-password", "remember-me",
							Boolean.toString(remember)))
			.location()).isEqualTo("/");
		this.frontEnd.get(FrontEnd.ACCOUNT);
	}

}
