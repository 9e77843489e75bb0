package io.github.qqoauth2.bind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Verifies {@link BrowserAddress}, on which other tests rely.
 */
class BrowserAddressTests {

	@ParameterizedTest
	@ValueSource(strings = { "//e", "///e", "/\\e", "\\\\e", "\\/e", "\t//e", "/\t/e", "/\n\\e", " //e", "//e:80/a",
			"//own.test@e", "//own.test:pw@e", "//e\\@own.test", "//e?@own.test", "https://e", "https:\\\\e",
			"https:///e", "http:e", "HTTP:/e", "ftp:e", "//E" })
	void hostWhenAddressOfAnotherHostThenThatHost(String reference) {
		assertThat(BrowserAddress.host(reference)).isEqualTo("e");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "/", "/a//e", "/..//e", "a//e", "?//e", "#//e", "/@e", "https:e", "https:/e",
			"//own.test/a" })
	void hostWhenRelativeThenOwnHost(String reference) {
		assertThat(BrowserAddress.host(reference)).isEqualTo(BrowserAddress.OWN_HOST);
	}

	@Test
	void hostWhenSchemeHasNoHostThenNull() {
		assertThat(BrowserAddress.host("java\nscript:alert(1)")).isNull();
		assertThat(BrowserAddress.host("data:text/html,x")).isNull();
	}

}
