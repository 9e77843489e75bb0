package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
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
