package io.github.qqoauth2.conversation.login;

import java.util.Map;
import java.util.Objects;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.conversation.Visit;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

class PageHeadersIT extends AbstractConversation {

	private static void assertHeaders(Browser.Page page, int status) {
		assertThat(page.status()).isEqualTo(status);
		assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
		assertThat(page.header("Cache-Control")).isEqualTo("no-store, private");
		assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
		assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
		assertThat(page.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
		assertThat(page.header("Content-Security-Policy")).isEqualTo("default-src 'none'; style-src 'self'; "
				+ "img-src 'self' data: https://*.qlogo.cn; base-uri 'none'; frame-ancestors 'none'");
		assertThat(page.body()).doesNotContain("<script", "onload=", "onclick=", "style=\"", "javascript:");
	}

	@Test
	@Tag("T-12")
	@Tag("T-49")
	void pagesThenSecurityHeaders() {
		Browser browser = this.visit.browser();
		assertHeaders(browser.get("login/qq/bind"), 410);
		assertHeaders(browser.post("login/qq/bind", Map.of()), 410);
		assertHeaders(browser.get("login/qq/error"), 200);
		this.visit.qqLogin(QqPerson.XIAO_MING);
		Browser.Page bind = browser.get("login/qq/bind");
		assertHeaders(bind, 200);
		assertHeaders(browser.submit(bind, "login/qq/bind", Map.of("binding", "other")), 409);
		assertHeaders(browser.post("login/qq/bind", Map.of("binding", "x")), 403);
		this.visit.login("alice", "alice-password");
		Browser.Page confirmation = browser.get("account/qq");
		assertHeaders(confirmation, 200);
		assertHeaders(browser.submit(confirmation, "account/qq", Map.of("binding", "other")), 409);
		browser.submit(confirmation, "account/qq", Map.of());
		assertHeaders(browser.get("account/qq"), 200);
		assertHeaders(browser.submit(confirmation, "account/qq", Map.of()), 410);
	}

	@Test
	@Tag("T-49")
	void redirectsThenNotCached() {
		Browser.Page start = this.visit.browser().get(Visit.START);
		assertThat(start.header("Cache-Control")).contains("no-store");
		assertThat(this.visit.qqLogin(QqPerson.XIAO_MING).header("Cache-Control")).contains("no-store");
	}

	@Test
	void styleSheetThenCacheable() {
		String page = this.visit.browser().get("login/qq/error").body();
		String path = page.replaceFirst("(?s).*href=\"/(login/qq/page-[0-9a-f]+\\.css)\".*", "$1");
		Browser.Page css = this.visit.browser().get(path);
		assertThat(css.status()).isEqualTo(200);
		assertThat(css.header("Content-Type")).isEqualTo("text/css;charset=UTF-8");
		assertThat(css.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
		assertThat(css.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(css.header("Set-Cookie")).isNull();
	}

	@Test
	void loginComponentThenCacheableUnderItsHashAndCreatesNoSession() {
		Browser browser = this.visit.browser();
		Browser.Page stable = browser.get("login/qq/component.js?v=1");
		assertThat(stable.status()).isEqualTo(302);
		assertThat(stable.header("Cache-Control")).isEqualTo("no-cache");
		String name = Objects.requireNonNull(stable.header("Location"));
		assertThat(name).matches("component-[0-9a-f]{32}\\.js");
		Browser.Page script = browser.get("login/qq/" + name);
		assertThat(script.status()).isEqualTo(200);
		assertThat(script.header("Content-Type")).isEqualTo("text/javascript;charset=UTF-8");
		assertThat(script.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
		assertThat(script.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(script.body()).contains((qq.url() + "/jssdk/index.js").replace("/", "\\/"), "lifetime: \"300\"");
		assertThat(browser.cookies()).isEmpty();
	}

	@Test
	@Tag("T-21")
	void callbackThenRedirectHasNoCodeOrState() {
		Browser.Page callback = this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(Objects.requireNonNull(callback.header("Location"))).doesNotContain("code=", "state=", "?");
		assertThat(callback.body()).isEmpty();
	}

	@Test
	@Tag("T-21")
	void avatarThenNoReferrer() {
		this.visit.qqLogin(QqPerson.XIAO_MING);
		assertThat(this.visit.browser().get("login/qq/bind").body())
			.containsPattern("<img src=\"https://[^\"]*qlogo\\.cn/[^\"]*\" alt=\"\" referrerpolicy=\"no-referrer\">");
	}

	@Test
	@Tag("T-48")
	void callbackWhenSessionCookieIsMissingThenExplainsAndOffersRestart() {
		String callback = this.visit.approve(QqPerson.XIAO_MING, Visit.START);
		Browser strict = application.browser();
		assertThat(strict.get(callback).location()).isEqualTo("/login/qq/error");
		Browser.Page error = strict.get("login/qq/error");
		assertThat(error.status()).isEqualTo(200);
		assertThat(error.body()).contains("Your browser did not send this site&#39;s cookie", "Start again",
				"href=\"/oauth2/authorization/qq\"");
		assertThat(strict.cookies()).isEmpty();
	}

	@Test
	void pagesWhenLanguageIsChineseThenChineseOtherwiseEnglish() {
		Browser browser = this.visit.browser();
		for (String chinese : new String[] { "zh-CN", "zh", "zh-TW", "zh-Hant-HK", "zh-CN,en;q=0.5" }) {
			Browser.Page page = browser.header("Accept-Language", chinese).get("login/qq/bind");
			assertThat(page.body()).contains("<html lang=\"zh-CN\">", "绑定已超时，请重新用 QQ 登录。");
			assertThat(page.header("Content-Language")).isEqualTo("zh-CN");
		}
		for (String other : new String[] { "en", "fr", "de-DE,zh;q=0.5" }) {
			assertThat(browser.header("Accept-Language", other).get("login/qq/bind").body())
				.contains("<html lang=\"en\">", "The time to link has run out.");
		}
	}

}
