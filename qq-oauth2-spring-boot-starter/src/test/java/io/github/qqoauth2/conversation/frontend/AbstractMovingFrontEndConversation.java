package io.github.qqoauth2.conversation.frontend;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Automatically registered accounts by JSON, at sites with and without sessions.
 */
public abstract class AbstractMovingFrontEndConversation extends AbstractFrontEndVisit {

	private static final String UNLINK = "account/qq/unlink";

	private static final String PASSWORD = "alice-password";

	protected AbstractMovingFrontEndConversation(Application application) {
		super(application);
	}

	/**
	 * Whether the response to a login contains a token of the site.
	 */
	protected abstract boolean issuesTokens();

	private String registeredAccount() {
		return this.application.jdbc()
			.sql("select account from qq_account_binding where registered")
			.query(String.class)
			.single();
	}

	private void rejectRegistrations(boolean reject) {
		this.application.beans(RegisteringSite.Members.class).forEach((members) -> members.rejectUsernames(reject));
	}

	private FrontEnd.Answer qqLoginInOtherBrowser() {
		return new FrontEnd(this.application, qq).qqLogin(QqPerson.XIAO_MING);
	}

	private FrontEnd.Answer linkAsAlice() {
		signIn("alice");
		this.application.ageLogins();
		return this.frontEnd.link(QqPerson.XIAO_MING, "/orders");
	}

	private FrontEnd.Answer confirm(FrontEnd.Answer confirmation, Map<String, ?> more) {
		return this.frontEnd.post(FrontEnd.ACCOUNT, with(confirmation.binding(), more));
	}

	@Test
	@Tag("T-34")
	void callbackWhenUnboundThenRegistersOnceAndLogsIn() {
		FrontEnd.Answer loggedIn = this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		assertThat(loggedIn.status()).isEqualTo(200);
		String name = registeredAccount();
		assertThat(name).matches("qq_[0-9a-f]{20}");
		assertThat(loggedIn.json()).containsEntry("username", name)
			.containsEntry("bound", true)
			.containsEntry("nickname", "小明")
			.doesNotContainKey("pending");
		assertThat(loggedIn.json().containsKey("token")).isEqualTo(issuesTokens());
		assertThat(this.frontEnd.get(FrontEnd.ACCOUNT).text("username")).isEqualTo(name);
		assertProblem(this.frontEnd.get(FrontEnd.BIND), 410, "binding-expired");
		FrontEnd.Answer again = qqLoginInOtherBrowser();
		assertThat(again.json()).containsEntry("username", name).containsEntry("bound", true);
		assertThat(again.json().containsKey("token")).isEqualTo(issuesTokens());
		assertThat(this.application.bindings()).containsExactly(Map.entry(name, OPENID));
		assertThat(accounts()).containsExactly("alice", "bob", name);
	}

	@Test
	void callbackWhenRegistrarRefusesThenBindingRequired() {
		rejectRegistrations(true);
		assertProblem(this.frontEnd.qqLogin(QqPerson.XIAO_MING), 401, "binding-required");
		assertThat(this.application.bindings()).isEmpty();
		assertThat(accounts()).containsExactly("alice", "bob");
	}

	@Test
	@Tag("T-28")
	void moveWhenConfirmedWithFromThenBoundToCurrentAccount() {
		qqLoginInOtherBrowser();
		String automatic = registeredAccount();
		FrontEnd.Answer confirmation = linkAsAlice();
		assertThat(confirmation.status()).isEqualTo(200);
		assertThat(confirmation.json()).containsEntry("username", "alice").containsEntry("bound", false);
		assertThat(confirmation.object("pending")).containsEntry("nickname", "小明")
			.containsEntry("proofRequired", true)
			.containsEntry("from", automatic);
		assertProblem(confirm(confirmation, Map.of("from", automatic)), 403, "proof-required");
		assertProblem(confirm(confirmation, Map.of("from", automatic, "password", "x")), 403, "wrong-password");
		assertProblem(confirm(confirmation, Map.of("password", PASSWORD)), 409, "binding-changed");
		assertProblem(confirm(confirmation, Map.of("from", "bob", "password", PASSWORD)), 409, "binding-changed");
		assertThat(this.application.bindings()).containsExactly(Map.entry(automatic, OPENID));
		Map<String, String> cookies = this.frontEnd.browser().cookies();
		FrontEnd.Answer moved = confirm(confirmation, Map.of("from", automatic, "password", PASSWORD));
		assertThat(moved.status()).isEqualTo(200);
		assertThat(moved.json()).containsEntry("username", "alice")
			.containsEntry("bound", true)
			.containsEntry("next", "/orders")
			.doesNotContainKeys("pending", "token");
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
		assertThat(qqLoginInOtherBrowser().text("username")).isEqualTo("alice");
		cookies.forEach(this.frontEnd.browser()::cookie);
		assertProblem(confirm(confirmation, Map.of("from", automatic, "password", PASSWORD)), 410, "binding-expired");
		assertProblem(confirm(confirmation, Map.of("from", "alice", "password", PASSWORD)), 410, "binding-expired");
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
		assertThat(accounts()).containsExactly("alice", "bob", automatic);
	}

