package io.github.qqoauth2.conversation.binding;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.conversation.AbstractRegisteringConversation;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqEndpoint;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Moving a QQ identity between two accounts of one person, neither of which was created
 * from the identity. It is bound to bob, and alice is signed in.
 */
@Tag("T-66")
class MoveFromOwnAccountIT extends AbstractRegisteringConversation {

	private static final Application site = Application.with(qq).source(RegisteringSite.class).start();

	MoveFromOwnAccountIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	@BeforeEach
	void bindToBob() {
		givenBinding(QqPerson.XIAO_MING, "bob");
		this.visit.login("alice", "alice-password");
	}

	/**
	 * Returns with the QQ identity of bob, and opens the error page.
	 */
	private Browser.Page refusal() {
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		return this.visit.browser().get("login/qq/error");
	}

	private Browser.Page startMove(Browser.Page refusal) {
		return this.visit.browser().submit(refusal, "account/qq/link", Map.of());
	}

	private String approve(Browser.Page started) {
		URI callback = qq.approve(URI.create(Objects.requireNonNull(started.header("Location"))), QqPerson.XIAO_MING);
		return callback.getRawPath() + "?" + callback.getRawQuery();
	}

	private Browser.Page callback(Browser.Page started) {
		return this.visit.browser().get(approve(started));
	}

	private void registerCarol() {
		this.application.jdbc()
			.sql("insert into users values ('carol', ?, true)")
			.param(this.application.bean(RegisteringSite.CountingEncoder.class).encode("carol-password"))
			.update();
		this.application.jdbc().sql("insert into authorities values ('carol', 'ROLE_USER')").update();
	}

	private void assertStillBoundToBob() {
		assertThat(this.application.bindings()).isEqualTo(Map.of("bob", OPENID));
	}

	@Test
	void refusalWhenIdentityIsJustAuthenticatedThenOffersMove() {
		Browser.Page page = refusal();
		assertThat(page.status()).isEqualTo(409);
		assertThat(page.body())
			.contains(
					"This QQ is linked to another account. If that is yours too, sign in with this QQ, unlink it in "
							+ "its settings, and link it here.",
					"<form method=\"post\" action=\"/account/qq/link\">", "name=\"move\" value=\"true\"",
					"Sign in with QQ again and move it here", ">Back</a>")
			.doesNotContain("bob");
		this.visit.browser().header("Accept-Language", "zh-CN");
		assertThat(this.visit.browser().get("login/qq/error").body())
			.contains("这个 QQ 已绑定其他账号。如果那也是你的账号，用这个 QQ 登录后在设置里解除绑定，再回来绑定。", "重新用 QQ 登录并改绑");
		assertStillBoundToBob();
	}

