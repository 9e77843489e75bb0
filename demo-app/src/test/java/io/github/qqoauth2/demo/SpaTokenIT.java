package io.github.qqoauth2.demo;

import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import io.github.qqoauth2.simulator.QqPerson;
import io.github.qqoauth2.simulator.QqSimulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the shop answers its single page where the login is a token.
 */
class SpaTokenIT {

	private static final Pattern TOKEN = Pattern.compile("\"accessToken\":\"([^\"]+)\"");

	private static final Pattern BINDING = Pattern.compile("\"binding\":\"([^\"]+)\"");

	private static final Pattern ADDRESS = Pattern.compile("\"authorizationUrl\":\"([^\"]+)\"");

	@TempDir
	Path otherFolder;

	@RegisterExtension
	static final DemoSite site = DemoSite.of();

	@AfterEach
	void forget() {
		site.jdbc().sql("update account set locked = false where username = 'alice'").update();
	}

	private static ShopVisitor page(DemoSite site, String mode) {
		return new ShopVisitor(site).opens("/app/").sends("Accept", "application/json").sends("X-Onepage-Login", mode);
	}

	private static ShopVisitor signedIn(DemoSite site, String username, String password) {
		ShopVisitor visitor = page(site, "token").postsForm("/login", "username=" + username + "&password=" + password);
		assertThat(visitor.status()).isEqualTo(200);
		return visitor.sends("Authorization", "Bearer " + found(TOKEN, visitor));
	}

	private static ShopVisitor alice() {
		return signedIn(site, "alice", "reads-at-night");
	}

	private static String found(Pattern pattern, ShopVisitor visitor) {
		Matcher matcher = pattern.matcher(visitor.body());
		assertThat(matcher.find()).as(visitor.body()).isTrue();
		return matcher.group(1);
	}

	/**
	 * From the address of QQ's page, which was answered last, to QQ and back.
	 */
	private static ShopVisitor agrees(ShopVisitor visitor) {
		URI callback = site.bean(QqSimulator.class).approve(URI.create(found(ADDRESS, visitor)), QqPerson.XIAO_MING);
		assertThat(callback.getPath()).isEqualTo("/app/callback");
		String answer = callback.getRawQuery().replace("=", "\":\"").replace("&", "\",\"");
		return visitor.postsJson("/login/oauth2/code/qq", "{\"" + answer + "\"}");
	}

	private static ShopVisitor binds(ShopVisitor visitor) {
		return visitor.postsJson("/login/qq/bind", """
				{"binding":"%s","username":"alice","password":"reads-at-night"}""".formatted(found(BINDING, visitor)));
	}

	@Test
	void loginWhenByPasswordThenATokenAndNoSession() {
		ShopVisitor visitor = alice();
		assertThat(visitor.header("Set-Cookie")).isEmpty();
		assertThat(visitor.header("Cache-Control")).contains("no-store");
		assertThat(visitor.opens("/app/api/visitor").body()).contains("\"username\":\"alice\"");
		assertThat(visitor.opens("/account/qq").body()).contains("\"bound\":false");
		assertThat(visitor.cookie("JSESSIONID")).isEmpty();
		visitor.postsForm("/login", "username=alice&password=wrong");
		assertThat(visitor.status()).isEqualTo(401);
		assertThat(visitor.body()).contains("\"code\":\"credentials\"");
	}

	@Test
	void loginWhenByQqThenATokenInTheBodyAndNowhereElse() {
		ShopVisitor visitor = binds(agrees(page(site, "token").opens("/oauth2/authorization/qq")));
		assertThat(visitor.status()).isEqualTo(200);
		visitor.sends("Authorization", "Bearer " + found(TOKEN, visitor));
		assertThat(visitor.opens("/app/api/visitor").body()).contains("\"username\":\"alice\"", "小明");
		agrees(page(site, "token").opens("/oauth2/authorization/qq?next=/app/me"));
		assertThat(visitor.cookie("JSESSIONID")).isEmpty();
	}

