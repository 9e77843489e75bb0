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
 * Responses to the single-page app in token mode, without a browser.
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
	void unlockAccount() {
		site.jdbc().sql("update account set locked = false where username = 'alice'").update();
	}

	private static ShopVisitor spaVisitor(DemoSite site, String mode) {
		return new ShopVisitor(site).open("/app/")
			.withHeader("Accept", "application/json")
			.withHeader("X-Onepage-Login", mode);
	}

	private static ShopVisitor signIn(DemoSite site, String username, String password) {
		ShopVisitor visitor = spaVisitor(site, "token").postForm("/login",
				"username=" + username + "&password=" + password);
		assertThat(visitor.status()).isEqualTo(200);
		return visitor.withHeader("Authorization", "Bearer " + find(TOKEN, visitor));
	}

	private static ShopVisitor signInAsAlice() {
		return signIn(site, "alice", "reads-at-night");
	}

	private static String find(Pattern pattern, ShopVisitor visitor) {
		Matcher matcher = pattern.matcher(visitor.body());
		assertThat(matcher.find()).as(visitor.body()).isTrue();
		return matcher.group(1);
	}

	/**
	 * Approves the login at the authorization URL of the last response and posts the
	 * parameters of the callback.
	 */
	private static ShopVisitor approveAndReturn(ShopVisitor visitor) {
		URI callback = site.bean(QqSimulator.class).approve(URI.create(find(ADDRESS, visitor)), QqPerson.XIAO_MING);
		assertThat(callback.getPath()).isEqualTo("/app/callback");
		String answer = callback.getRawQuery().replace("=", "\":\"").replace("&", "\",\"");
		return visitor.postJson("/login/oauth2/code/qq", "{\"" + answer + "\"}");
	}

	private static ShopVisitor submitBindForm(ShopVisitor visitor) {
		return visitor.postJson("/login/qq/bind", """
				{"binding":"%s","username":"alice","password":"reads-at-night"}""".formatted(find(BINDING, visitor)));
	}

	@Test
	void loginWhenByPasswordThenReturnsTokenWithoutSession() {
		ShopVisitor visitor = signInAsAlice();
		assertThat(visitor.header("Set-Cookie")).startsWith("qq-proof=").contains("; HttpOnly");
		assertThat(visitor.header("Cache-Control")).contains("no-store");
		assertThat(visitor.open("/app/api/visitor").body()).contains("\"username\":\"alice\"");
		assertThat(visitor.open("/account/qq").body()).contains("\"bound\":false");
		assertThat(visitor.cookie("JSESSIONID")).isEmpty();
		visitor.postForm("/login", "username=alice&password=wrong");
		assertThat(visitor.status()).isEqualTo(401);
		assertThat(visitor.body()).contains("\"code\":\"credentials\"");
	}

	@Test
	void loginWhenByQqThenReturnsTokenInBodyOnly() {
		ShopVisitor visitor = submitBindForm(
				approveAndReturn(spaVisitor(site, "token").open("/oauth2/authorization/qq")));
		assertThat(visitor.status()).isEqualTo(200);
		visitor.withHeader("Authorization", "Bearer " + find(TOKEN, visitor));
		assertThat(visitor.open("/app/api/visitor").body()).contains("\"username\":\"alice\"", "小明");
		approveAndReturn(spaVisitor(site, "token").open("/oauth2/authorization/qq?next=/app/me"));
		assertThat(visitor.cookie("JSESSIONID")).isEmpty();
	}

	@Test
	void loginWhenCookieModeThenReturnsNoToken() {
		ShopVisitor visitor = submitBindForm(
				approveAndReturn(spaVisitor(site, "cookie").open("/oauth2/authorization/qq")));
		assertThat(visitor.status()).isEqualTo(200);
		assertThat(visitor.body()).contains("\"username\":\"alice\"").doesNotContain("oken");
		assertThat(visitor.cookie("JSESSIONID")).isNotEmpty();
	}

	@Test
	void tokenWhenAccountLockedLaterThenRejected() {
		ShopVisitor visitor = signInAsAlice();
		site.jdbc().sql("update account set locked = true where username = 'alice'").update();
		assertThat(visitor.open("/app/api/visitor").status()).isEqualTo(401);
		assertThat(visitor.open("/account/qq").status()).isEqualTo(401);
	}

	@Test
	void tokenWhenIssuedByOtherShopThenRejected() {
		try (DemoSite otherShop = DemoSite.open(this.otherFolder)) {
			ShopVisitor other = spaVisitor(otherShop, "token").postForm("/login",
					"username=alice&password=reads-at-night");
			ShopVisitor visitor = spaVisitor(site, "token").withHeader("Authorization", "Bearer " + find(TOKEN, other));
			assertThat(visitor.open("/app/api/visitor").status()).isEqualTo(401);
		}
	}

	@Test
	void tokenWhenSentToPagesThenNotAuthenticated() {
		String token = find(TOKEN,
				spaVisitor(site, "token").postForm("/login", "username=alice&password=reads-at-night"));
		ShopVisitor visitor = new ShopVisitor(site).withHeader("Authorization", "Bearer " + token);
		assertThat(visitor.open("/me").location()).isEqualTo("/login");
		assertThat(visitor.open("/shelf").location()).isEqualTo("/login");
	}

	@Test
	void callsWhenNoTokenThenRejected() {
		ShopVisitor visitor = spaVisitor(site, "token");
		for (String path : new String[] { "/account/qq", "/shelf" }) {
			assertThat(visitor.open(path).status()).as(path).isEqualTo(401);
		}
		assertThat(visitor.postJson("/books/4/list", "{\"listed\":true}").status()).isEqualTo(401);
		assertThat(site.queryForList("select book_id from reading_list_entry")).isEmpty();
	}

	@Test
	void listWhenChangedThenSaved() {
		ShopVisitor visitor = signInAsAlice().postJson("/books/4/list", "{\"listed\":true}");
		assertThat(visitor.status()).isEqualTo(204);
		assertThat(visitor.open("/shelf").body()).isEqualTo("[4]");
		visitor.postJson("/books/4/list", "{\"listed\":false}");
		assertThat(visitor.open("/shelf").body()).isEqualTo("[]");
		assertThat(visitor.postJson("/books/99/list", "{\"listed\":true}").status()).isEqualTo(404);
	}

	@Test
	void linkWhenQqBoundToOtherAccountThenRejectedAndUserUnchanged() {
		submitBindForm(approveAndReturn(spaVisitor(site, "token").open("/oauth2/authorization/qq")));
		ShopVisitor bob = signIn(site, "bob", "reads-on-trains").postJson("/account/qq/link", "{}");
		approveAndReturn(bob);
		assertThat(bob.status()).isEqualTo(409);
		assertThat(bob.body()).contains("\"code\":\"other-account\"").doesNotContain("accessToken");
		assertThat(bob.open("/app/api/visitor").body()).contains("\"username\":\"bob\"");
	}

	@Test
	void callbackWhenFromOtherBrowserThenRejected() {
		ShopVisitor other = spaVisitor(site, "token").open("/oauth2/authorization/qq");
		URI callback = site.bean(QqSimulator.class).approve(URI.create(find(ADDRESS, other)), QqPerson.XIAO_MING);
		String answer = callback.getRawQuery().replace("=", "\":\"").replace("&", "\",\"");
		ShopVisitor visitor = spaVisitor(site, "token").postJson("/login/oauth2/code/qq", "{\"" + answer + "\"}");
		assertThat(visitor.status()).isEqualTo(400);
		assertThat(visitor.body()).doesNotContain("accessToken");
	}

}
