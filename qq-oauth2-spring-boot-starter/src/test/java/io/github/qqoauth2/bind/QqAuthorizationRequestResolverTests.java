package io.github.qqoauth2.bind;

import java.util.HashSet;
import java.util.Set;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;

import static org.assertj.core.api.Assertions.assertThat;

class QqAuthorizationRequestResolverTests {

	/** A million with {@code -Dstates=1000000}. */
	private static final int STATES = Integer.getInteger("states", 100_000);

	private static ClientRegistration.Builder registration(String id) {
		return ClientRegistration.withRegistrationId(id)
			.clientId("101000001")
			.clientSecret("key")
			.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
			.redirectUri("{baseUrl}/login/oauth2/code/{registrationId}")
			.authorizationUri("https://graph.qq.com/oauth2.0/authorize")
			.tokenUri("https://graph.qq.com/oauth2.0/token")
			.scope("get_user_info", "list_album");
	}

	private final QqAuthorizationRequestResolver resolver = new QqAuthorizationRequestResolver(
			new DefaultOAuth2AuthorizationRequestResolver(
					new InMemoryClientRegistrationRepository(registration("qq").build(), registration("other").build()),
					"/oauth2/authorization"));

	private OAuth2AuthorizationRequest resolve(String id, String... parameters) {
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/oauth2/authorization/" + id);
		request.setServletPath("/oauth2/authorization/" + id);
		for (int i = 0; i < parameters.length; i += 2) {
			request.addParameter(parameters[i], parameters[i + 1]);
		}
		OAuth2AuthorizationRequest resolved = this.resolver.resolve(request);
		assertThat(resolved).isNotNull();
		return resolved;
	}

	@Test
	void resolveWhenQqThenScopesJoinedByCommaAndFullyEncoded() {
		OAuth2AuthorizationRequest request = resolve("qq");
		assertThat(request.getAuthorizationRequestUri())
			.isEqualTo("https://graph.qq.com/oauth2.0/authorize?response_type=code&client_id=101000001&redirect_uri="
					+ "http%3A%2F%2Flocalhost%2Flogin%2Foauth2%2Fcode%2Fqq&state=" + request.getState()
					+ "&scope=get_user_info%2Clist_album");
		assertThat(request.getAdditionalParameters()).isEmpty();
		assertThat(request.getAttributes()).containsOnlyKeys(OAuth2ParameterNames.REGISTRATION_ID);
	}

	@Test
	void resolveWhenNextAndRememberMeThenStoredAsStrings() {
		OAuth2AuthorizationRequest request = resolve("qq", "next", "/orders", "remember-me", "true", "display",
				"mobile");
		assertThat(request.getAttributes()).containsEntry("qq.next", "/orders").containsEntry("qq.remember-me", "true");
		assertThat(request.getAuthorizationRequestUri()).endsWith("&display=mobile").doesNotContain("orders");
	}

	@Test
	void resolveWhenNextHasUnencodedCharactersThenStoredEncoded() {
		assertThat(resolve("qq", "next", "/search?q={a}|书#top").getAttributes()).containsEntry("qq.next",
				"/search?q=%7Ba%7D%7C%E4%B9%A6#top");
	}

	@Test
	@Tag("T-38")
	void resolveWhenNextIsNotLocalOrRepeatedThenIgnored() {
		assertThat(resolve("qq", "next", "//evil.test").getAttributes()).doesNotContainKey("qq.next");
		assertThat(resolve("qq", "next", "/a", "next", "/b").getAttributes()).doesNotContainKey("qq.next");
	}

	@Test
	void resolveWhenOtherRegistrationThenUnchanged() {
		OAuth2AuthorizationRequest request = resolve("other", "next", "/orders");
		assertThat(request.getState()).endsWith("=");
		assertThat(request.getAuthorizationRequestUri()).contains("scope=get_user_info%20list_album");
		assertThat(request.getAttributes()).doesNotContainKey("qq.next");
	}

	@Test
	@Tag("T-04")
	void resolveWhenRepeatedThenUniqueState() {
		DefaultOAuth2AuthorizationRequestResolver spring = new DefaultOAuth2AuthorizationRequestResolver(
				new InMemoryClientRegistrationRepository(registration("qq").build()), "/oauth2/authorization");
		QqAuthorizationRequestResolver qq = new QqAuthorizationRequestResolver(spring);
		MockHttpServletRequest request = new MockHttpServletRequest("GET", "/oauth2/authorization/qq");
		Set<String> states = new HashSet<>(2 * STATES);
		int shortest = Integer.MAX_VALUE;
		for (int i = 0; i < STATES; i++) {
			OAuth2AuthorizationRequest resolved = qq.resolve(request, "qq");
			String state = (resolved != null) ? String.valueOf(resolved.getState()) : "";
			shortest = Math.min(shortest, state.length());
			states.add(state);
		}
		assertThat(shortest).isGreaterThanOrEqualTo(43);
		assertThat(states).hasSize(STATES);
	}

}
