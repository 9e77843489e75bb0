package io.github.qqoauth2.conversation.binding;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.conversation.AbstractRegisteringConversation;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.RegisteringSite;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The account page, {@code /account/qq}, of a signed-in user.
 */
class AccountPageIT extends AbstractRegisteringConversation {

	private static final Application site = Application.with(qq).source(RegisteringSite.class).start();

	AccountPageIT() {
		super(site);
	}

	@AfterAll
	static void stop() {
		site.close();
	}

	private Browser.Page unlink(String password) {
		return this.visit.browser()
			.submit(this.visit.browser().get("account/qq"), "account/qq/unlink", Map.of("password", password));
	}

	@Test
	void linkWhenConfirmedThenBoundAndSessionUnchanged() {
		this.visit.login("alice", "alice-password");
		Map<String, String> cookies = this.visit.browser().cookies();
		Browser.Page none = this.visit.browser().get("account/qq");
		assertThat(none.body()).contains("No QQ linked", "Link QQ");
		Browser.Page started = this.visit.browser().submit(none, "account/qq/link", Map.of());
		assertThat(started.status()).isEqualTo(302);
		assertThat(started.location()).isEqualTo("/oauth2/authorization/qq?next=%2Faccount%2Fqq");
		String callback = this.visit.approve(QqPerson.XIAO_MING, "oauth2/authorization/qq?next=/account/qq");
		assertThat(this.visit.browser().get(callback).location()).isEqualTo("/account/qq");
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).doesNotContain("name=\"password\"", "Sign in again");
		assertThat(submitAccountPage(confirmation, Map.of()).location()).isEqualTo("/account/qq");
		assertThat(this.visit.browser().cookies()).isEqualTo(cookies);
		assertThat(this.visit.browser().get("").body()).startsWith("alice UsernamePasswordAuthenticationToken");
		assertThat(this.visit.browser().get("account/qq").body()).contains("小明", "Linked on ", "Unlink");
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
		assertThat(events().drain()).containsExactly("BOUND alice");
	}

	@ParameterizedTest
	@CsvSource({ "GET,account/qq/link", "HEAD,account/qq/link", "GET,account/qq/unlink", "HEAD,account/qq/unlink",
			"DELETE,account/qq", "PUT,account/qq/link" })
	@Tag("T-06")
	void changeWhenNotPostThenNotAllowed(String method, String path) {
		givenBinding(QqPerson.PANDA, "alice");
		this.visit.login("alice", "alice-password");
		Browser.Page answer = this.visit.browser().send(method, path);
		assertThat(answer.status()).isIn(405, 403);
		assertThat(answer.location()).isNull();
		assertThat(this.application.bindings()).containsOnlyKeys("alice");
	}

	@Test
	@Tag("T-06")
	void changeWhenCsrfTokenIsMissingOrOfOtherSessionThenForbidden() {
		givenBinding(QqPerson.PANDA, "alice");
		Visit attacker = new Visit(this.application, qq);
		attacker.login("bob", "bob-password");
		Browser.Page foreign = attacker.browser().get("account/qq");
		this.visit.login("alice", "alice-password");
		for (String path : List.of("account/qq/link", "account/qq/unlink", "account/qq")) {
			assertThat(this.visit.browser().post(path, Map.of("password", "alice-password")).status()).isEqualTo(403);
			assertThat(this.visit.browser().submit(foreign, path, Map.of("password", "alice-password")).status())
				.isEqualTo(403);
		}
		assertThat(this.application.bindings()).containsOnlyKeys("alice");
	}

	@Test
	@Tag("T-07")
	void linkWhenOtherUserIsSignedInMeanwhileThenConfirmationNamesAccount() {
		this.visit.login("alice", "alice-password");
		String callback = this.visit.approve(QqPerson.XIAO_MING, "oauth2/authorization/qq?next=/account/qq");
		this.visit.browser().submit(this.visit.browser().get("logout"), "logout", Map.of());
		this.visit.login("bob", "bob-password");
		assertThat(this.visit.browser().get(callback).location()).isEqualTo("/login/qq/error");
		assertThat(this.application.bindings()).isEmpty();

		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertThat(confirmation.body()).contains("Link QQ 小明 to your account bob?");
		assertThat(this.application.bindings()).isEmpty();
		this.visit.browser().submit(this.visit.browser().get("logout"), "logout", Map.of());
		this.visit.login("alice", "alice-password");
		assertThat(this.visit.browser().get("account/qq").body()).contains("No QQ linked");
	}

	@Test
	@Tag("T-30")
	void unlinkWhenPasswordIsRightThenUnbound() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		this.visit.login("alice", "alice-password");
		this.application.ageLogins();
		Browser.Page without = unlink("");
		assertThat(without.status()).isEqualTo(403);
		assertThat(without.body()).contains("Please confirm first that it is you.");
		Browser.Page wrong = unlink("wrong");
		assertThat(wrong.status()).isEqualTo(403);
		assertThat(wrong.body()).contains("The password is not correct.");
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
		assertThat(unlink("alice-password").location()).isEqualTo("/account/qq");
		assertThat(this.application.bindings()).isEmpty();
		assertThat(this.visit.browser().get("account/qq").body()).contains("No QQ linked");
		assertThat(events().drain()).containsExactly("UNBOUND alice");
		Visit again = new Visit(this.application, qq);
		assertThat(again.qqLogin(QqPerson.XIAO_MING).location()).isEqualTo("/login/qq/bind");
	}

	@Test
	void unlinkWhenListenerThrowsThenStaysBound() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		this.visit.login("alice", "alice-password");
		events().veto(QqAccountEvent.Kind.UNBOUND);
		Browser.Page answer = unlink("alice-password");
		assertThat(answer.location()).isEqualTo("/login/qq/error");
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	@Test
	@Tag("T-29")
	void unlinkWhenRequestNamesOtherAccountThenIgnored() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		this.visit.login("bob", "bob-password");
		Browser.Page page = this.visit.browser().get("account/qq");
		for (Map<String, String> body : List.of(Map.of("account", "alice"), Map.of("openid", OPENID), Map.of("id", "1"),
				Map.of("username", "alice"))) {
			this.visit.browser().submit(page, "account/qq/unlink", with(body, "password", "bob-password"));
		}
		for (int id = 1; id <= 50; id++) {
			assertThat(this.visit.browser()
				.submit(page, "account/qq/unlink/" + id, Map.of("password", "bob-password"))
				.status()).isEqualTo(404);
		}
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
		Visit anonymous = new Visit(this.application, qq);
		Browser.Page login = anonymous.browser().get("login");
		assertThat(
				anonymous.browser().submit(login, "account/qq/unlink", Map.of("password", "alice-password")).location())
			.isEqualTo("/login");
		assertThat(this.application.bindings()).isEqualTo(Map.of("alice", OPENID));
	}

	private static Map<String, String> with(Map<String, String> body, String name, String value) {
		Map<String, String> form = new java.util.HashMap<>(body);
		form.put(name, value);
		return form;
	}

	@Test
	@Tag("T-27")
	void unlinkThenExpiresOtherSessionsOfAccount() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		Visit byQq = new Visit(this.application, qq);
		byQq.qqLogin(QqPerson.XIAO_MING);
		Visit bob = new Visit(this.application, qq);
		bob.login("bob", "bob-password");
		assertThat(byQq.browser().get("").body()).startsWith("alice ");
		this.visit.login("alice", "alice-password");
		assertThat(unlink("alice-password").location()).isEqualTo("/account/qq");
		assertThat(byQq.browser().get("").body()).doesNotContain("alice ");
		assertThat(this.visit.browser().get("").body()).startsWith("alice ");
		assertThat(bob.browser().get("").body()).startsWith("bob ");
	}

	@Test
	@Tag("T-30")
	void unlinkWhenConcurrentThenOneEvent() throws Exception {
		givenBinding(QqPerson.XIAO_MING, "alice");
		this.visit.login("alice", "alice-password");
		Browser.Page page = this.visit.browser().get("account/qq");
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			List<Callable<Integer>> calls = new ArrayList<>();
			for (int i = 0; i < 2; i++) {
				calls.add(() -> this.visit.browser()
					.submit(page, "account/qq/unlink", Map.of("password", "alice-password"))
					.status());
			}
			for (Future<Integer> call : threads.invokeAll(calls)) {
				assertThat(call.get()).isEqualTo(302);
			}
		}
		finally {
			threads.shutdown();
		}
		assertThat(events().drain()).containsExactly("UNBOUND alice");
	}

	@Test
	@Tag("T-26")
	void removeWhenPasswordIsResetThenIdentityIsUnbound() {
		givenBinding(QqPerson.PANDA, "alice");
		this.application.bean(QqAccountBindings.class).remove("alice");
		assertThat(events().drain()).containsExactly("UNBOUND alice");
		assertThat(this.visit.qqLogin(QqPerson.PANDA).location()).isEqualTo("/login/qq/bind");
	}

	@Test
	void renameThenBindingStays() {
		givenBinding(QqPerson.XIAO_MING, "alice");
		QqAccountBindings bindings = this.application.bean(QqAccountBindings.class);
		givenBinding(QqPerson.PANDA, "bob");
		assertThat(bindings.rename("alice", "bob")).isFalse();
		assertThat(bindings.rename("unknown", "renamed")).isFalse();
		this.application.jdbc().sql("delete from qq_account_binding where account = 'bob'").update();
		assertThat(bindings.rename("alice", "bob")).isTrue();
		assertThat(this.application.bindings()).isEqualTo(Map.of("bob", OPENID));
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(this.visit.browser().get("").body()).startsWith("bob ");
	}

	@Test
	void pendingBindingWhenCalledByApplicationThenReturnsProfile() {
		assertThat(QqPerson.XIAO_MING.openid(QqSimulator.APP_ID)).isEqualTo(OPENID);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		this.visit.login("alice", "alice-password");
		assertThat(this.visit.browser().get("reminder").body()).contains("nickname=小明").doesNotContain(OPENID);
		submitAccountPage(this.visit.browser().get("account/qq"), Map.of());
		assertThat(this.visit.browser().get("reminder").body()).isEqualTo("none");
	}

}
