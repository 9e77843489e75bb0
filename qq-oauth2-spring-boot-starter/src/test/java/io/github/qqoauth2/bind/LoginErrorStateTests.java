package io.github.qqoauth2.bind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How {@link LoginErrorRepository} creates errors, and the state that one may keep.
 */
class LoginErrorStateTests {

	private final LoginErrorRepository errors = new LoginFixture().errors;

	private final MockHttpServletRequest request = LoginFixture.get("/login/oauth2/code/qq");

	private static LoginErrorRepository.Shown shown() {
		return new LoginErrorRepository.Shown(LoginError.EXPIRED, "ab12", null, "/orders");
	}

	@Test
	void createWhenExpiredAndBrowserBroughtNoCookieThenNoSession() {
		assertThat(this.errors.create(this.request, LoginError.EXPIRED, null, null).error())
			.isEqualTo(LoginError.NO_SESSION);
		assertThat(this.errors.hasCookie(this.request)).isFalse();
		assertThat(this.request.getSession(false)).isNull();
	}

	@Test
	void createWhenExpiredAndBrowserBroughtACookieThenExpired() {
		this.request.setRequestedSessionId("of-before");
		assertThat(this.errors.create(this.request, LoginError.EXPIRED, null, null).error())
			.isEqualTo(LoginError.EXPIRED);
		assertThat(this.errors.hasCookie(this.request)).isTrue();
	}

	@ParameterizedTest
	@EnumSource(value = LoginError.class, mode = EnumSource.Mode.EXCLUDE, names = "EXPIRED")
	void createWhenAnotherErrorThenThatOneWhateverTheCookies(LoginError error) {
		assertThat(this.errors.create(this.request, error, null, null).error()).isEqualTo(error);
	}

	@Test
	void createWhenRepeatedThenIdsDiffer() {
		LoginErrorRepository.Shown first = this.errors.create(this.request, LoginError.INTERNAL, 7, "/orders");
		LoginErrorRepository.Shown second = this.errors.create(this.request, LoginError.INTERNAL, 7, "/orders");
		assertThat(first.id()).matches("[0-9a-f]{16}").isNotEqualTo(second.id());
		assertThat(first.qqCode()).isEqualTo(7);
		assertThat(first.next()).isEqualTo("/orders");
		assertThat(first.state()).isNull();
	}

	@Test
	void readWhenWrittenWithAStateThenTheSame() {
		LoginErrorRepository.Shown shown = shown().withState("a-B_9");
		assertThat(shown.state()).isEqualTo("a-B_9");
		assertThat(LoginErrorRepository.Shown.read(shown.write())).isEqualTo(shown);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a|b", "a b", "a\n", "a=", "äbc",
			"12345678901234567890123456789012345678901234567890123456789012345" })
	void withStateWhenItIsOfAnotherFormThenNone(String state) {
		assertThat(shown().withState(state).state()).isNull();
	}

	@Test
	void withStateWhenItIsAsLongAsAllowedThenKept() {
		String state = "1234567890123456789012345678901234567890123456789012345678901234";
		assertThat(shown().withState(state).state()).isEqualTo(state);
	}

	@Test
	void removeWhenSavedThenNoneIsStored() {
		this.request.getSession();
		assertThat(this.errors.stored(this.request)).isNull();
		this.errors.save(this.request, new MockHttpServletResponse(), shown());
		assertThat(this.errors.stored(this.request)).isEqualTo(shown());
		this.errors.remove(this.request, new MockHttpServletResponse());
		assertThat(this.errors.stored(this.request)).isNull();
	}

}
