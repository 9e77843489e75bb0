package io.github.qqoauth2.demo;

import java.nio.file.Path;
import java.time.Duration;

import cn.hutool.captcha.generator.CodeGenerator;
import cn.hutool.captcha.generator.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import io.github.qqoauth2.demo.outbox.Outbox;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * One guard in front of all the forms that a password or a code could be guessed at.
 */
class GuardIT {

	private static final String CAPTCHA = "name=\"captcha\"";

	@TempDir
	static Path otherFolder;

	@RegisterExtension
	static final DemoSite site = DemoSite.of("--onepage.guard.captcha-after=3")
		.with(TestClock.Source.class, KnownAnswer.class);

	private static DemoSite open(Path folder, String... arguments) {
		return DemoSite.of(arguments).with(TestClock.Source.class, KnownAnswer.class).openIn(folder);
	}

	@AfterEach
	void waitUntilForgotten() {
		site.bean(TestClock.class).advance(Duration.ofMinutes(15));
	}

	private static ShopVisitor atBindPage(DemoSite site) {
		return new ShopVisitor(site).comesByQq(QqPerson.XIAO_MING).opens("/bind");
	}

	private static void fails(ShopVisitor visitor, String path) {
		visitor.posts(path, "username", "alice", "password", "wrong").follows();
	}

	@Test
	@Tag("T-31")
	void captchaWhenFailuresAtBothFormsThenTheyCountTogether() {
		ShopVisitor visitor = new ShopVisitor(site).opens("/login");
		fails(visitor, "/login");
		fails(visitor, "/login");
		assertThat(visitor.body()).doesNotContain(CAPTCHA);
		ShopVisitor other = atBindPage(site);
		assertThat(other.body()).doesNotContain(CAPTCHA);
		fails(other, "/login/qq/bind");
		assertThat(other.body()).contains(CAPTCHA, "The username or password is not correct.");
		assertThat(other.opens("/bind?tab=register").body()).contains(CAPTCHA);
		assertThat(visitor.opens("/login").body()).contains(CAPTCHA);
	}

	@Test
	@Tag("T-31")
	void formsWhenCaptchaIsMissingOrWrongThenTheRightPasswordIsNotLookedAt() {
		ShopVisitor visitor = new ShopVisitor(site).opens("/login");
		for (int i = 0; i < 3; i++) {
			fails(visitor, "/login");
		}
		visitor.opens("/login?next=/me").opens("/captcha.png");
		assertThat(visitor.header("Content-Type")).isEqualTo("image/png");
		assertThat(visitor.header("Cache-Control")).contains("no-store");
		visitor.opens("/login?next=/me");
		visitor.posts("/login", "username", "alice", "password", "reads-at-night", "captcha", "nope");
		assertThat(visitor.location()).isEqualTo("/login?error=captcha&next=%2Fme");
		assertThat(visitor.follows().body()).contains("Please type what the picture says.", "value=\"alice\"");
		visitor.posts("/login", "username", "alice", "password", "reads-at-night", "captcha", "A7KM");
		assertThat(visitor.location()).as("the answer was used up").startsWith("/login?error=captcha");
		visitor.opens("/captcha.png");
		visitor.opens("/login").posts("/login", "username", "alice", "password", "reads-at-night", "captcha", "a7km ");
		assertThat(visitor.location()).isEqualTo("/");
	}

	@Test
	@Tag("T-31")
	void bindAndRegisterWhenCaptchaIsMissingThenKeepWhatWasTyped() {
		ShopVisitor visitor = atBindPage(site);
		for (int i = 0; i < 3; i++) {
			fails(visitor, "/login/qq/bind");
		}
		visitor.posts("/login/qq/bind", "username", "alice", "password", "reads-at-night").follows();
		assertThat(visitor.body()).contains("Please type what the picture says.", "value=\"alice\"");
		assertThat(site.list("select account from qq_account_binding")).isEmpty();
		visitor.opens("/bind?tab=register");
		visitor
			.posts("/login/qq/register", "nickname", "Dora", "mobile", "13912345678", "code", "123456", "password",
					"dora-password")
			.follows();
		assertThat(visitor.body())
			.contains("Please type what the picture says.", "value=\"Dora\"", "value=\"13912345678\"",
					"value=\"123456\"")
			.doesNotContain("dora-password");
		visitor.opens("/captcha.png").opens("/bind");
		visitor.posts("/login/qq/bind", "username", "alice", "password", "reads-at-night", "captcha", "A7KM");
		assertThat(visitor.location()).isEqualTo("/");
		assertThat(site.list("select account from qq_account_binding")).containsExactly("alice");
	}

	@Test
	void captchaWhenCodesBySmsAreGuessedThenAskedForToo() {
		ShopVisitor visitor = atBindPage(site);
		for (int i = 0; i < 3; i++) {
			assertThat(visitor.opens("/bind?tab=register").body()).doesNotContain(CAPTCHA);
			visitor.posts("/login/qq/register", "nickname", "Dora", "mobile", "13912345678", "code", "123456",
					"password", "dora-password");
		}
		assertThat(visitor.follows().body()).contains(CAPTCHA, "The code is no longer valid.");
	}

	@Test
	void captchaWhenFailuresAreOldThenNotAskedForElsewhere() {
		ShopVisitor visitor = new ShopVisitor(site).opens("/login");
		for (int i = 0; i < 3; i++) {
			fails(visitor, "/login");
		}
		assertThat(new ShopVisitor(site).opens("/login").body()).contains(CAPTCHA);
		site.bean(TestClock.class).advance(Duration.ofMinutes(15));
		assertThat(new ShopVisitor(site).opens("/login").body()).doesNotContain(CAPTCHA);
	}

	@Test
	void formsWhenSentTooOftenThenAPageSaysSo() {
		try (DemoSite strict = open(otherFolder, "--onepage.guard.attempts=2", "--onepage.guard.period=1h")) {
			ShopVisitor visitor = atBindPage(strict);
			visitor.posts("/bind/code", "mobile", "13912345678");
			fails(visitor.opens("/bind"), "/login/qq/bind");
			visitor.opens("/bind?tab=register").posts("/bind/code", "mobile", "13912345679");
			assertThat(visitor.status()).isEqualTo(429);
			assertThat(visitor.body()).contains("A little slower, please");
			assertThat(Integer.parseInt(visitor.header("Retry-After"))).isBetween(60, 1801);
			assertThat(strict.bean(Outbox.class).messages()).hasSize(1);
			assertThat(new ShopVisitor(strict).signsIn("alice", "reads-at-night").status()).isEqualTo(429);
			assertThat(visitor.opens("/login").status()).isEqualTo(200);
		}
	}

	/**
	 * A picture that the test can read.
	 */
	@Configuration(proxyBeanMethods = false)
	static class KnownAnswer {

		@Bean
		@Primary
		CodeGenerator knownAnswer() {
			return new RandomGenerator("A", 1) {

				private static final long serialVersionUID = 1L;

				@Override
				public String generate() {
					return "A7KM";
				}

				@Override
				public boolean verify(String answer, String typed) {
					return answer.equalsIgnoreCase(typed.strip());
				}

			};
		}

	}

}
