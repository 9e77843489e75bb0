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
 * Responses to the single-page app in cookie mode, without a browser.
 */
class SpaIT {

	private static final String ALICE = "username=alice&password=reads-at-night";

	@TempDir
	Path otherFolder;

	@RegisterExtension
	static final DemoSite site = DemoSite.of("--onepage.guard.captcha-after=3")
		.with(TestClock.Source.class, GuardIT.FixedCaptcha.class);

	@AfterEach
	void expireFailures() {
		site.bean(TestClock.class).advance(Duration.ofMinutes(15));
	}

	private static ShopVisitor spaVisitor(DemoSite site) {
		return new ShopVisitor(site).open("/app/")
			.withHeader("Accept", "application/json")
			.withHeader("X-Onepage-Login", "cookie");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/app", "/app/", "/app/login", "/app/callback?code=x&state=y", "/app/bind", "/app/welcome",
			"/app/me", "/app/books/4" })
	void pageWhenAnyRouteThenServedWithStrictPolicy(String address) {
		ShopVisitor visitor = new ShopVisitor(site).open(address);
		assertThat(visitor.status()).isEqualTo(200);
		assertThat(visitor.header("Content-Security-Policy")).contains("default-src 'none'", "script-src 'self'")
			.doesNotContain("unsafe");
		assertThat(visitor.header("Cache-Control")).contains("no-store");
		assertThat(visitor.body()).contains("<html lang=\"en\">", "type=\"module\"", "no-referrer", "data-simulated-qq")
			.doesNotContain("<style", "style=");
	}

	@Test
	void pageWhenRouteUnknownThenNotFound() {
		assertThat(new ShopVisitor(site).open("/app/nothing").status()).isEqualTo(404);
		assertThat(new ShopVisitor(site).open("/app/books/x").status()).isEqualTo(404);
	}

	@Test
	void modulesWhenServedThenRevalidatedAndVueCached() {
		ShopVisitor visitor = new ShopVisitor(site).open("/app/main.js");
		assertThat(visitor.header("Content-Type")).startsWith("text/javascript");
		assertThat(visitor.header("Cache-Control")).isEqualTo("no-cache");
		String vue = visitor.open("/app/vue.js").body().replaceAll("(?s).*from \"\\.\\.([^\"]+)\".*", "$1");
		assertThat(visitor.open(vue).status()).isEqualTo(200);
		assertThat(visitor.header("Cache-Control")).isEqualTo("max-age=31536000");
	}

	@Test
	void textsAndBooksWhenRequestedThenInVisitorsLanguage() {
		ShopVisitor visitor = spaVisitor(site).withHeader("Accept-Language", "zh-CN");
		assertThat(visitor.open("/app/api/texts").body()).contains("\"me.sign-out\":\"退出登录\"");
		assertThat(visitor.header("Vary")).contains("Accept-Language");
		assertThat(visitor.open("/app/api/books").body()).contains("浮生六记");
		visitor.withHeader("Accept-Language", "fr");
		assertThat(visitor.open("/app/api/texts").body()).contains("\"me.sign-out\":\"Sign out\"");
	}

	@Test
	void loginWhenPasswordCorrectThenSignedInUntilLogout() {
		ShopVisitor visitor = spaVisitor(site);
		assertThat(visitor.open("/app/api/visitor").body())
			.isEqualTo("{\"captcha\":false,\"lastLogin\":null,\"person\":null}");
		String before = visitor.cookie("XSRF-TOKEN");
		assertThat(visitor.postForm("/login", ALICE + "&remember-me=true").status()).isEqualTo(200);
		assertThat(visitor.body()).isEqualTo("{}");
		assertThat(visitor.cookie("remember-me")).isNotEmpty();
		assertThat(visitor.cookie("XSRF-TOKEN")).isNotEmpty().isNotEqualTo(before);
		visitor.removeCookie("JSESSIONID");
		assertThat(visitor.open("/app/api/visitor").body()).contains("\"username\":\"alice\"", "138****0001")
			.doesNotContain("13800000001");
		assertThat(visitor.header("Cache-Control")).contains("no-store");
		assertThat(visitor.postForm("/logout", "").status()).isEqualTo(204);
		assertThat(visitor.open("/app/api/visitor").body()).contains("\"person\":null");
	}

	@Test
	void loginWhenCsrfTokenMissingThenForbidden() {
		ShopVisitor visitor = spaVisitor(site);
		visitor.removeCookie("XSRF-TOKEN");
		assertThat(visitor.postForm("/login", ALICE).status()).isEqualTo(403);
		assertThat(visitor.open("/app/api/visitor").body()).contains("\"person\":null");
	}

	@Test
	void loginWhenFailsThenReturnsReasonAndFinallyRequiresCaptcha() {
		ShopVisitor visitor = spaVisitor(site);
		assertThat(visitor.postForm("/login", "username=carol&password=lost-her-key").status()).isEqualTo(403);
		assertThat(visitor.body()).contains("\"code\":\"account-status\"");
		for (int i = 0; i < 2; i++) {
			assertThat(visitor.postForm("/login", "username=alice&password=wrong").status()).isEqualTo(401);
			assertThat(visitor.header("Content-Type")).startsWith("application/problem+json");
			assertThat(visitor.body()).contains("\"code\":\"credentials\"",
					"\"detail\":\"The username or password is not correct.\"");
		}
		assertThat(visitor.open("/app/api/visitor").body()).contains("\"captcha\":true");
		assertThat(visitor.postForm("/login", ALICE).status()).isEqualTo(400);
		assertThat(visitor.body()).contains("\"code\":\"captcha\"", "Please type what the picture says.");
		visitor.open("/captcha.png").withHeader("X-Captcha", "A7KM");
		assertThat(visitor.postForm("/login", ALICE).status()).isEqualTo(200);
	}

	@Test
	void loginWhenRateLimitExceededThenTooManyRequests() {
		try (DemoSite strict = DemoSite.open(this.otherFolder, "--onepage.guard.attempts=1",
				"--onepage.guard.period=10d")) {
			ShopVisitor visitor = spaVisitor(strict);
			visitor.postForm("/login", "username=alice&password=wrong");
			assertThat(visitor.postForm("/login", ALICE).status()).isEqualTo(429);
			assertThat(visitor.body()).contains("\"code\":\"too-often\"", "There were many tries");
			assertThat(visitor.header("Retry-After")).isNotEmpty();
		}
	}

	@Test
	void sessionWhenExpiredThenReturnsJson() {
		ShopVisitor visitor = spaVisitor(site);
		visitor.postForm("/login", ALICE);
		site.bean(AccountSessions.class).end("alice", null);
		assertThat(visitor.open("/app/api/visitor").status()).isEqualTo(401);
		assertThat(visitor.body()).contains("\"code\":\"login-required\"", "You were signed out on this device.");
		assertThat(visitor.open("/app/api/visitor").body()).contains("\"person\":null");
	}

	@Test
	void callsWhenNotAuthenticatedThenReturnJson() {
		for (String path : List.of("/shelf", "/account/qq")) {
			ShopVisitor visitor = spaVisitor(site).open(path);
			assertThat(visitor.status()).as(path).isEqualTo(401);
			assertThat(visitor.body()).as(path).contains("\"code\":\"login-required\"");
		}
		assertThat(new ShopVisitor(site).open("/shelf").location()).isEqualTo("/login");
	}

	@Test
	void authorizationWhenStartedByAppThenRedirectUriIsRoute() {
		ShopVisitor visitor = spaVisitor(site).open("/oauth2/authorization/qq");
		String address = visitor.location().isEmpty() ? visitor.body() : visitor.location();
		assertThat(decoded(address)).contains("redirect_uri=" + site.url() + "/app/callback");
		String pages = new ShopVisitor(site).open("/oauth2/authorization/qq").location();
		assertThat(decoded(pages)).contains("redirect_uri=" + site.url() + "/login/oauth2/code/qq");
		assertThat(URI.create(pages).getHost()).isEqualTo("127.0.0.1");
	}

	private static String decoded(String address) {
		return URLDecoder.decode(address, StandardCharsets.UTF_8);
	}

}