	@Test
	void eventsWhenLinkedUnlinkedAndMovedThenOnceAfterCommit() {
		rejectRegistrations(true);
		FrontEnd.Answer link = linkAsAlice();
		assertThat(committedEvents()).isEmpty();
		confirm(link, Map.of("password", PASSWORD));
		assertThat(committedEvents()).containsExactly("BOUND alice");
		this.frontEnd.post(UNLINK, Map.of("password", PASSWORD));
		assertThat(committedEvents()).containsExactly("UNBOUND alice");
		rejectRegistrations(false);
		qqLoginInOtherBrowser();
		String automatic = registeredAccount();
		FrontEnd.Answer move = this.frontEnd.link(QqPerson.XIAO_MING, "/orders");
		committedEvents();
		confirm(move, Map.of("from", automatic, "password", PASSWORD));
		assertThat(committedEvents()).containsExactly("MOVED alice " + automatic, "UNBOUND " + automatic + " alice");
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
	}

	/**
	 * Moving follows the same rule as linking, but the answer still names the account
	 * that loses the identity.
	 */
	@Test
	@Tag("T-28")
	void moveWhenLoginIsFreshThenRequiresFromAndNoPassword() {
		qqLoginInOtherBrowser();
		String automatic = registeredAccount();
		signIn("alice");
		FrontEnd.Answer pending = this.frontEnd.link(QqPerson.XIAO_MING, "/orders");
		assertThat(pending.object("pending")).containsEntry("from", automatic).containsEntry("proofRequired", false);
		assertProblem(confirm(pending, Map.of()), 409, "binding-changed");
		assertThat(this.application.bindings()).containsExactly(Map.entry(automatic, OPENID));
		assertThat(confirm(pending, Map.of("from", automatic)).json()).containsEntry("bound", true);
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
	}

	private FrontEnd.Answer startMove(Map<String, Object> body) {
		FrontEnd.Answer started = this.frontEnd.post(FrontEnd.ACCOUNT + "/link", body);
		return this.frontEnd.post(FrontEnd.CALLBACK,
				FrontEnd.parameters(qq.approve(FrontEnd.authorizationUrl(started), QqPerson.XIAO_MING)));
	}

	/**
	 * The user owns both accounts: alice, who is signed in, and bob, whose QQ identity
	 * she has just authenticated.
	 */
	@Test
	@Tag("T-66")
	void moveWhenOwnerOfBothAsksThenAuthenticatesAgainAndMoves() {
		rejectRegistrations(true);
		givenBinding(QqPerson.XIAO_MING, "bob");
		FrontEnd.Answer refused = linkAsAlice();
		assertProblem(refused, 409, "other-account");
		assertThat(refused.json()).containsEntry("movable", true);
		assertThat(refused.page().body()).doesNotContain("bob");
		committedEvents();
		FrontEnd.Answer confirmation = startMove(Map.of("next", "/orders", "move", true));
		assertThat(confirmation.status()).isEqualTo(200);
		assertThat(confirmation.object("pending")).containsEntry("from", "bob");
		assertThat(this.application.bindings()).containsExactly(Map.entry("bob", OPENID));
		assertProblem(confirm(confirmation, Map.of("password", PASSWORD)), 409, "binding-changed");
		FrontEnd.Answer moved = confirm(confirmation, Map.of("from", "bob", "password", PASSWORD));
		assertThat(moved.json()).containsEntry("username", "alice")
			.containsEntry("bound", true)
			.containsEntry("next", "/orders");
		assertThat(this.application.bindings()).containsExactly(Map.entry("alice", OPENID));
		assertThat(committedEvents()).containsExactly("MOVED alice bob", "UNBOUND bob alice");
		assertThat(qqLoginInOtherBrowser().text("username")).isEqualTo("alice");
		assertProblem(confirm(confirmation, Map.of("from", "bob", "password", PASSWORD)), 410, "binding-expired");
	}

