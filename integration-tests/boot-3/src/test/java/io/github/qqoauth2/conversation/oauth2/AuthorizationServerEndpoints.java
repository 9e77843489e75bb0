package io.github.qqoauth2.conversation.oauth2;

import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;

/**
 * Makes a chain the one of an authorization server, in the way of the one for Security
 * 6.5, whose configurer has another package. The starter's class of this name, for
 * Security 7, is not in its jar of tests.
 */
final class AuthorizationServerEndpoints {

	private AuthorizationServerEndpoints() {
	}

	static void addTo(HttpSecurity http) throws Exception {
		OAuth2AuthorizationServerConfigurer server = new OAuth2AuthorizationServerConfigurer();
		http.securityMatcher(server.getEndpointsMatcher());
		http.with(server, (configurer) -> configurer.oidc(Customizer.withDefaults()));
	}

}