	@Test
	void loginWhenKeptInACookieThenNoTokenBesides() {
		ShopVisitor visitor = binds(agrees(page(site, "cookie").opens("/oauth2/authorization/qq")));
		assertThat(visitor.status()).isEqualTo(200);
		assertThat(visitor.body()).contains("\"username\":\"alice\"").doesNotContain("oken");
		assertThat(visitor.cookie("JSESSIONID")).isNotEmpty();
	}

	@Test
	void tokenWhenTheAccountIsLockedSinceThenRefused() {
		ShopVisitor visitor = alice();
		site.jdbc().sql("update account set locked = true where username = 'alice'").update();
		assertThat(visitor.opens("/app/api/visitor").status()).isEqualTo(401);
		assertThat(visitor.opens("/account/qq").status()).isEqualTo(401);
	}

	@Test
	void tokenWhenOfAnotherShopThenRefused() {
		try (DemoSite other = DemoSite.open(this.otherFolder)) {
			ShopVisitor theirs = page(other, "token").postsForm("/login", "username=alice&password=reads-at-night");
			ShopVisitor visitor = page(site, "token").sends("Authorization", "Bearer " + found(TOKEN, theirs));
			assertThat(visitor.opens("/app/api/visitor").status()).isEqualTo(401);
		}
	}

	@Test
	void tokenWhenSentToThePagesThenSignsNobodyIn() {
		String token = found(TOKEN, page(site, "token").postsForm("/login", "username=alice&password=reads-at-night"));
		ShopVisitor visitor = new ShopVisitor(site).sends("Authorization", "Bearer " + token);
		assertThat(visitor.opens("/me").location()).isEqualTo("/login");
		assertThat(visitor.opens("/shelf").location()).isEqualTo("/login");
	}

	@Test
	void callsWhenWithoutATokenThenRefused() {
		ShopVisitor visitor = page(site, "token");
		for (String path : new String[] { "/account/qq", "/shelf" }) {
			assertThat(visitor.opens(path).status()).as(path).isEqualTo(401);
		}
		assertThat(visitor.postsJson("/books/4/list", "{\"listed\":true}").status()).isEqualTo(401);
		assertThat(site.list("select book_id from reading_list_entry")).isEmpty();
	}

	@Test
	void listWhenChosenThenKept() {
		ShopVisitor visitor = alice().postsJson("/books/4/list", "{\"listed\":true}");
		assertThat(visitor.status()).isEqualTo(204);
		assertThat(visitor.opens("/shelf").body()).isEqualTo("[4]");
		visitor.postsJson("/books/4/list", "{\"listed\":false}");
		assertThat(visitor.opens("/shelf").body()).isEqualTo("[]");
		assertThat(visitor.postsJson("/books/99/list", "{\"listed\":true}").status()).isEqualTo(404);
	}

	@Test
	void qqWhenOfAnotherAccountThenWhoIsSignedInStaysSo() {
		binds(agrees(page(site, "token").opens("/oauth2/authorization/qq")));
		ShopVisitor bob = signedIn(site, "bob", "reads-on-trains").postsJson("/account/qq/link", "{}");
		agrees(bob);
		assertThat(bob.status()).isEqualTo(409);
		assertThat(bob.body()).contains("\"code\":\"other-account\"").doesNotContain("accessToken");
		assertThat(bob.opens("/app/api/visitor").body()).contains("\"username\":\"bob\"");
	}

	@Test
	void callbackWhenInTheBrowserOfAnotherThenRefused() {
		ShopVisitor theirs = page(site, "token").opens("/oauth2/authorization/qq");
		URI callback = site.bean(QqSimulator.class).approve(URI.create(found(ADDRESS, theirs)), QqPerson.XIAO_MING);
		String answer = callback.getRawQuery().replace("=", "\":\"").replace("&", "\",\"");
		ShopVisitor visitor = page(site, "token").postsJson("/login/oauth2/code/qq", "{\"" + answer + "\"}");
		assertThat(visitor.status()).isEqualTo(400);
		assertThat(visitor.body()).doesNotContain("accessToken");
	}

}
