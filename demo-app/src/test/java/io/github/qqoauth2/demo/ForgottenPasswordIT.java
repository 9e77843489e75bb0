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
 * The ways back in, without script.
 */
class ForgottenPasswordIT {

	private static final String MOBILE = "13800000001";

	private static final String ADDRESS = "alice@onepage.example";

	private static final String NEW = "remembers-now";

	@RegisterExtension
	static final DemoSite site = DemoSite.of().with(TestClock.Source.class);

	@AfterEach
	void forget() {
		site.jdbc()
			.sql("update account set password = ? where username = 'alice'")
			.param(site.bean(PasswordEncoder.class).encode("reads-at-night"))
			.update();
	}

	private static ShopVisitor bound(QqPerson person) {
		ShopVisitor visitor = new ShopVisitor(site).comesByQq(person).opens("/bind");
		visitor.posts("/login/qq/bind", "username", "alice", "password", "reads-at-night");
		assertThat(site.list("select account from qq_account_binding")).containsExactly("alice");
		return visitor;
	}

	private static ShopVisitor mailsLink(String address) {
		ShopVisitor visitor = new ShopVisitor(site).opens("/password/forgotten?by=mail");
		return visitor.posts("/password/forgotten/mail", "email", address).follows();
	}

	private static String link() {
		OutboxMessage mail = site.bean(Outbox.class).messages().get(0);
		URI link = URI.create(String.valueOf(mail.link()));
		assertThat(link.toString()).startsWith(site.url() + "/password/new?token=");
		return link.getPath() + "?" + link.getQuery();
	}

	@Test
	void resetWhenByMailThenLinkWorksOnceAndOtherSessionsEnd() {
		ShopVisitor elsewhere = new ShopVisitor(site).opens("/login");
		elsewhere.posts("/login", "username", "alice", "password", "reads-at-night", "remember-me", "on");
		assertThat(mailsLink(" Alice@onepage.example").body()).contains("If there is an account with this address");
		String link = link();
		ShopVisitor visitor = new ShopVisitor(site).opens(link).opens(link);
		assertThat(visitor.body()).contains("Choose a new password").doesNotContain("name=\"qq\"");
		assertThat(visitor.header("Referrer-Policy")).isEqualTo("same-origin");
		assertThat(visitor.posts("/password/new", "password", "short").status()).isEqualTo(422);
		assertThat(visitor.body()).contains("Use at least 8 characters.");
		assertThat(visitor.posts("/password/new", "password", NEW).location()).isEqualTo("/login?reset");
		assertThat(visitor.follows().body()).contains("Your password is saved.");
		assertThat(visitor.opens("/me").location()).isEqualTo("/login");
		assertThat(elsewhere.opens("/me").location()).startsWith("/login");
		assertThat(elsewhere.opens("/me").location()).as("nor is it remembered").isEqualTo("/login");
		assertThat(new ShopVisitor(site).signsIn("alice", "reads-at-night").location()).contains("error");
		assertThat(new ShopVisitor(site).signsIn(ADDRESS, NEW).location()).isEqualTo("/");
		assertThat(visitor.opens(link).status()).isEqualTo(410);
		assertThat(visitor.body()).contains("This link is no longer valid");
	}

	@Test
	void linkWhenTwoPagesAreOpenThenTheSecondIsTooLate() {
		mailsLink(ADDRESS);
		ShopVisitor first = new ShopVisitor(site).opens(link());
		ShopVisitor second = new ShopVisitor(site).opens(link());
		first.posts("/password/new", "password", NEW);
		assertThat(second.posts("/password/new", "password", "somebody-else").status()).isEqualTo(410);
		assertThat(new ShopVisitor(site).signsIn("alice", NEW).location()).isEqualTo("/");
	}

	@Test
	void linkWhenKeptThenIsHashedAndExpires() {
		mailsLink(ADDRESS);
		String link = link();
		String token = link.substring(link.indexOf('=') + 1);
		assertThat(token).hasSize(43);
		assertThat(site.list("select token_hash from password_reset")).singleElement()
			.asString()
			.hasSize(64)
			.doesNotContain(token);
		ShopVisitor visitor = new ShopVisitor(site).opens(link);
		site.bean(TestClock.class).advance(Duration.ofMinutes(10));
		assertThat(visitor.posts("/password/new", "password", NEW).status()).isEqualTo(410);
	}

	@Test
	void mailWhenAddressIsUnknownOrTwiceThenSameAnswerAndNoMail() {
		String known = withoutToken(mailsLink(ADDRESS));
		assertThat(withoutToken(mailsLink("nobody@onepage.example"))).isEqualTo(known);
		assertThat(withoutToken(mailsLink(ADDRESS))).isEqualTo(known);
		assertThat(site.bean(Outbox.class).messages()).hasSize(1);
	}

