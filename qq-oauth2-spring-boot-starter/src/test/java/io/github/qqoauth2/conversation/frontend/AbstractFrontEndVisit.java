package io.github.qqoauth2.conversation.frontend;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.qqoauth2.conversation.AbstractRegisteringConversation;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The requests of a front end, at sites with and without sessions.
 */
public abstract class AbstractFrontEndVisit extends AbstractRegisteringConversation {

	protected static final Map<String, Object> FORM = Map.of("username", "dora", "password", "dora-password",
			"nickname", "Dora", "mobile", "13800138000", "terms", true);

	protected final FrontEnd frontEnd = new FrontEnd(this.application, qq);

	protected AbstractFrontEndVisit(Application application) {
		super(application);
	}

	protected static Map<String, Object> with(String binding, Map<String, ?> more) {
		Map<String, Object> body = new LinkedHashMap<>(more);
		body.put("binding", binding);
		return body;
	}

	public static Map<String, Object> proof(String binding, String account) {
		return with(binding, Map.of("username", account, "password", account + "-password"));
	}

	@Override
	protected void givenBinding(QqPerson person, String account) {
		FrontEnd other = new FrontEnd(this.application, qq);
		other.post(FrontEnd.BIND, proof(other.qqLogin(person).binding(), account));
		assertThat(this.application.bindings()).containsKey(account);
		qq.clearRequests();
	}

	protected FrontEnd.Answer bindTo(String account) {
		FrontEnd.Answer pending = this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		return this.frontEnd.post(FrontEnd.BIND, proof(pending.binding(), account));
	}

	/**
	 * Logs in by the site's own login.
	 */
	protected FrontEnd.Answer signIn(String account) {
		this.frontEnd.get(FrontEnd.ACCOUNT);
		return this.frontEnd.post("api/login", Map.of("username", account, "password", account + "-password"));
	}

	protected static void assertProblem(FrontEnd.Answer answer, int status, String code) {
		assertThat(answer.page().body()).as("problem %s", code).startsWith("{");
		assertThat(answer.code()).isEqualTo(code);
		assertThat(answer.status()).isEqualTo(status);
		assertThat(answer.contentType()).startsWith("application/problem+json");
		assertThat(answer.json()).containsEntry("status", (long) status);
		assertThat(answer.text("detail")).isNotBlank();
		assertThat(answer.page().header("Cache-Control")).isEqualTo("no-store, private");
	}

}
