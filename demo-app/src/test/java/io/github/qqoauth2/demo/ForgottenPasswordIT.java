package io.github.qqoauth2.demo;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.security.crypto.password.PasswordEncoder;

import io.github.qqoauth2.demo.outbox.Outbox;
import io.github.qqoauth2.demo.outbox.OutboxMessage;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reset of a forgotten password, without JavaScript.
 */
class ForgottenPasswordIT {

	private static final String MOBILE = "13800000001";

	private static final String ADDRESS = "alice@onepage.example";

	private static final String NEW = "remembers-now";

	@RegisterExtension
	static final DemoSite site = DemoSite.of().with(TestClock.Source.class);

	@AfterEach
	void restorePassword() {
		site.jdbc()
			.sql("update account set password = ? where username = 'alice'")
			.param(site.bean(PasswordEncoder.class).encode("reads-at-night"))
			.update();
	}

	private static ShopVisitor bindAlice(QqPerson person) {
		ShopVisitor visitor = new ShopVisitor(site).loginWithQq(person).open("/bind");
		visitor.post("/login/qq/bind", "username", "alice", "password", "reads-at-night");
		assertThat(site.queryForList("select account from qq_account_binding")).containsExactly("alice");
		return visitor;
	}

	private static ShopVisitor requestLink(String address) {
		ShopVisitor visitor = new ShopVisitor(site).open("/password/forgotten?by=mail");
		return visitor.post("/password/forgotten/mail", "email", address).followRedirects();
	}

	private static String link() {
		OutboxMessage mail = site.bean(Outbox.class).messages().get(0);
		URI link = URI.create(String.valueOf(mail.link()));
		assertThat(link.toString()).startsWith(site.url() + "/password/new?token=");
		return link.getPath() + "?" + link.getQuery();
	}

	@Test
	void resetWhenByMailThenLinkWorksOnceAndOtherSessionsEnd() {
		ShopVisitor elsewhere = new ShopVisitor(site).open("/login");
		elsewhere.post("/login", "username", "alice", "password", "reads-at-night", "remember-me", "on");
		assertThat(requestLink(" Alice@onepage.example").body()).contains("If there is an account with this address");
		String link = link();
		ShopVisitor visitor = new ShopVisitor(site).open(link).open(link);
		assertThat(visitor.body()).contains("Choose a new password").doesNotContain("name=\"qq\"");
		assertThat(visitor.header("Referrer-Policy")).isEqualTo("same-origin");
		assertThat(visitor.post("/password/new", "password", "short").status()).isEqualTo(422);
		assertThat(visitor.body()).contains("Use at least 8 characters.");
		assertThat(visitor.post("/password/new", "password", NEW).location()).isEqualTo("/login?reset");
		assertThat(visitor.followRedirects().body()).contains("Your password is saved.");
		assertThat(visitor.open("/me").location()).isEqualTo("/login");
		assertThat(elsewhere.open("/me").location()).startsWith("/login");
		assertThat(elsewhere.open("/me").location()).as("remember-me token removed").isEqualTo("/login");
		assertThat(new ShopVisitor(site).signIn("alice", "reads-at-night").location()).contains("error");
		assertThat(new ShopVisitor(site).signIn(ADDRESS, NEW).location()).isEqualTo("/");
		assertThat(visitor.open(link).status()).isEqualTo(410);
		assertThat(visitor.body()).contains("This link is no longer valid");
	}

	@Test
	void linkWhenUsedByOtherPageThenExpired() {
		requestLink(ADDRESS);
		ShopVisitor first = new ShopVisitor(site).open(link());
		ShopVisitor second = new ShopVisitor(site).open(link());
		first.post("/password/new", "password", NEW);
		assertThat(second.post("/password/new", "password", "somebody-else").status()).isEqualTo(410);
		assertThat(new ShopVisitor(site).signIn("alice", NEW).location()).isEqualTo("/");
	}

	@Test
	void linkWhenIssuedThenStoredAsHashAndExpires() {
		requestLink(ADDRESS);
		String link = link();
		String token = link.substring(link.indexOf('=') + 1);
		assertThat(token).hasSize(43);
		assertThat(site.queryForList("select token_hash from password_reset")).singleElement()
			.asString()
			.hasSize(64)
			.doesNotContain(token);
		ShopVisitor visitor = new ShopVisitor(site).open(link);
		site.bean(TestClock.class).advance(Duration.ofMinutes(10));
		assertThat(visitor.post("/password/new", "password", NEW).status()).isEqualTo(410);
	}

