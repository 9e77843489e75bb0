package io.github.qqoauth2.bind;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class IdentityAuthenticatorTests {

	private static final OAuth2AuthorizationRequest STORED = LoginFixture.authorizationRequest("STATE", Map.of());

	private final List<String> lookedUp = new ArrayList<>();

	private final List<OAuth2LoginAuthenticationToken> asked = new ArrayList<>();

	private @Nullable ClientRegistration registration = LoginFixture.REGISTRATION;

	private OAuth2LoginAuthenticationToken authenticate(LoginCallback callback) {
		return new IdentityAuthenticator(this::find, this::authenticate).authenticate(callback, "the details");
	}

	private @Nullable ClientRegistration find(String id) {
		this.lookedUp.add(id);
		return this.registration;
	}

	private Authentication authenticate(Authentication token) {
		this.asked.add((OAuth2LoginAuthenticationToken) token);
		return token;
	}

	private void failsWith(String code, LoginCallback callback) {
		assertThatExceptionOfType(OAuth2AuthenticationException.class).isThrownBy(() -> authenticate(callback))
			.withMessage("[" + code + "]")
			.satisfies((ex) -> assertThat(ex.getError().getErrorCode()).isEqualTo(code));
		assertThat(this.asked).isEmpty();
	}

	@Test
	void authenticateWhenRequestIsStoredThenManagerIsAskedWithCodeAndRequest() {
		OAuth2LoginAuthenticationToken token = authenticate(new LoginCallback("STATE", "CODE", STORED));
		assertThat(this.asked).singleElement().isSameAs(token);
		assertThat(token.isAuthenticated()).isFalse();
		assertThat(token.getDetails()).isEqualTo("the details");
		assertThat(token.getClientRegistration()).isSameAs(LoginFixture.REGISTRATION);
		assertThat(token.getAuthorizationExchange().getAuthorizationRequest()).isSameAs(STORED);
		OAuth2AuthorizationResponse response = token.getAuthorizationExchange().getAuthorizationResponse();
		assertThat(response.getCode()).isEqualTo("CODE");
		assertThat(response.getState()).isEqualTo("STATE");
		assertThat(response.getRedirectUri()).isEqualTo("http://localhost/login/oauth2/code/qq");
		assertThat(this.lookedUp).containsExactly("qq");
	}

	@Test
	void authenticateWhenNoRequestIsStoredThenNotFoundWhateverTheCallbackBrings() {
		failsWith("authorization_request_not_found", new LoginCallback("STATE", "CODE", null));
		failsWith("authorization_request_not_found", new LoginCallback("STATE", null, null));
		failsWith("authorization_request_not_found", new LoginCallback(null, "CODE", null));
		assertThat(this.lookedUp).isEmpty();
	}

	@Test
	void authenticateWhenThereIsNoCodeThenAccessDenied() {
		failsWith("access_denied", new LoginCallback("STATE", null, STORED));
	}

	@Test
	void authenticateWhenRegistrationIsGoneThenNotFound() {
		this.registration = null;
		failsWith("client_registration_not_found", new LoginCallback("STATE", "CODE", STORED));
	}

	@Test
	void authenticateWhenManagerRefusesThenThatFailure() {
		BadCredentialsException refused = new BadCredentialsException("refused");
		IdentityAuthenticator authenticator = new IdentityAuthenticator(
				new InMemoryClientRegistrationRepository(LoginFixture.REGISTRATION), (token) -> {
					throw refused;
				});
		assertThatExceptionOfType(BadCredentialsException.class)
			.isThrownBy(() -> authenticator.authenticate(new LoginCallback("STATE", "CODE", STORED), null))
			.isSameAs(refused);
	}

}
