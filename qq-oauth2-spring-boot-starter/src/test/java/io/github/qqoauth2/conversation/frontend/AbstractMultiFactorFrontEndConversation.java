package io.github.qqoauth2.conversation.frontend;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A second factor by JSON, at sites with and without sessions.
 */
@Tag("T-33")
public abstract class AbstractMultiFactorFrontEndConversation extends AbstractFrontEndVisit {

	protected AbstractMultiFactorFrontEndConversation(Application application) {
		super(application);
	}

	protected abstract void giveSecondFactor(FrontEnd frontEnd, String account);

	/**
	 * Asserts the response to a user who has authenticated by one factor only.
	 */
	protected abstract void assertSecondFactorRequired(FrontEnd.Answer answer);

	private static FrontEnd.Answer confirm(FrontEnd frontEnd, String binding, String account) {
		return frontEnd.post(FrontEnd.ACCOUNT, with(binding, Map.of("password", account + "-password")));
	}

	@Override
	protected void givenBinding(QqPerson person, String account) {
		FrontEnd other = new FrontEnd(this.application, qq);
		String binding = other.qqLogin(person).binding();
		other.post(FrontEnd.BIND, proof(binding, account));
		giveSecondFactor(other, account);
		confirm(other, binding, account);
		assertThat(this.application.bindings()).containsKey(account);
	}

	@Test
	void bindWhenSecondFactorIsRequiredThenBoundAfterItAndConfirmation() {
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		FrontEnd.Answer oneFactor = this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice"));
		assertThat(oneFactor.status()).isEqualTo(200);
		assertThat(oneFactor.json()).containsEntry("username", "alice").containsEntry("bound", false);
		assertThat(oneFactor.object("pending")).containsEntry("binding", binding).containsEntry("nickname", "小明");
		assertSecondFactorRequired(this.frontEnd.get(FrontEnd.ACCOUNT));
		assertSecondFactorRequired(confirm(this.frontEnd, binding, "alice"));
		assertSecondFactorRequired(this.frontEnd.post("account/qq/link", Map.of()));
		assertThat(this.application.bindings()).isEmpty();
		giveSecondFactor(this.frontEnd, "alice");
		assertThat(this.application.bindings()).isEmpty();
		FrontEnd.Answer confirmation = this.frontEnd.get(FrontEnd.ACCOUNT);
		assertThat(confirmation.json()).containsEntry("username", "alice").containsEntry("bound", false);
		assertThat(confirmation.object("pending")).containsEntry("proofRequired", false);
		FrontEnd.Answer bound = this.frontEnd.post(FrontEnd.ACCOUNT, with(binding, Map.of()));
		assertThat(bound.json()).containsEntry("username", "alice")
			.containsEntry("bound", true)
			.doesNotContainKey("pending");
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
	}

	@Test
	void bindWhenAccountHasOtherIdentityThenConflictBeforeSecondFactor() {
		givenBinding(QqPerson.PANDA, "alice");
		Map<String, String> rows = this.application.bindings();
		String binding = this.frontEnd.qqLogin(QqPerson.XIAO_MING).binding();
		assertProblem(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")), 409, "other-qq");
		assertProblem(this.frontEnd.get(FrontEnd.ACCOUNT), 401, "login-required");
		assertThat(this.application.bindings()).isEqualTo(rows);
	}

	@Test
	void qqLoginWhenSecondFactorIsRequiredThenNotAuthorized() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		FrontEnd.Answer oneFactor = this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertThat(oneFactor.status()).isEqualTo(200);
		assertSecondFactorRequired(this.frontEnd.get(FrontEnd.ACCOUNT));
		assertSecondFactorRequired(this.frontEnd.post("account/qq/unlink", Map.of("password", "alice-password")));
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
	}

}
