package io.github.qqoauth2.conversation.login;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Application;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Site;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The page that a login was started for arrives as it was sent: with its fragment, and
 * with characters that a browser does not encode.
 */
class NextIT extends AbstractConversation {

	private static final Application shop = Application.with(qq)
		.source(Site.WithChain.class, Echo.class)
		.property("server.servlet.context-path", "/shop")
		.start();

	private final Visit visitor = new Visit(shop, qq);

	@AfterAll
	static void stop() {
		shop.close();
	}

	@BeforeEach
	void resetShop() {
		shop.jdbc().sql("delete from qq_account_binding").update();
	}

	private static String callback(Visit visitor, String next) {
		String start = Visit.START + "?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8);
		return visitor.approve(QqPerson.XIAO_MING, start).substring("/shop/".length());
	}

	private String callback(String next) {
		return callback(this.visitor, next);
	}

	private void bindAlice() {
		Visit other = new Visit(shop, qq);
		other.browser().get(callback(other, "/"));
		other.bind("alice", "alice-password");
		assertThat(shop.bindings()).containsOnlyKeys("alice");
	}

	private static String open(Browser browser, String location) {
		return browser.get(location.substring("/shop/".length())).body();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			/orders/1#comment-5,         /shop/orders/1?continue#comment-5
			/orders/1?a=b#c?d/e,         /shop/orders/1?a=b&continue#c?d/e
			/#top,                       /shop/?continue#top
			/orders/1?a=b,               /shop/orders/1?a=b&continue
			/orders/1#a|b{c}书,           /shop/orders/1?continue#a%7Cb%7Bc%7D%E4%B9%A6
			""")
	void nextWhenHasFragmentThenEveryWayLeadsThere(String next, String location) {
		assertThat(this.visitor.browser().get(callback(next)).location()).isEqualTo("/shop/login/qq/bind");
		assertThat(this.visitor.bind("alice", "alice-password").location()).isEqualTo(location);
		assertThat(this.visitor.browser().get("login/qq/bind").location()).isEqualTo(location);
		Visit again = new Visit(shop, qq);
		String callback = callback(again, next);
		assertThat(again.browser().get(callback).location()).isEqualTo(location);
		assertThat(again.browser().get(callback).location()).isEqualTo(location);
		assertThat(again.browser().get("login/qq/error").location()).isEqualTo(location);
	}

	@Test
	void nextWhenAccountIsSignedInThenLeadsThere() {
		bindAlice();
		this.visitor.login("alice", "alice-password");
		assertThat(this.visitor.browser().get(callback("/orders/1#comment-5")).location())
			.isEqualTo("/shop/orders/1#comment-5");
	}

	@Test
	void nextWhenConfirmedThenLeadsThere() {
		this.visitor.login("alice", "alice-password");
		this.visitor.browser().get(callback("/orders/1?q={a}#comment-5"));
		Browser.Page confirmation = this.visitor.browser().get("account/qq");
		assertThat(this.visitor.browser()
			.submit(confirmation, "account/qq", Map.of("password", "alice-password"))
			.location()).isEqualTo("/shop/orders/1?q=%7Ba%7D#comment-5");
	}

	@Test
	void nextWhenCancelledThenStartAgainKeepsIt() {
		String callback = callback("/orders/1?q=书#comment-5");
		this.visitor.browser().get(callback.replaceFirst("code=[^&]*", "error=access_denied"));
		assertThat(this.visitor.browser().get("login/qq/error").body())
			.contains("/shop/oauth2/authorization/qq?next=%2Forders%2F1%3Fq%3D%25E4%25B9%25A6%23comment-5\"");
	}

	@Test
	void nextWhenPageWasAskedForBeforeThenFragmentIsKept() {
		this.visitor.browser().get("orders/1");
		assertThat(this.visitor.browser().get(callback("/orders/1#comment-5")).location())
			.isEqualTo("/shop/login/qq/bind");
		assertThat(this.visitor.bind("alice", "alice-password").location())
			.isEqualTo("/shop/orders/1?continue#comment-5");
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '~', delimiter = '!', textBlock = """
			/echo/{7}?q={a}|b^c   ! {7} {a}|b^c
			/echo/a|b^c?q=`<x>"   ! a|b^c `<x>"
			/echo/书店?q=三体       ! 书店 三体
			/echo/1?q=a b😀é       ! 1 a b😀é
			/echo/1?q=100%        ! 1 100%
			/echo/1?q=%E4%B9%A6{  ! 1 书{
			/echo/[1]?q=[2]       ! [1] [2]
			""")
	void nextWhenHasUnencodedCharactersThenPageReceivesThem(String next, String expected) {
		bindAlice();
		String location = Objects.requireNonNull(this.visitor.browser().get(callback(next)).location());
		assertThat(location).startsWith("/shop/echo/").matches("[!-~]+").doesNotMatch(".*[{}|^`<>\"\\[\\]].*");
		assertThat(open(this.visitor.browser(), location)).isEqualTo(expected);
	}

	@RestController
	static class Echo {

		@GetMapping("/echo/{text}")
		String echo(@PathVariable("text") String text, @RequestParam("q") String q) {
			return text + " " + q;
		}

	}

}
