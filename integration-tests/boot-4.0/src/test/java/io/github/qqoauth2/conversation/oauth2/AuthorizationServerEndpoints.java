package io.github.qqoauth2.conversation.oauth2;

import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;

/**
 * Configures an authorization server with Spring Security 7.0. The test jar of the
 * starter does not contain its own class of this name, which is the same.
 */
final class AuthorizationServerEndpoints {

	private AuthorizationServerEndpoints() {
	}

	static void addTo(HttpSecurity http) {
		OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
		http.securityMatcher(server.getEndpointsMatcher());
		http.with(server, (configurer) -> configurer.oidc(Customizer.withDefaults()));
	}

}