	@Test
	void mailWhenAddressUnknownOrRepeatedThenSameResponseAndNoMail() {
		String known = withoutToken(requestLink(ADDRESS));
		assertThat(withoutToken(requestLink("nobody@onepage.example"))).isEqualTo(known);
		assertThat(withoutToken(requestLink(ADDRESS))).isEqualTo(known);
		assertThat(site.bean(Outbox.class).messages()).hasSize(1);
	}

	private static String withoutToken(ShopVisitor visitor) {
		return visitor.status() + visitor.body().replaceAll("value=\"[^\"]{40,}\"", "");
	}

	@Test
	void resetWhenBySmsThenCodeOpensForm() {
		ShopVisitor visitor = new ShopVisitor(site).open("/password/forgotten");
		visitor.post("/password/forgotten/code", "mobile", MOBILE).followRedirects();
		assertThat(visitor.body()).contains("The code is on its way", "value=\"" + MOBILE + "\"");
		String code = site.lastCode();
		String wrong = code.equals("000000") ? "111111" : "000000";
		visitor.post("/password/forgotten/sms", "mobile", MOBILE, "code", wrong).followRedirects();
		assertThat(visitor.body()).contains("The code is not correct.", "value=\"" + MOBILE + "\"");
		visitor.post("/password/forgotten/sms", "mobile", MOBILE, "code", code).followRedirects();
		assertThat(visitor.body()).contains("Choose a new password");
		assertThat(visitor.post("/password/new", "password", NEW).location()).isEqualTo("/login?reset");
		assertThat(new ShopVisitor(site).signIn(MOBILE, NEW).location()).isEqualTo("/");
	}

	@Test
	void smsWhenNumberUnknownThenSameResponseAndNoMessage() {
		ShopVisitor visitor = new ShopVisitor(site).open("/password/forgotten");
		visitor.post("/password/forgotten/code", "mobile", "13999999999").followRedirects();
		assertThat(visitor.body()).contains("The code is on its way");
		assertThat(site.bean(Outbox.class).messages()).isEmpty();
		visitor.post("/password/forgotten/sms", "mobile", "13999999999", "code", "123456").followRedirects();
		assertThat(visitor.body()).contains("The code is not correct.");
	}

	@Test
	@Tag("T-26")
	void resetWhenQqBoundThenUnlinksByDefault() {
		ShopVisitor attacker = bindAlice(QqPerson.PANDA);
		requestLink(ADDRESS);
		ShopVisitor visitor = new ShopVisitor(site).open(link());
		assertThat(visitor.body()).contains("QQ 🐼🎋 has been linked since",
				"name=\"qq\" value=\"unlink\" checked=\"checked\"");
		assertThat(visitor.post("/password/new", "password", NEW).location()).isEqualTo("/login?reset");
		assertThat(site.queryForList("select account from qq_account_binding")).isEmpty();
		assertThat(attacker.open("/me").location()).startsWith("/login");
		assertThat(new ShopVisitor(site).loginWithQq(QqPerson.PANDA).location()).isEqualTo("/bind");
		new ShopVisitor(site).signIn("alice", NEW);
		assertThat(site.queryForList("select kind from account_activity where account = 'alice' order by id"))
			.containsExactly("BOUND", "UNBOUND");
	}

	@Test
	@Tag("T-26")
	void resetWhenKeepChosenThenBindingKept() {
		bindAlice(QqPerson.XIAO_MING);
		requestLink(ADDRESS);
		new ShopVisitor(site).open(link()).post("/password/new", "password", NEW, "qq", "keep");
		assertThat(site.queryForList("select account from qq_account_binding")).containsExactly("alice");
		assertThat(new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING).location()).isEqualTo("/");
	}

	@Test
	void resetWhenBindingPendingThenReturnsToBindPage() {
		requestLink(ADDRESS);
		ShopVisitor visitor = new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING).open("/bind");
		assertThat(visitor.body()).contains("/password/forgotten");
		visitor.open(link()).post("/password/new", "password", NEW);
		assertThat(visitor.location()).isEqualTo("/bind?reset");
		assertThat(visitor.followRedirects().body()).contains("Your password is saved.");
		visitor.post("/login/qq/bind", "username", "alice", "password", NEW);
		assertThat(site.queryForList("select account from qq_account_binding")).containsExactly("alice");
	}

	@Test
	void mailWhenForwardedHostForgedThenLinkLeadsToShop() {
		ShopVisitor visitor = new ShopVisitor(site).open("/password/forgotten?by=mail")
			.withHeader("X-Forwarded-Host", "evil.example");
		visitor.post("/password/forgotten/mail", "email", ADDRESS);
		assertThat(link()).startsWith("/password/new");
	}

}