	/**
	 * Only the server marks a login as a move, at a POST of the signed-in user.
	 */
	@Test
	@Tag("T-66")
	void moveWhenMarkIsInAddressOrCallbackThenConflict() {
		rejectRegistrations(true);
		givenBinding(QqPerson.XIAO_MING, "bob");
		signIn("alice");
		FrontEnd.Answer started = this.frontEnd.post(FrontEnd.ACCOUNT + "/link",
				Map.of("next", "/orders", "move", false));
		Map<String, String> callback = new LinkedHashMap<>(
				FrontEnd.parameters(qq.approve(FrontEnd.authorizationUrl(started), QqPerson.XIAO_MING)));
		callback.put("move", "true");
		callback.put("qq.move-to", "alice");
		assertProblem(this.frontEnd.post(FrontEnd.CALLBACK, callback), 409, "other-account");
		for (String query : List.of("?move=true", "?qq.move-to=alice")) {
			FrontEnd.Answer answer = this.frontEnd.post(FrontEnd.CALLBACK,
					this.frontEnd.approve(QqPerson.XIAO_MING, FrontEnd.START + query));
			assertThat(answer.page().body()).doesNotContain("\"from\"");
		}
		assertThat(this.application.bindings()).containsExactly(Map.entry("bob", OPENID));
	}

	@Test
	void moveWhenDismissedThenNothingChanges() {
		qqLoginInOtherBrowser();
		String automatic = registeredAccount();
		FrontEnd.Answer confirmation = linkAsAlice();
		FrontEnd.Answer dismissed = confirm(confirmation,
				Map.of("from", automatic, "password", PASSWORD, "dismiss", true));
		assertThat(dismissed.json()).containsEntry("username", "alice")
			.containsEntry("bound", false)
			.doesNotContainKey("pending");
		assertThat(this.frontEnd.get(FrontEnd.ACCOUNT).json()).doesNotContainKey("pending");
		assertProblem(confirm(confirmation, Map.of("from", automatic, "password", PASSWORD)), 410, "binding-expired");
		assertThat(this.application.bindings()).containsExactly(Map.entry(automatic, OPENID));
		assertThat(qqLoginInOtherBrowser().text("username")).isEqualTo(automatic);
	}

	@Test
	void moveWhenAccountHasOtherIdentityThenConflict() {
		qqLoginInOtherBrowser();
		String automatic = registeredAccount();
		rejectRegistrations(true);
		givenBinding(QqPerson.PANDA, "alice");
		FrontEnd.Answer confirmation = linkAsAlice();
		assertProblem(confirm(confirmation, Map.of("from", automatic, "password", PASSWORD)), 409, "other-qq");
		assertThat(this.application.bindings()).hasSize(2).containsEntry(automatic, OPENID);
	}

	@Test
	@Tag("T-28")
	void moveWhenAccountIsNotAutomaticThenConflict() {
		rejectRegistrations(true);
		givenBinding(QqPerson.XIAO_MING, "bob");
		assertProblem(linkAsAlice(), 409, "other-account");
		assertThat(this.frontEnd.get(FrontEnd.ACCOUNT).json()).containsEntry("username", "alice")
			.containsEntry("bound", false)
			.doesNotContainKey("pending");
		assertThat(this.application.bindings()).containsExactly(Map.entry("bob", OPENID));
	}

	/**
	 * Naming the account that was bound meanwhile does not move the identity. In a
	 * session the binding stays pending, a ticket is used up.
	 */
	@Test
	@Tag("T-28")
	void moveWhenBoundMeanwhileToOtherAccountThenConflict() {
		rejectRegistrations(true);
		FrontEnd.Answer confirmation = linkAsAlice();
		givenBinding(QqPerson.XIAO_MING, "bob");
		for (Map<String, String> more : List.of(Map.of("password", PASSWORD),
				Map.of("password", PASSWORD, "from", "bob"))) {
			assertThat(confirm(confirmation, more).status()).isIn(409, 410);
			assertThat(this.application.bindings()).containsExactly(Map.entry("bob", OPENID));
		}
		assertThat(this.frontEnd.get(FrontEnd.ACCOUNT).page().body()).doesNotContain("bob");
	}

	@Test
	@Tag("T-30")
	void unlinkWhenAutomaticAccountThenRequiresAnotherWayThanQq() {
		this.frontEnd.qqLogin(QqPerson.XIAO_MING);
		String automatic = registeredAccount();
		assertProblem(this.frontEnd.post(UNLINK, Map.of()), 403, "proof-required");
		assertProblem(this.frontEnd.post(UNLINK, Map.of("password", "guess")), 403, "wrong-password");
		assertThat(this.application.bindings()).containsExactly(Map.entry(automatic, OPENID));
		this.application.jdbc()
			.sql("update users set password = ? where username = ?")
			.params(this.application.bean(RegisteringSite.CountingEncoder.class).encode("my-password"), automatic)
			.update();
		assertThat(this.frontEnd.post(UNLINK, Map.of("password", "my-password")).json()).containsEntry("bound", false);
		assertThat(this.application.bindings()).isEmpty();
	}

}
