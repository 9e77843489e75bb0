package io.github.qqoauth2.conversation.login;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.qqoauth2.conversation.AbstractConversation;
import io.github.qqoauth2.conversation.Browser;
import io.github.qqoauth2.simulator.QqPerson;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nicknames are text that any QQ user can choose.
 */
@Tag("T-23")
class NicknamesIT extends AbstractConversation {

	static List<String> nicknames() {
		return List.of("<script>alert(1)</script>", "<svg onload=alert(1)>", "\"><img src=x onerror=alert(1)>",
				"'-alert(1)-'", "</title><script>", "{0}", "{", "'{'", "it's", "%s%n", "${jndi:x}", "#{7*7}", "a&amp;b",
				"&lt;b&gt;", "\r\nSet-Cookie: a=b", "\u202Egnp.exe", "\u0000nul", "\u001b[31mred", "\u0085next",
				"\u2028line", "\uD83D", "\uDE00\uD83D", "🐼", "👨‍👩‍👧‍👦", "·", ".", "   ", "\u3000全角\u3000", "Ｆｕｌｌ",
				"e\u0301\u0301\u0301", "\uFEFFbom", "\u200B", "null", "undefined", "NaN", "-1", "alice", "admin",
				"💩".repeat(200), "长".repeat(1000), "x".repeat(50_000), "ا\u200Fב", "\t", "<!--", "]]>",
				"\\u003cscript\\u003e", "javascript:alert(1)", "onerror=alert(1)", "`", "a\u0300".repeat(300));
	}

	@ParameterizedTest
	@MethodSource("nicknames")
	void pagesWhenNicknameIsHostileThenEscaped(String nickname) {
		QqPerson person = new QqPerson("hostile", nickname, "男", null);
		qq.addPerson(person);
		assertThat(this.visit.qqLogin(person).location()).isEqualTo("/login/qq/bind");
		assertEscaped(this.visit.browser().get("login/qq/bind"));
		this.visit.login("alice", "alice-password");
		Browser.Page confirmation = this.visit.browser().get("account/qq");
		assertEscaped(confirmation);
		assertThat(this.visit.browser().submit(confirmation, "account/qq", Map.of()).status()).isEqualTo(302);
		assertEscaped(this.visit.browser().get("account/qq"));
		String stored = application.jdbc()
			.sql("select nickname from qq_account_binding")
			.query(String.class)
			.optional()
			.orElse("");
		assertThat(stored.length()).isLessThanOrEqualTo(255);
		assertThat(stored.codePoints()).noneMatch((point) -> Character.isISOControl(point)
				|| (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
				|| (point >= 0x202A && point <= 0x202E));
	}

	private static void assertEscaped(Browser.Page page) {
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.body()).doesNotContain("<script", "<svg", "<img src=x", "<b>", "\u202E", "\u0000");
		assertThat(page.headers()).doesNotContainKey("Set-Cookie: a");
	}

}
