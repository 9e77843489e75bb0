package io.github.qqoauth2.simulator;

import java.util.Set;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RedirectCheck}.
 */
class RedirectCheckTests {

	private final QqApp anyLoopback = new QqApp("101000001", "key");

	private final QqApp registered = new QqApp("101000001", "key",
			Set.of("https://app.example.com/back", "http://localhost:8080/back", "not a uri"), false);

	@ParameterizedTest
	@ValueSource(strings = { "http://127.0.0.1/", "http://127.0.0.1:8080/a?b=c", "https://localhost:1/",
			"http://LOCALHOST/", "http://[::1]:8080/", "http://127.1.2.3" })
	void acceptsWhenLoopbackAndNoneRegisteredThenTrue(String redirectUri) {
		assertThat(RedirectCheck.accepts(this.anyLoopback, redirectUri)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example.com/", "http://127.0.0.1.example.com/",
			"http://localhost.example.com/", "http://localhost/#a", "http://evil@localhost/", "ftp://localhost/",
			"javascript:alert(1)", "/back", "http://", "http:///back", "http://local host/", "http://10.0.0.1/" })
	void acceptsWhenNotLoopbackAndNoneRegisteredThenFalse(String redirectUri) {
		assertThat(RedirectCheck.accepts(this.anyLoopback, redirectUri)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "https://app.example.com/back", "HTTPS://APP.example.com/back?next=1",
			"http://localhost:8080/back" })
	void acceptsWhenRegisteredThenTrue(String redirectUri) {
		assertThat(RedirectCheck.accepts(this.registered, redirectUri)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://app.example.com/back", "https://app.example.com:443/back",
			"https://app.example.com/back/", "https://app.example.com/Back", "https://app.example.com/back#a",
			"https://other.example.com/back", "http://localhost:8081/back", "http://127.0.0.1:8080/back" })
	void acceptsWhenDifferentFromRegisteredThenFalse(String redirectUri) {
		assertThat(RedirectCheck.accepts(this.registered, redirectUri)).isFalse();
	}

}
