package io.github.qqoauth2.bind;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.transaction.TransactionException;

/**
 * Stands where {@code oauth2Login} put its provider: logins of QQ go to a stock provider
 * with our client and user service, all others to the one that was there.
 */
final class QqAuthenticationProvider implements AuthenticationProvider {

	private final AuthenticationProvider others;

	private final AuthenticationProvider qq;

	private final SignedIn signedIn;

	QqAuthenticationProvider(AuthenticationProvider others, AuthenticationProvider qq, SignedIn signedIn) {
		this.others = others;
		this.qq = qq;
		this.signedIn = signedIn;
	}

	@Override
	public @Nullable Authentication authenticate(Authentication authentication) {
		OAuth2LoginAuthenticationToken login = (OAuth2LoginAuthenticationToken) authentication;
		if (!LoginPaths.REGISTRATION_ID.equals(login.getClientRegistration().getRegistrationId())) {
			return this.others.authenticate(authentication);
		}
		try {
			return authenticateQq(login);
		}
		catch (AuthenticationException ex) {
			if (this.signedIn.get() != null) {
				throw QqLoginOutcome.failedWhileSignedIn(ex);
			}
			throw ex;
		}
	}

	private @Nullable Authentication authenticateQq(OAuth2LoginAuthenticationToken login) {
		if (!cameBackWhereItShould(login)) {
			throw new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.INVALID_REQUEST),
					"The state of a QQ login came back at the address of another registration");
		}
		try {
			return this.qq.authenticate(login);
		}
		catch (DataAccessException | TransactionException ex) {
			throw new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.SERVER_ERROR),
					"The binding of a QQ login could not be looked up", ex);
		}
	}

	/**
	 * Spring takes any registration's state at any registration's address.
	 */
	private static boolean cameBackWhereItShould(OAuth2LoginAuthenticationToken login) {
		String asked = login.getAuthorizationExchange().getAuthorizationRequest().getRedirectUri();
		String arrived = login.getAuthorizationExchange().getAuthorizationResponse().getRedirectUri();
		return asked != null && (LoginChain.isSameCallback(asked, arrived) || LoginChain.isOwnCallback(arrived));
	}

	@Override
	public boolean supports(Class<?> authentication) {
		return this.others.supports(authentication);
	}

}
