package io.github.qqoauth2.demo;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.qqoauth2.demo.account.AccountSessions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the shop itself answers its single page, with cookies.
 */
class SpaIT {

	private static final String ALICE = "username=alice&password=reads-at-night";

	@TempDir
	Path otherFolder;

	@RegisterExtension
	static final DemoSite site = DemoSite.of("--onepage.guard.captcha-after=3")
		.with(TestClock.Source.class, GuardIT.KnownAnswer.class);

	@AfterEach
	void forget() {
		site.bean(TestClock.class).advance(Duration.ofMinutes(15));
	}

	private static ShopVisitor page(DemoSite site) {
		return new ShopVisitor(site).opens("/app/")
			.sends("Accept", "application/json")
			.sends("X-Onepage-Login", "cookie");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/app", "/app/", "/app/login", "/app/callback?code=x&state=y", "/app/bind", "/app/welcome",
			"/app/me", "/app/books/4" })
	void pageWhenOpenedAtAnyOfItsAddressesThenIsThereUnderAStrictPolicy(String address) {
		ShopVisitor visitor = new ShopVisitor(site).opens(address);
		assertThat(visitor.status()).isEqualTo(200);
		assertThat(visitor.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self'")
			.doesNotContain("unsafe");
		assertThat(visitor.header("Cache-Control")).contains("no-store");
		assertThat(visitor.body()).contains("<html lang=\"en\">", "type=\"module\"", "no-referrer", "data-simulated-qq")
			.doesNotContain("<style", "style=");
	}

	@Test
	void pageWhenThereIsNoneThenSaysSo() {
		assertThat(new ShopVisitor(site).opens("/app/nothing").status()).isEqualTo(404);
		assertThat(new ShopVisitor(site).opens("/app/books/x").status()).isEqualTo(404);
	}

	@Test
	void modulesWhenServedThenAskedForAgainButVueIsKept() {
		ShopVisitor visitor = new ShopVisitor(site).opens("/app/main.js");
		assertThat(visitor.header("Content-Type")).startsWith("text/javascript");
		assertThat(visitor.header("Cache-Control")).isEqualTo("no-cache");
		String vue = visitor.opens("/app/vue.js").body().replaceAll("(?s).*from \"\\.\\.([^\"]+)\".*", "$1");
		assertThat(visitor.opens(vue).status()).isEqualTo(200);
		assertThat(visitor.header("Cache-Control")).isEqualTo("max-age=31536000");
	}

	@Test
	void textsAndBooksWhenAskedForThenInTheLanguageOfTheVisitor() {
		ShopVisitor visitor = page(site).sends("Accept-Language", "zh-CN");
		assertThat(visitor.opens("/app/api/texts").body()).contains("\"me.sign-out\":\"退出登录\"");
		assertThat(visitor.header("Vary")).contains("Accept-Language");
		assertThat(visitor.opens("/app/api/books").body()).contains("浮生六记");
		visitor.sends("Accept-Language", "fr");
		assertThat(visitor.opens("/app/api/texts").body()).contains("\"me.sign-out\":\"Sign out\"");
	}

	@Test
	void loginWhenPasswordIsRightThenSignedInUntilSignedOut() {
		ShopVisitor visitor = page(site);
		assertThat(visitor.opens("/app/api/visitor").body()).isEqualTo("{\"captcha\":false,\"person\":null}");
		String before = visitor.cookie("XSRF-TOKEN");
		assertThat(visitor.postsForm("/login", ALICE + "&remember-me=true").status()).isEqualTo(200);
		assertThat(visitor.body()).isEqualTo("{}");
		assertThat(visitor.cookie("remember-me")).isNotEmpty();
		assertThat(visitor.cookie("XSRF-TOKEN")).isNotEmpty().isNotEqualTo(before);
		visitor.loses("JSESSIONID");
		assertThat(visitor.opens("/app/api/visitor").body()).contains("\"username\":\"alice\"", "138****0001")
			.doesNotContain("13800000001");
		assertThat(visitor.header("Cache-Control")).contains("no-store");
		assertThat(visitor.postsForm("/logout", "").status()).isEqualTo(204);
		assertThat(visitor.opens("/app/api/visitor").body()).contains("\"person\":null");
	}

	@Test
	void loginWhenTokenAgainstForgeryIsMissingThenRefused() {
		ShopVisitor visitor = page(site);
		visitor.loses("XSRF-TOKEN");
		assertThat(visitor.postsForm("/login", ALICE).status()).isEqualTo(403);
		assertThat(visitor.opens("/app/api/visitor").body()).contains("\"person\":null");
	}

	@Test
	void loginWhenItFailsThenSaysWhyAndAsksForThePictureInTheEnd() {
		ShopVisitor visitor = page(site);
		assertThat(visitor.postsForm("/login", "username=carol&password=lost-her-key").status()).isEqualTo(403);
		assertThat(visitor.body()).contains("\"code\":\"account-status\"");
		for (int i = 0; i < 2; i++) {
			assertThat(visitor.postsForm("/login", "username=alice&password=wrong").status()).isEqualTo(401);
			assertThat(visitor.header("Content-Type")).startsWith("application/problem+json");
			assertThat(visitor.body()).contains("\"code\":\"credentials\"",
					"\"detail\":\"The username or password is not correct.\"");
		}
		assertThat(visitor.opens("/app/api/visitor").body()).contains("\"captcha\":true");
		assertThat(visitor.postsForm("/login", ALICE).status()).isEqualTo(400);
		assertThat(visitor.body()).contains("\"code\":\"captcha\"", "Please type what the picture says.");
		visitor.opens("/captcha.png").sends("X-Captcha", "A7KM");
		assertThat(visitor.postsForm("/login", ALICE).status()).isEqualTo(200);
	}

	@Test
	void loginWhenTriedTooOftenThenSaysSo() {
		try (DemoSite strict = DemoSite.open(this.otherFolder, "--onepage.guard.attempts=1",
				"--onepage.guard.period=10d")) {
			ShopVisitor visitor = page(strict);
			visitor.postsForm("/login", "username=alice&password=wrong");
			assertThat(visitor.postsForm("/login", ALICE).status()).isEqualTo(429);
			assertThat(visitor.body()).contains("\"code\":\"too-often\"", "There were many tries");
			assertThat(visitor.header("Retry-After")).isNotEmpty();
		}
	}

	@Test
	void sessionWhenEndedElsewhereThenSaidInJson() {
		ShopVisitor visitor = page(site);
		visitor.postsForm("/login", ALICE);
		site.bean(AccountSessions.class).end("alice", null);
		assertThat(visitor.opens("/app/api/visitor").status()).isEqualTo(401);
		assertThat(visitor.body()).contains("\"code\":\"login-required\"", "You were signed out on this device.");
		assertThat(visitor.opens("/app/api/visitor").body()).contains("\"person\":null");
	}

	@Test
	void callsWhenNobodyIsSignedInThenRefusedInJson() {
		for (String path : List.of("/shelf", "/account/qq")) {
			ShopVisitor visitor = page(site).opens(path);
			assertThat(visitor.status()).as(path).isEqualTo(401);
			assertThat(visitor.body()).as(path).contains("\"code\":\"login-required\"");
		}
		assertThat(new ShopVisitor(site).opens("/shelf").location()).isEqualTo("/login");
	}

	@Test
	void qqWhenItSendsBackThenToTheRouteOrToTheServer() {
		ShopVisitor visitor = page(site).opens("/oauth2/authorization/qq");
		String address = visitor.location().isEmpty() ? visitor.body() : visitor.location();
		assertThat(decoded(address)).contains("redirect_uri=" + site.url() + "/app/callback");
		String pages = new ShopVisitor(site).opens("/oauth2/authorization/qq").location();
		assertThat(decoded(pages)).contains("redirect_uri=" + site.url() + "/login/oauth2/code/qq");
		assertThat(URI.create(pages).getHost()).isEqualTo("127.0.0.1");
	}

	private static String decoded(String address) {
		return URLDecoder.decode(address, StandardCharsets.UTF_8);
	}

}