	private static String withoutToken(ShopVisitor visitor) {
		return visitor.status() + visitor.body().replaceAll("value=\"[^\"]{40,}\"", "");
	}

	@Test
	void resetWhenBySmsThenCodeOpensTheForm() {
		ShopVisitor visitor = new ShopVisitor(site).opens("/password/forgotten");
		visitor.posts("/password/forgotten/code", "mobile", MOBILE).follows();
		assertThat(visitor.body()).contains("The code is on its way", "value=\"" + MOBILE + "\"");
		String code = site.lastCode();
		String wrong = code.equals("000000") ? "111111" : "000000";
		visitor.posts("/password/forgotten/sms", "mobile", MOBILE, "code", wrong).follows();
		assertThat(visitor.body()).contains("The code is not correct.", "value=\"" + MOBILE + "\"");
		visitor.posts("/password/forgotten/sms", "mobile", MOBILE, "code", code).follows();
		assertThat(visitor.body()).contains("Choose a new password");
		assertThat(visitor.posts("/password/new", "password", NEW).location()).isEqualTo("/login?reset");
		assertThat(new ShopVisitor(site).signsIn(MOBILE, NEW).location()).isEqualTo("/");
	}

	@Test
	void smsWhenNumberIsUnknownThenSameAnswerAndNoMessage() {
		ShopVisitor visitor = new ShopVisitor(site).opens("/password/forgotten");
		visitor.posts("/password/forgotten/code", "mobile", "13999999999").follows();
		assertThat(visitor.body()).contains("The code is on its way");
		assertThat(site.bean(Outbox.class).messages()).isEmpty();
		visitor.posts("/password/forgotten/sms", "mobile", "13999999999", "code", "123456").follows();
		assertThat(visitor.body()).contains("The code is not correct.");
	}

	@Test
	@Tag("T-26")
	void resetWhenQqIsBoundThenUnlinksItUnlessToldOtherwise() {
		ShopVisitor stranger = bound(QqPerson.PANDA);
		mailsLink(ADDRESS);
		ShopVisitor visitor = new ShopVisitor(site).opens(link());
		assertThat(visitor.body()).contains("QQ 🐼🎋 has been linked since",
				"name=\"qq\" value=\"unlink\" checked=\"checked\"");
		assertThat(visitor.posts("/password/new", "password", NEW).location()).isEqualTo("/login?reset");
		assertThat(site.list("select account from qq_account_binding")).isEmpty();
		assertThat(stranger.opens("/me").location()).startsWith("/login");
		assertThat(new ShopVisitor(site).comesByQq(QqPerson.PANDA).location()).isEqualTo("/bind");
		new ShopVisitor(site).signsIn("alice", NEW);
		assertThat(site.list("select kind from account_activity where account = 'alice' order by id"))
			.containsExactly("BOUND", "UNBOUND");
	}

	@Test
	@Tag("T-26")
	void resetWhenQqIsToBeKeptThenItStays() {
		bound(QqPerson.XIAO_MING);
		mailsLink(ADDRESS);
		new ShopVisitor(site).opens(link()).posts("/password/new", "password", NEW, "qq", "keep");
		assertThat(site.list("select account from qq_account_binding")).containsExactly("alice");
		assertThat(new ShopVisitor(site).comesByQq(QqPerson.XIAO_MING).location()).isEqualTo("/");
	}

	@Test
	void resetWhenAQqWaitsThenLeadsBackToTheBindPage() {
		mailsLink(ADDRESS);
		ShopVisitor visitor = new ShopVisitor(site).comesByQq(QqPerson.XIAO_MING).opens("/bind");
		assertThat(visitor.body()).contains("/password/forgotten");
		visitor.opens(link()).posts("/password/new", "password", NEW);
		assertThat(visitor.location()).isEqualTo("/bind?reset");
		assertThat(visitor.follows().body()).contains("Your password is saved.");
		visitor.posts("/login/qq/bind", "username", "alice", "password", NEW);
		assertThat(site.list("select account from qq_account_binding")).containsExactly("alice");
	}

	@Test
	void mailWhenForwardedHostLiesThenLinkLeadsToTheShop() {
		ShopVisitor visitor = new ShopVisitor(site).opens("/password/forgotten?by=mail")
			.sends("X-Forwarded-Host", "evil.example");
		visitor.posts("/password/forgotten/mail", "email", ADDRESS);
		assertThat(link()).startsWith("/password/new");
	}

}
