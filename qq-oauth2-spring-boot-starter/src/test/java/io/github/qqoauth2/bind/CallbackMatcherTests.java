package io.github.qqoauth2.bind;

import java.util.Map;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.oauth2.client.web.HttpSessionOAuth2AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

import static org.assertj.core.api.Assertions.assertThat;

class CallbackMatcherTests {

	private final HttpSessionOAuth2AuthorizationRequestRepository others = new HttpSessionOAuth2AuthorizationRequestRepository();

	private boolean matches(String redirectUri, MockHttpServletRequest request) {
		return new CallbackMatcher((candidate) -> true, redirectUri, this.others).matches(request);
	}

	private static MockHttpServletRequest request(String uri, @Nullable String state) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", uri);
		if (state != null) {
			request.setParameter("state", state);
		}
		return request;
	}

	/**
	 * Creates a callback in a session with a stored request of another registration,
	 * whose state is OTHER.
	 */
	private MockHttpServletRequest requestWithOtherRegistration(String uri, @Nullable String state) {
		MockHttpServletRequest request = request(uri, state);
		this.others.saveAuthorizationRequest(OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri("https://other.test/authorize")
			.clientId("other")
			.redirectUri("https://www.example.com/cb")
			.state("OTHER")
			.attributes(Map.of("registration_id", "other"))
			.build(), request, new MockHttpServletResponse());
		return request;
	}

	@Test
	void matchesWhenNotServedByLoginFilterThenFalse() {
		CallbackMatcher matcher = new CallbackMatcher((request) -> false, "https://www.example.com/cb", this.others);
		assertThat(matcher.matches(request("/cb", "S"))).isFalse();
		assertThat(matcher.matches(request("/login/oauth2/code/qq", "S"))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login/oauth2/code/qq", "/shop/login/oauth2/code/qq", "/other/qq" })
	void matchesWhenLastSegmentIsQqThenTrueForAnyState(String uri) {
		assertThat(matches("{baseUrl}/login/oauth2/code/{registrationId}", request(uri, null))).isTrue();
		assertThat(matches("https://www.example.com/cb", requestWithOtherRegistration(uri, "OTHER"))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login/oauth2/code/github", "/login/oauth2/code/notqq", "/login/oauth2/code/qq/",
			"/login/oauth2/code/QQ", "/login/oauth2/code/q%71", "/login/oauth2/code/" })
	void matchesWhenLastSegmentIsNotQqThenFalse(String uri) {
		assertThat(matches("{baseUrl}/login/oauth2/code/{registrationId}", request(uri, "S"))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "https://www.example.com/cb, /cb", "{baseUrl}/cb, /cb",
			"{baseScheme}://{baseHost}{basePort}{basePath}/cb, /cb", "https://www.example.com/cb?from=/qq, /cb",
			"/cb, /cb", "https://www.example.com/shop/cb, /cb", "https://www.example.com/cb, /shop/cb",
			"https://www.example.com, /" })
	void matchesWhenPathOfRedirectUriThenTrueUnlessStateOfOtherRegistration(String redirectUri, String uri) {
		assertThat(matches(redirectUri, request(uri, null))).isTrue();
		assertThat(matches(redirectUri, request(uri, "OTHER"))).isTrue();
		assertThat(matches(redirectUri, requestWithOtherRegistration(uri, "S"))).isTrue();
		assertThat(matches(redirectUri, requestWithOtherRegistration(uri, null))).isTrue();
		assertThat(matches(redirectUri, requestWithOtherRegistration(uri, "OTHER"))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "https://www.example.com/cb, /b", "https://www.example.com/cb, /cb/github",
			"https://www.example.com/cb, /xcb", "https://www.example.com/shop/cb, /store/cb" })
	void matchesWhenOtherPathThenFalse(String redirectUri, String uri) {
		assertThat(matches(redirectUri, request(uri, "S"))).isFalse();
	}

	@Test
	void matchesWhenRepositoryFailsThenTrue() {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/cb") {

			@Override
			public @Nullable HttpSession getSession(boolean create) {
				throw new IllegalStateException("failed");
			}

		};
		request.setParameter("state", "S");
		assertThat(matches("https://www.example.com/cb", request)).isTrue();
	}

}
