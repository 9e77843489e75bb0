package io.github.qqoauth2.conversation.oauth2;

import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;

/**
 * Configures an authorization server with Spring Security 7. The tests on Spring Boot 3
 * have a class of this name for the authorization server of Spring Security 6.5.
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
