package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.security.oauth2.client.web.OAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;

import io.github.qqoauth2.account.QqAuthorizedClients;

/**
 * Refuses to send a visitor to QQ for a token that would not be stored: the page that
 * requires it would send the visitor there again, without end. Spring Security resolves a
 * request by the id of its registration only if a page requires a token.
 */
final class TokenRequestResolver implements OAuth2AuthorizationRequestResolver {

	private static final Log logger = LogFactory.getLog(TokenRequestResolver.class);

	private final OAuth2AuthorizationRequestResolver delegate;

	private final ObjectProvider<QqAuthorizedClients> tokens;

	TokenRequestResolver(OAuth2AuthorizationRequestResolver delegate, ObjectProvider<QqAuthorizedClients> tokens) {
		this.delegate = delegate;
		this.tokens = tokens;
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request) {
		return this.delegate.resolve(request);
	}

	@Override
	public @Nullable OAuth2AuthorizationRequest resolve(HttpServletRequest request, String clientRegistrationId) {
		if (LoginPaths.REGISTRATION_ID.equals(clientRegistrationId) && this.tokens.getIfAvailable() == null) {
			IllegalStateException failure = new IllegalStateException("The page " + request.getRequestURI()
					+ " requires the authorized client 'qq', but QQ's tokens are not stored. Set "
					+ "qq.oauth2.token-encryption-keys to a key ('openssl rand -base64 32') so that they are.");
			// Spring Security answers 500 without logging it
			logger.error(failure.getMessage());
			throw failure;
		}
		return this.delegate.resolve(request, clientRegistrationId);
	}

}
