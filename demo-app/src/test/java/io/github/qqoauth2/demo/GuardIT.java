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
 * Tests for captcha and rate limit of all forms that check a password or a code.
 */
class GuardIT {

	private static final String CAPTCHA = "name=\"captcha\"";

	@TempDir
	static Path otherFolder;

	@RegisterExtension
	static final DemoSite site = DemoSite.of("--onepage.guard.captcha-after=3")
		.with(TestClock.Source.class, FixedCaptcha.class);

	private static DemoSite open(Path folder, String... arguments) {
		return DemoSite.of(arguments).with(TestClock.Source.class, FixedCaptcha.class).openIn(folder);
	}

	@AfterEach
	void expireFailures() {
		site.bean(TestClock.class).advance(Duration.ofMinutes(15));
	}

	private static ShopVisitor openBindPage(DemoSite site) {
		return new ShopVisitor(site).loginWithQq(QqPerson.XIAO_MING).open("/bind");
	}

	private static void failLogin(ShopVisitor visitor, String path) {
		visitor.post(path, "username", "alice", "password", "wrong").followRedirects();
	}

	@Test
	@Tag("T-31")
	void captchaWhenFailuresAtBothFormsThenCountedTogether() {
		ShopVisitor visitor = new ShopVisitor(site).open("/login");
		failLogin(visitor, "/login");
		failLogin(visitor, "/login");
		assertThat(visitor.body()).doesNotContain(CAPTCHA);
		ShopVisitor other = openBindPage(site);
		assertThat(other.body()).doesNotContain(CAPTCHA);
		failLogin(other, "/login/qq/bind");
		assertThat(other.body()).contains(CAPTCHA, "The username or password is not correct.");
		assertThat(other.open("/bind?tab=register").body()).contains(CAPTCHA);
		assertThat(visitor.open("/login").body()).contains(CAPTCHA);
	}

	@Test
	@Tag("T-31")
	void formsWhenCaptchaMissingOrWrongThenPasswordNotChecked() {
		ShopVisitor visitor = new ShopVisitor(site).open("/login");
		for (int i = 0; i < 3; i++) {
			failLogin(visitor, "/login");
		}
		visitor.open("/login?next=/me").open("/captcha.png");
		assertThat(visitor.header("Content-Type")).isEqualTo("image/png");
		assertThat(visitor.header("Cache-Control")).contains("no-store");
		visitor.open("/login?next=/me");
		visitor.post("/login", "username", "alice", "password", "reads-at-night", "captcha", "nope");
		assertThat(visitor.location()).isEqualTo("/login?error=captcha&next=%2Fme");
		assertThat(visitor.followRedirects().body()).contains("Please type what the picture says.", "value=\"alice\"");
		visitor.post("/login", "username", "alice", "password", "reads-at-night", "captcha", "A7KM");
		assertThat(visitor.location()).as("the code was used up").startsWith("/login?error=captcha");
		visitor.open("/captcha.png");
		visitor.open("/login").post("/login", "username", "alice", "password", "reads-at-night", "captcha", "a7km ");
		assertThat(visitor.location()).isEqualTo("/");
	}

	@Test
	@Tag("T-31")
	void bindAndRegisterWhenCaptchaMissingThenKeepValues() {
		ShopVisitor visitor = openBindPage(site);
		for (int i = 0; i < 3; i++) {
			failLogin(visitor, "/login/qq/bind");
		}
		visitor.post("/login/qq/bind", "username", "alice", "password", "reads-at-night").followRedirects();
		assertThat(visitor.body()).contains("Please type what the picture says.", "value=\"alice\"");
		assertThat(site.queryForList("select account from qq_account_binding")).isEmpty();
		visitor.open("/bind?tab=register");
		visitor
			.post("/login/qq/register", "nickname", "Dora", "mobile", "13912345678", "code", "123456", "password",
					"dora-password", "consent", "true")
			.followRedirects();
		assertThat(visitor.body())
			.contains("Please type what the picture says.", "value=\"Dora\"", "value=\"13912345678\"",
					"value=\"123456\"")
			.doesNotContain("dora-password");
		visitor.open("/captcha.png").open("/bind");
		visitor.post("/login/qq/bind", "username", "alice", "password", "reads-at-night", "captcha", "A7KM");
		assertThat(visitor.location()).isEqualTo("/");
		assertThat(site.queryForList("select account from qq_account_binding")).containsExactly("alice");
	}

	@Test
	void captchaWhenSmsCodesWrongThenRequired() {
		ShopVisitor visitor = openBindPage(site);
		for (int i = 0; i < 3; i++) {
			assertThat(visitor.open("/bind?tab=register").body()).doesNotContain(CAPTCHA);
			visitor.post("/login/qq/register", "nickname", "Dora", "mobile", "13912345678", "code", "123456",
					"password", "dora-password", "consent", "true");
		}
		assertThat(visitor.followRedirects().body()).contains(CAPTCHA, "The code is no longer valid.");
	}

	@Test
	void captchaWhenFailuresExpiredThenNotRequired() {
		ShopVisitor visitor = new ShopVisitor(site).open("/login");
		for (int i = 0; i < 3; i++) {
			failLogin(visitor, "/login");
		}
		assertThat(new ShopVisitor(site).open("/login").body()).contains(CAPTCHA);
		site.bean(TestClock.class).advance(Duration.ofMinutes(15));
		assertThat(new ShopVisitor(site).open("/login").body()).doesNotContain(CAPTCHA);
	}

	@Test
	void formsWhenRateLimitExceededThenShowsPage() {
		try (DemoSite strict = open(otherFolder, "--onepage.guard.attempts=2", "--onepage.guard.period=1h")) {
			ShopVisitor visitor = openBindPage(strict);
			visitor.post("/bind/code", "mobile", "13912345678");
			failLogin(visitor.open("/bind"), "/login/qq/bind");
			visitor.open("/bind?tab=register").post("/bind/code", "mobile", "13912345679");
			assertThat(visitor.status()).isEqualTo(429);
			assertThat(visitor.body()).contains("A little slower, please");
			assertThat(Integer.parseInt(visitor.header("Retry-After"))).isBetween(60, 1801);
			assertThat(strict.bean(Outbox.class).messages()).hasSize(1);
			assertThat(new ShopVisitor(strict).signIn("alice", "reads-at-night").status()).isEqualTo(429);
			assertThat(visitor.open("/login").status()).isEqualTo(200);
		}
	}

	/**
	 * Generates a fixed captcha code.
	 */
	@Configuration(proxyBeanMethods = false)
	static class FixedCaptcha {

		@Bean
		@Primary
		CodeGenerator fixedCaptcha() {
			return new RandomGenerator("A", 1) {

				private static final long serialVersionUID = 1L;

				@Override
				public String generate() {
					return "A7KM";
				}

				@Override
				public boolean verify(String code, String typed) {
					return code.equalsIgnoreCase(typed.strip());
				}

			};
		}

	}

}