	@Test
	void moveWhenConfirmedThenBoundToSignedInAccount() {
		Visit bob = new Visit(this.application, qq);
		bob.qqLogin(QqPerson.XIAO_MING);
		Map<String, String> cookies = this.visit.browser().cookies();
		Browser.Page refusal = refusal();
		qq.clearRequests();
		Browser.Page started = startMove(refusal);
		assertThat(started.location()).startsWith(qq.url() + "/oauth2.0/authorize?").doesNotContain("alice", "move");
		assertThat(callback(started).location()).isEqualTo("/account/qq");
		assertThat(qq.requests(QqEndpoint.TOKEN)).as("authenticated again at QQ").hasSize(1);
		assertStillBoundToBob();
		committedEvents();
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).contains("Link QQ 小明 to your account alice?",
				"This QQ now signs in to the account bob. After this it will sign in to alice.",
				"name=\"from\" value=\"bob\"");
		assertThat(submitAccountPage(confirmation, Map.of("password", "alice-password")).location())
			.isEqualTo("/account/qq");
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
		assertThat(committedEvents()).containsExactly("MOVED alice bob", "UNBOUND bob alice");
		assertThat(this.visit.browser().cookies()).isEqualTo(cookies);
		assertThat(bob.browser().get("").body()).as("the other sessions of bob").doesNotStartWith("bob ");
		Visit after = new Visit(this.application, qq);
		after.qqLogin(QqPerson.XIAO_MING);
		assertThat(after.browser().get("").body()).startsWith("alice ");
	}

	@Test
	void moveWhenAnswerNamesAnotherAccountThenConflict() {
		callback(startMove(refusal()));
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(submitAccountPage(confirmation, Map.of("password", "alice-password", "from", "carol")).status())
			.isEqualTo(409);
		assertStillBoundToBob();
	}

	@Test
	void moveWhenDismissedThenNothingChanges() {
		callback(startMove(refusal()));
		submitAccountPage(this.visit.browser().get("account/qq"), Map.of("dismiss", "true"));
		assertThat(this.visit.browser().get("account/qq").body()).contains("No QQ linked");
		assertStillBoundToBob();
	}

	/**
	 * The mark counts for the login that it started, not for another one.
	 */
	@Test
	void moveWhenOtherLoginIsWithoutMarkThenConflict() {
		Browser.Page started = startMove(refusal());
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("account/qq").body()).contains("No QQ linked");
		assertThat(callback(started).location()).isEqualTo("/account/qq");
		assertStillBoundToBob();
	}

	@ParameterizedTest
	@ValueSource(strings = { "?move=true", "?move=true&next=/account/qq", "?qq.move-to=alice", "?moveTo=alice" })
	void moveWhenMarkIsInAddressThenConflict(String query) {
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START + query);
		assertThat(this.visit.browser().get(callback + "&move=true&qq.move-to=alice").location())
			.isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("account/qq").body()).contains("No QQ linked");
		assertStillBoundToBob();
	}

	/**
	 * Another site makes alice's browser start the move.
	 */
	@Test
	@Tag("T-06")
	void moveWhenStartedWithoutCsrfTokenOrByGetThenRefused() {
		assertThat(this.visit.browser().post("account/qq/link", Map.of("move", "true")).status()).isEqualTo(403);
		assertThat(this.visit.browser().get("account/qq/link?move=true").status()).isEqualTo(405);
		assertStillBoundToBob();
	}

	/**
	 * Alice starts the move, carol signs in in the same browser, and then the callback
	 * comes.
	 */
	@Test
	@Tag("T-07")
	void moveWhenAnotherUserIsSignedInAtCallbackThenConflict() {
		registerCarol();
		String callback = approve(startMove(refusal()));
		this.visit.login("carol", "carol-password");
		assertThat(this.visit.browser().get("").body()).startsWith("carol ");
		assertThat(this.visit.browser().get(callback).location()).isEqualTo("/login/qq/error");
		assertThat(this.visit.browser().get("account/qq").body()).contains("No QQ linked");
		assertStillBoundToBob();
	}

	/**
	 * Alice has the question of the move, and carol signs in in the same browser.
	 */
	@Test
	@Tag("T-07")
	void moveWhenAnotherUserConfirmsThenConflict() {
		registerCarol();
		callback(startMove(refusal()));
		this.visit.login("carol", "carol-password");
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).doesNotContain("bob");
		for (String from : new String[] { "", "bob" }) {
			Map<String, String> form = new LinkedHashMap<>(Map.of("password", "carol-password"));
			if (!from.isEmpty()) {
				form.put("from", from);
			}
			assertThat(submitAccountPage(confirmation, form).status()).isEqualTo(409);
		}
		assertStillBoundToBob();
	}

	/**
	 * The identity was bound to bob while the bind form was open. Its visitor is not
	 * signed in, and the move is not offered.
	 */
	@Test
	void refusalWhenNotAtCallbackThenNotOffered() {
		this.application.jdbc().sql("delete from qq_account_binding").update();
		Visit visitor = new Visit(this.application, qq);
		visitor.qqLogin(QqPerson.XIAO_MING);
		Browser.Page form = visitor.browser().get("login/qq/bind");
		givenBinding(QqPerson.XIAO_MING, "bob");
		Browser.Page refused = visitor.browser()
			.submit(form, "login/qq/bind", Map.of("username", "alice", "password", "alice-password"));
		assertThat(refused.status()).isEqualTo(409);
		assertThat(refused.body()).contains("This QQ is linked to another account.</p>").doesNotContain("move");
		assertStillBoundToBob();
	}

}
