package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

import static org.assertj.core.api.Assertions.assertThat;

@Tag("T-02")
class LoginCallbackTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final SingleRequestStore requests = new SingleRequestStore();

	private LoginCallback take() {
		return LoginCallback.of(this.request).takeFrom(this.requests, this.request, new MockHttpServletResponse());
	}

	private static OAuth2AuthorizationRequest stored(Map<String, Object> attributes) {
		return OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://graph.qq.com/oauth2.0/authorize")
			.clientId("101")
			.redirectUri("https://www.example.com/login/oauth2/code/qq")
			.state("STATE")
			.attributes(attributes)
			.build();
	}

	@Test
	void ofWhenStateAndCodeThenBothWithoutStoredRequest() {
		this.request.setParameter("state", "STATE");
		this.request.setParameter("code", "CODE");
		LoginCallback callback = LoginCallback.of(this.request);
		assertThat(callback.state()).isEqualTo("STATE");
		assertThat(callback.code()).isEqualTo("CODE");
		assertThat(callback.stored()).isNull();
		assertThat(LoginCallback.current(this.request)).isNull();
	}

	@Test
	void ofWhenParameterRepeatedOrEmptyThenNull() {
		assertThat(LoginCallback.of(this.request)).isEqualTo(new LoginCallback(null, null, null));
		this.request.setParameter("state", "STATE", "STATE");
		this.request.setParameter("code", "CODE", "CODE");
		assertThat(LoginCallback.of(this.request)).isEqualTo(new LoginCallback(null, null, null));
		this.request.setParameter("state", "");
		this.request.setParameter("code", "");
		assertThat(LoginCallback.of(this.request)).isEqualTo(new LoginCallback(null, null, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "error", "usercancel" })
	void ofWhenErrorOrCancelledThenNoCode(String parameter) {
		this.request.setParameter("state", "STATE");
		this.request.setParameter("code", "CODE");
		for (String[] values : List.of(new String[] { "1" }, new String[] { "access_denied" },
				new String[] { "", "access_denied" }, new String[] { "-1" }, new String[] { " " })) {
			this.request.setParameter(parameter, values);
			assertThat(LoginCallback.of(this.request)).isEqualTo(new LoginCallback("STATE", null, null));
		}
	}

	@ParameterizedTest
	@CsvSource({ "error,''", "usercancel,''", "usercancel,0", "error_description,''", "error_description,ignored" })
	void ofWhenErrorIsEmptyOrUsercancelIsZeroThenCode(String parameter, String value) {
		this.request.setParameter("state", "STATE");
		this.request.setParameter("code", "CODE");
		this.request.setParameter(parameter, value);
		assertThat(LoginCallback.of(this.request)).isEqualTo(new LoginCallback("STATE", "CODE", null));
		this.request.setParameter(parameter, value, value);
		assertThat(LoginCallback.of(this.request)).isEqualTo(new LoginCallback("STATE", "CODE", null));
	}

	@Test
	void ofWhenErrorIsZeroThenNoCode() {
		this.request.setParameter("code", "CODE");
		this.request.setParameter("error", "0");
		assertThat(LoginCallback.of(this.request).code()).isNull();
	}

	@Test
	void takeFromWhenStoredThenCallbackIsAttributeOfRequest() {
		this.request.setParameter("state", "STATE");
		this.requests.stored = stored(
				Map.of(QqAuthorizationRequest.NEXT, "/orders", QqAuthorizationRequest.REMEMBER_ME, "true"));
		LoginCallback callback = take();
		assertThat(Objects.requireNonNull(callback.stored()).getState()).isEqualTo("STATE");
		assertThat(LoginCallback.current(this.request)).isSameAs(callback);
		assertThat(this.request.getAttribute(LoginPaths.NEXT_ATTRIBUTE)).isEqualTo("/orders");
		assertThat(LoginCallback.wantsRememberMe(this.request)).isTrue();
		assertThat(QqLogin.isQqLogin(this.request)).isTrue();
		assertThat(take().stored()).as("the second time").isNull();
		assertThat(QqLogin.isQqLogin(this.request)).isFalse();
	}

	@Test
	void takeFromWhenOtherStateStoredThenKeepsStoredRequest() {
		this.request.setParameter("state", "OTHER");
		this.requests.stored = stored(Map.of(QqAuthorizationRequest.REMEMBER_ME, "true"));
		LoginCallback callback = take();
		assertThat(callback.stored()).isNull();
		assertThat(LoginCallback.current(this.request)).isEqualTo(callback);
		assertThat(LoginCallback.wantsRememberMe(this.request)).isFalse();
		assertThat(QqLogin.isQqLogin(this.request)).isFalse();
		assertThat(this.requests.stored).isNotNull();
	}

	@Test
	void takeFromWhenNoStateThenDoesNotCallStore() {
		this.request.setParameter("code", "CODE");
		assertThat(take().stored()).isNull();
		assertThat(this.requests.requestedStates).isEmpty();
		assertThat(LoginCallback.current(this.request)).isNotNull();
	}

	@Test
	@Tag("T-38")
	void takeFromWhenStoredNextIsNotLocalThenNoNext() {
		this.request.setParameter("state", "STATE");
		this.requests.stored = stored(Map.of(QqAuthorizationRequest.NEXT, "//e.test/"));
		assertThat(take().stored()).isNotNull();
		assertThat(this.request.getAttribute(LoginPaths.NEXT_ATTRIBUTE)).isNull();
	}

	@Test
	void isQqLoginWhenNotCallbackThenFalse() {
		assertThat(QqLogin.isQqLogin(this.request)).isFalse();
		assertThat(LoginCallback.wantsRememberMe(this.request)).isFalse();
	}

	@Test
	void toStringWhenStateAndCodeThenContainsNeither() {
		assertThat(new LoginCallback("STATE", "CODE", stored(Map.of()))).hasToString("LoginCallback[stored=true]");
	}

	/**
	 * Stores a single request.
	 */
	private static final class SingleRequestStore implements AuthorizationRequestStore {

		private final List<String> requestedStates = new ArrayList<>();

		private @Nullable OAuth2AuthorizationRequest stored;

		@Override
		public void save(OAuth2AuthorizationRequest authorization, HttpServletRequest request,
				HttpServletResponse response) {
			this.stored = authorization;
		}

		@Override
		public @Nullable OAuth2AuthorizationRequest take(String state, HttpServletRequest request,
				HttpServletResponse response) {
			this.requestedStates.add(state);
			OAuth2AuthorizationRequest found = this.stored;
			if (found == null || !state.equals(found.getState())) {
				return null;
			}
			this.stored = null;
			return found;
		}

	}

}
