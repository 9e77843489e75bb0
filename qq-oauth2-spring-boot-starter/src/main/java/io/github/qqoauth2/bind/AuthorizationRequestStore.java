package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

/**
 * Stores the authorization requests of the registration {@code qq}. Each can be taken
 * once.
 */
interface AuthorizationRequestStore {

	void save(OAuth2AuthorizationRequest authorization, HttpServletRequest request, HttpServletResponse response);

	/**
	 * Returns the authorization request with a state and removes it.
	 * @return the authorization request, or {@code null} if this browser has none with
	 * that state
	 */
	@Nullable OAuth2AuthorizationRequest take(String state, HttpServletRequest request, HttpServletResponse response);

}
