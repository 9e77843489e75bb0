package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("T-38")
class LocalPathTests {

	@ParameterizedTest
	@ValueSource(strings = { "/", "/orders", "/orders/7", "/orders?page=2&sort=a%20b", "/a/b/c.html", "/a-b_c~d",
			"/%E4%B8%AD%E6%96%87", "/orders;v=1", "/search?q=https://example.com/", "/a#top", "/@alice", "/a:b" })
	void orNullWhenLocalThenReturnsValue(String value) {
		assertThat(LocalPath.orNull(value)).isEqualTo(value);
	}

	@ParameterizedTest
	@MethodSource("payloads")
	void orNullWhenNotLocalThenNull(String value) {
		assertThat(LocalPath.orNull(value)).isNull();
	}

	/**
	 * What is already encoded stays as it is.
	 */
	@ParameterizedTest
	@CsvSource(quoteCharacter = '~', delimiter = '!', textBlock = """
			/                                  ! /
			/orders/1#comment-5                ! /orders/1#comment-5
			/orders?a=%20b&c=%7Bd%7D#e?f/g     ! /orders?a=%20b&c=%7Bd%7D#e?f/g
			/search?q={a}|b^c                  ! /search?q=%7Ba%7D%7Cb%5Ec
			/items/{7}/a|b^c                   ! /items/%7B7%7D/a%7Cb%5Ec
			/list?ids[]=1&ids[]=2              ! /list?ids%5B%5D=1&ids%5B%5D=2
			/a?b=`<c>"d"                       ! /a?b=%60%3Cc%3E%22d%22
			/a?b=c d#e f                       ! /a?b=c%20d#e%20f
			/搜索?q=书#第一章                    ! /%E6%90%9C%E7%B4%A2?q=%E4%B9%A6#%E7%AC%AC%E4%B8%80%E7%AB%A0
			/a?q=😀é\u200d。                   ! /a?q=%F0%9F%98%80%C3%A9%E2%80%8D%E3%80%82
			/a?q=100%                          ! /a?q=100%25
			/a?q=%zz%4                         ! /a?q=%25zz%254
			/a?q=1%252                         ! /a?q=1%252
			/app/#/items/{7}#x                 ! /app/#/items/%7B7%7D%23x
			/a／e                               ! /a%EF%BC%8Fe
			""")
	void encodedOrNullWhenLocalThenEncodesWhatIsNot(String value, String encoded) {
		assertThat(LocalPath.encodedOrNull(value)).isEqualTo(encoded);
		assertThat(LocalPath.orNull(encoded)).isEqualTo(encoded);
		assertThat(LocalPath.encodedOrNull(encoded)).isEqualTo(encoded);
	}

	@ParameterizedTest
	@ValueSource(strings = { "//e", "/\\e", "/a\\b", "\\e", "/%5ce", "/%2f/e", "/%252fe", "/100%", "/%zz", "/a//e",
			"/\t/e", "/a\nb", "/\u0000", "/\u007f", "/a\ud800b", "https://e/", "javascript:alert(1)", "//{e}", "{/e",
			" //e", "\u00a0//e", "中//e", "?{//e" })
	void encodedOrNullWhenNotLocalThenNull(String value) {
		assertThat(LocalPath.encodedOrNull(value)).isNull();
	}

	/**
	 * Encoding makes no hostile address local: it stays refused, or leads to the own
	 * host.
	 */
	@ParameterizedTest
	@MethodSource("payloads")
	void encodedOrNullWhenHostileThenNullOrOwnHost(String value) {
		String path = LocalPath.encodedOrNull(value);
		if (path != null) {
			assertThat(BrowserAddress.host(path)).isEqualTo(BrowserAddress.OWN_HOST);
			assertThat(path).startsWith("/").isEqualTo(LocalPath.orNull(path));
		}
	}

	@Test
	void encodedOrNullWhenTooLongEncodedThenNull() {
		assertThat(LocalPath.encodedOrNull("/" + "书".repeat(227))).isNotNull();
		assertThat(LocalPath.encodedOrNull("/" + "书".repeat(228))).isNull();
		assertThat(LocalPath.encodedOrNull(null)).isNull();
	}

	static List<String> payloads() {
		List<String> payloads = new ArrayList<>(List.of("", " ", "orders", "//e", "///e", "////e", "/\\e", "\\e",
				"\\\\e", "\\/e", "/\\/e", "//\\e", "/%5ce", "/%5Ce", "/%2fe", "/%2Fe", "/%2f/e", "/%2f%2fe", "/%252fe",
				"/%255ce", "https:e", "https:/e", "https:///e", "http:e", "javascript:alert(1)", "JavaScript:alert(1)",
				"data:text/html,x", "vbscript:x", "mailto:a@e", "ftp://e", "about:blank", "file:///e", "//e@f",
				"//user:pw@e", "https://e\\@f", "/..//e", "/.//e", "/a//e", "/a/..//e", "?//e", "#//e", ";//e",
				"/;@e//", "/%00//e", "/%0d%0aLocation:%20//e", "/%0a/e", "/%09/e", "/%0b/e", "/%1f/e", "/%7f/e",
				"/\u3002e", "/\uff0fe", "//\uff0ee", "/中文", "//例え.jp", "//xn--r8jz45g.jp", "/\u202ee", "/\u200b/e",
				"/\ufeff/e", "/a\u0000b", "/a\u007fb", "/ /e", "/a b", "/%", "/%zz", "/a%2", "/{e}", "/[e]", "/a|b",
				"/a^b", "/a`b", "/<e>", "/\"e", "/a\\b", "/a%5cb", "/a%2fb", "/a%2Fb", "/%25", "/%2525", "null\u0000",
				"http://127.0.0.1/", "https://127.0.0.1/", "http://localhost/", "//localhost", "//127.0.0.1", "//[::1]",
				"//0x7f.1", "//2130706433", "/" + "a".repeat(2048)));
		for (String prefix : List.of("\t", "\n", "\r", "\f", "\u000b", "\u0000", "\u00a0", "\u2028", " ", "\u001f")) {
			payloads.add(prefix + "//e");
			payloads.add("/" + prefix + "/e");
			payloads.add("/" + prefix + "\\e");
			payloads.add(prefix + "/e");
		}
		assertThat(payloads).hasSizeGreaterThanOrEqualTo(120);
		return payloads;
	}

}
