package io.github.qqoauth2.conversation.frontend;

import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a front end says and hears where a password alone does not let in, however the
 * site carries its logins.
 */
@Tag("T-33")
public abstract class AbstractMultiFactorFrontEndConversation extends AbstractFrontEndVisit {

	protected AbstractMultiFactorFrontEndConversation(Application application) {
		super(application);
	}

	protected abstract void giveSecondFactor(FrontEnd frontEnd, String account);

	/**
	 * What the site's rules say to whoever has given one factor only.
	 */
	protected abstract void isStepDue(FrontEnd.Answer answer);

	private static FrontEnd.Answer confirm(FrontEnd frontEnd, String binding, String account) {
		return frontEnd.post(FrontEnd.ACCOUNT, with(binding, Map.of("password", account + "-password")));
	}

	@Override
	protected void bound(QqPerson person, String account) {
		FrontEnd other = new FrontEnd(this.application, qq);
		String binding = other.comeBack(person).binding();
		other.post(FrontEnd.BIND, proof(binding, account));
		giveSecondFactor(other, account);
		confirm(other, binding, account);
		assertThat(this.application.bindings()).containsKey(account);
	}

	@Test
	void bindWhenSecondFactorIsDueThenWrittenOnlyAfterItAndTheConfirmation() {
		String binding = this.frontEnd.comeBack(QqPerson.XIAO_MING).binding();
		FrontEnd.Answer half = this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice"));
		assertThat(half.status()).isEqualTo(200);
		assertThat(half.json()).containsEntry("username", "alice").containsEntry("bound", false);
		assertThat(half.object("pending")).containsEntry("binding", binding).containsEntry("nickname", "小明");
		isStepDue(this.frontEnd.get(FrontEnd.ACCOUNT));
		isStepDue(confirm(this.frontEnd, binding, "alice"));
		isStepDue(this.frontEnd.post("account/qq/link", Map.of()));
		assertThat(this.application.bindings()).isEmpty();
		giveSecondFactor(this.frontEnd, "alice");
		assertThat(this.application.bindings()).isEmpty();
		FrontEnd.Answer asked = this.frontEnd.get(FrontEnd.ACCOUNT);
		assertThat(asked.json()).containsEntry("username", "alice").containsEntry("bound", false);
		assertThat(asked.object("pending")).containsEntry("passwordRequired", false);
		FrontEnd.Answer bound = this.frontEnd.post(FrontEnd.ACCOUNT, with(binding, Map.of()));
		assertThat(bound.json()).containsEntry("username", "alice")
			.containsEntry("bound", true)
			.doesNotContainKey("pending");
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
	}

	@Test
	void bindWhenAccountHasAnotherQqThenConflictBeforeTheSecondFactor() {
		bound(QqPerson.PANDA, "alice");
		Map<String, String> rows = this.application.bindings();
		String binding = this.frontEnd.comeBack(QqPerson.XIAO_MING).binding();
		isProblem(this.frontEnd.post(FrontEnd.BIND, proof(binding, "alice")), 409, "other-qq");
		isProblem(this.frontEnd.get(FrontEnd.ACCOUNT), 401, "login-required");
		assertThat(this.application.bindings()).isEqualTo(rows);
	}

	@Test
	void qqAloneWhenTwoFactorsAreDueThenDoesNotLetIn() {
		bound(QqPerson.XIAO_MING, "alice");
		FrontEnd.Answer half = this.frontEnd.comeBack(QqPerson.XIAO_MING);
		assertThat(half.status()).isEqualTo(200);
		isStepDue(this.frontEnd.get(FrontEnd.ACCOUNT));
		isStepDue(this.frontEnd.post("account/qq/unlink", Map.of("password", "alice-password")));
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
	}

}
