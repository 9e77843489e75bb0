package io.github.qqoauth2.conversation.oauth2;

import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;

/**
 * Configures an authorization server for Spring Security 6.5, whose configurer has
 * another package. The test jar of the starter does not contain its own class of this
 * name, for Spring Security 7.
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
