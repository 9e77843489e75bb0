package io.github.qqoauth2.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CallbackAddressTests {

	@ParameterizedTest
	@CsvSource({ "{baseUrl}/login/oauth2/code/qq, http, 8080, /shop, http://h:8080/shop/login/oauth2/code/qq",
			"{baseUrl}/login/oauth2/code/{registrationId}, https, 443, '', https://h/login/oauth2/code/qq",
			"{baseUrl}/cb, http, 80, '', http://h/cb", "{baseUrl}/cb, http, , '', http://h/cb",
			"{baseUrl}/cb, https, 80, '', https://h:80/cb",
			"{baseScheme}://{baseHost}{basePort}{basePath}/cb, http, 8080, /shop, http://h:8080/shop/cb",
			"https://www.example.com/cb, http, 8080, /shop, https://www.example.com/cb" })
	void atThenExpanded(String configured, String scheme, @Nullable Integer port, String contextPath, String expected) {
		assertThat(new CallbackAddress(configured).at(scheme, "h", port, contextPath)).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{baseUrl}/login/oauth2/code/qq", "{baseScheme}://www.example.com/cb",
			"https://{baseHost}/cb", "https://www.example.com{basePort}/cb" })
	void isRelativeWhenRequestDecidesThenTrue(String configured) {
		assertThat(new CallbackAddress(configured).isRelative()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://www.example.com/login/oauth2/code/{registrationId}",
			"https://www.example.com{basePath}/cb" })
	void isRelativeWhenHostIsFixedThenFalse(String configured) {
		assertThat(new CallbackAddress(configured).isRelative()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://www.example.com/login/oauth2/code/qq", "http://example.com/app/callback",
			"https://my_shop.example.com/cb/", "HTTPS://WWW.Example.Com/cb.html", "https://www.example.com",
			"https://www.example.com/cb?site=1", "https://1.example.com/10.0.0.1", "https://localhost.example.com/cb",
			"https://www.example.com/localhost:8080", "{baseUrl}/login/oauth2/code/qq",
			"https://www.example.com/login/oauth2/code/{registrationId}" })
	void faultsWhenQqAcceptsThenNone(String configured) {
		assertThat(new CallbackAddress(configured).faults()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "http://localhost/cb, has the host localhost", "https://LOCALHOST/cb, has the host localhost",
			"https://shop.localhost/cb, has the host localhost", "http://127.0.0.1/cb, has an IP address",
			"https://203.0.113.7/cb, has an IP address", "https://[::1]/cb, has an IP address",
			"https://2130706433/cb, has an IP address", "https://0x7f000001/cb, has an IP address",
			"https://www.example.com:8443/cb, has a port", "https://www.example.com:443/cb, has a port",
			"https://www.example.com:/cb, has a port", "http://[::1]:8080/cb, has a port",
			"https://www.example.com/cb#qq, has a fragment", "https://www.example.com/#/qq, has a fragment",
			"https://www.example.com/cb#, has a fragment", "{baseUrl}/cb#qq, has a fragment",
			"'https://www.example.com/cb ', contains a blank", "' https://www.example.com/cb', contains a blank",
			"'https://www.example.com/a b', contains a blank", "'{baseUrl}/cb ', contains a blank",
			"www.example.com/cb, is not a complete", "//www.example.com/cb, is not a complete",
			"/login/oauth2/code/qq, is not a complete", "ftp://www.example.com/cb, is not a complete",
			"https:///cb, is not a complete" })
	void faultsWhenQqRefusesThenNamed(String configured, String fault) {
		assertThat(new CallbackAddress(configured).faults()).anyMatch((found) -> found.startsWith(fault));
	}

	@ParameterizedTest
	@ValueSource(strings = { "\t", "\u00a0", "\u3000", "\u200b", "\ufeff", "\n", "\u202e", "\u0000" })
	void faultsWhenInvisibleCharacterThenNamed(String character) {
		assertThat(new CallbackAddress("https://www.example.com/cb" + character).faults()).singleElement()
			.asString()
			.startsWith("contains a blank");
	}

	@Test
	void faultsWhenSeveralThenAll() {
		assertThat(new CallbackAddress("http://localhost:8080/cb #x").faults()).hasSize(4);
	}

	@ParameterizedTest
	@CsvSource({ "https://www.example.com/shop/cb?a=b#c, /shop/cb", "https://www.example.com, /",
			"{baseUrl}/login/oauth2/code/{registrationId}, /login/oauth2/code/qq", "www.example.com/cb, " })
	void pathThenOfAddress(String configured, @Nullable String path) {
		assertThat(new CallbackAddress(configured).path()).isEqualTo(path);
	}

}
