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
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a callback brings, and the authorization request that it answers.
 */
@Tag("T-02")
class LoginCallbackTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest();

	private final OneRequest requests = new OneRequest();

	private LoginCallback taken() {
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
	void ofWhenStateAndCodeThenBothAndNothingStored() {
		this.request.setParameter("state", "STATE");
		this.request.setParameter("code", "CODE");
		LoginCallback callback = LoginCallback.of(this.request);
		assertThat(callback.state()).isEqualTo("STATE");
		assertThat(callback.code()).isEqualTo("CODE");
		assertThat(callback.stored()).isNull();
		assertThat(LoginCallback.current(this.request)).isNull();
	}

	@Test
	void ofWhenAParameterIsTwiceOrEmptyThenNone() {
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
	void ofWhenTheVisitorOrQqSaidNoThenNoCode(String parameter) {
		this.request.setParameter("state", "STATE");
		this.request.setParameter("code", "CODE");
		for (String value : List.of("", "0", "access_denied")) {
			this.request.setParameter(parameter, value);
			assertThat(LoginCallback.of(this.request)).isEqualTo(new LoginCallback("STATE", null, null));
		}
	}

	@Test
	void takeFromWhenStoredThenIsTheCallbackOfTheRequest() {
		this.request.setParameter("state", "STATE");
		this.requests.kept = stored(
				Map.of(QqAuthorizationRequest.NEXT, "/orders", QqAuthorizationRequest.REMEMBER_ME, "true"));
		LoginCallback callback = taken();
		assertThat(Objects.requireNonNull(callback.stored()).getState()).isEqualTo("STATE");
		assertThat(LoginCallback.current(this.request)).isSameAs(callback);
		assertThat(this.request.getAttribute(LoginPaths.NEXT_ATTRIBUTE)).isEqualTo("/orders");
		assertThat(LoginCallback.wantsRememberMe(this.request)).isTrue();
		assertThat(QqLogin.isQqLogin(this.request)).isTrue();
		assertThat(taken().stored()).as("the second time").isNull();
		assertThat(QqLogin.isQqLogin(this.request)).isFalse();
	}

	@Test
	void takeFromWhenAnotherStateIsStoredThenNothingIsTaken() {
		this.request.setParameter("state", "OTHER");
		this.requests.kept = stored(Map.of(QqAuthorizationRequest.REMEMBER_ME, "true"));
		LoginCallback callback = taken();
		assertThat(callback.stored()).isNull();
		assertThat(LoginCallback.current(this.request)).isEqualTo(callback);
		assertThat(LoginCallback.wantsRememberMe(this.request)).isFalse();
		assertThat(QqLogin.isQqLogin(this.request)).isFalse();
		assertThat(this.requests.kept).isNotNull();
	}

	@Test
	void takeFromWhenThereIsNoStateThenTheStoreIsNotAsked() {
		this.request.setParameter("code", "CODE");
		assertThat(taken().stored()).isNull();
		assertThat(this.requests.asked).isEmpty();
		assertThat(LoginCallback.current(this.request)).isNotNull();
	}

	@Test
	@Tag("T-38")
	void takeFromWhenTheStoredPageIsOfAnotherSiteThenNoPage() {
		this.request.setParameter("state", "STATE");
		this.requests.kept = stored(Map.of(QqAuthorizationRequest.NEXT, "//e.test/"));
		assertThat(taken().stored()).isNotNull();
		assertThat(this.request.getAttribute(LoginPaths.NEXT_ATTRIBUTE)).isNull();
	}

	@Test
	void isQqLoginWhenTheRequestIsNoCallbackThenNot() {
		assertThat(QqLogin.isQqLogin(this.request)).isFalse();
		assertThat(LoginCallback.wantsRememberMe(this.request)).isFalse();
	}

	@Test
	void toStringWhenItHoldsStateAndCodeThenShowsNeither() {
		assertThat(new LoginCallback("STATE", "CODE", stored(Map.of()))).hasToString("LoginCallback[stored=true]");
	}

	/**
	 * Keeps one.
	 */
	private static final class OneRequest implements AuthorizationRequestStore {

		private final List<String> asked = new ArrayList<>();

		private @Nullable OAuth2AuthorizationRequest kept;

		@Override
		public void save(OAuth2AuthorizationRequest authorization, HttpServletRequest request,
				HttpServletResponse response) {
			this.kept = authorization;
		}

		@Override
		public @Nullable OAuth2AuthorizationRequest take(String state, HttpServletRequest request,
				HttpServletResponse response) {
			this.asked.add(state);
			OAuth2AuthorizationRequest found = this.kept;
			if (found == null || !state.equals(found.getState())) {
				return null;
			}
			this.kept = null;
			return found;
		}

	}

}
