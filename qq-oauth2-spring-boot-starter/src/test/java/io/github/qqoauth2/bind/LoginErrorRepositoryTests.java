package io.github.qqoauth2.bind;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class LoginErrorRepositoryTests {

	private static final String ATTRIBUTE = "io.github.qqoauth2.loginError";

	private final LoginErrorRepository errors = new LoginErrorRepository(new HttpSessionLoginStore(ATTRIBUTE));

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private LoginErrorRepository.Shown stored(Object value) {
		Objects.requireNonNull(this.request.getSession()).setAttribute(ATTRIBUTE, value);
		return this.errors.load(this.request);
	}

	private LoginErrorRepository.Shown save(LoginError error, @Nullable Integer qqCode, @Nullable String next) {
		LoginErrorRepository.Shown shown = this.errors.create(this.request, error, qqCode, next);
		this.errors.save(this.request, new MockHttpServletResponse(), shown);
		return shown;
	}

	@Test
	void loadWhenSavedThenEqual() {
		this.request.getSession();
		LoginErrorRepository.Shown saved = save(LoginError.MISCONFIGURED, 100010, "/orders?page=2&sort=a%20b");
		assertThat(this.errors.load(this.request)).isEqualTo(saved);
		assertThat(saved.next()).isEqualTo("/orders?page=2&sort=a%20b");
		LoginErrorRepository.Shown bare = save(LoginError.CANCELLED, null, null);
		assertThat(this.errors.load(this.request)).isEqualTo(bare);
	}

	@Test
	void loadWhenEarlierVersionThenErrorWithoutNext() {
		assertThat(stored("1|CANCELLED|ab12|"))
			.isEqualTo(new LoginErrorRepository.Shown(LoginError.CANCELLED, "ab12", null, null));
		assertThat(stored("1|MISCONFIGURED|ab12|100010"))
			.isEqualTo(new LoginErrorRepository.Shown(LoginError.MISCONFIGURED, "ab12", 100010, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "//e", "/\\e", "https://e/", "javascript:alert(1)", "/%2fe", "orders", "/a b" })
	@Tag("T-38")
	void loadWhenNextIsNotLocalThenDropsNext(String next) {
		assertThat(stored("2|CANCELLED|ab12||" + next))
			.isEqualTo(new LoginErrorRepository.Shown(LoginError.CANCELLED, "ab12", null, null));
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "", "2", "3|CANCELLED|ab12||/orders", "2|UNKNOWN|ab12||/orders", "2|CANCELLED|xyz||/orders",
					"2|CANCELLED|ab12|99999999999|/orders", "2|CANCELLED|ab12||/orders\n", "2|CANCELLED||/orders" })
	void loadWhenUnreadableThenExpired(String text) {
		assertThat(stored(text)).isEqualTo(new LoginErrorRepository.Shown(LoginError.EXPIRED, null, null, null));
	}

	@Test
	void loadWhenAttributeIsNotStringThenExpired() {
		assertThat(stored(7).error()).isEqualTo(LoginError.EXPIRED);
	}

	@Test
	void saveWhenNoSessionThenCreatesNone() {
		save(LoginError.CANCELLED, null, "/orders");
		assertThat(this.request.getSession(false)).isNull();
		assertThat(this.errors.load(this.request).error()).isEqualTo(LoginError.NO_SESSION);
	}

}
