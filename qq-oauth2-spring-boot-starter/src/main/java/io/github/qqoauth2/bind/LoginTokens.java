package io.github.qqoauth2.bind;

import java.util.Objects;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;

import io.github.qqoauth2.account.QqAuthorizedClients;

/**
 * QQ's tokens of a login, which are encrypted before anything else is done with them, and
 * stored once the QQ identity is bound. Without keys they are dropped. A login does not
 * fail if its tokens cannot be stored.
 */
final class LoginTokens {

	private static final Log logger = LogFactory.getLog(LoginTokens.class);

	private final Supplier<@Nullable QqAuthorizedClients> clients;

	/**
	 * Creates the tokens of all logins.
	 * @param clients encrypts and stores tokens; {@code null} if the application has no
	 * keys for them
	 */
	LoginTokens(Supplier<@Nullable QqAuthorizedClients> clients) {
		this.clients = clients;
	}

	/**
	 * Returns the tokens of a login, encrypted with the application's keys and bound to
	 * the QQ identity, or {@code null} if they are dropped.
	 */
	@Nullable String encrypt(OAuth2LoginAuthenticationToken login) {
		QqAuthorizedClients found = this.clients.get();
		if (found == null) {
			return null;
		}
		QqOAuth2User user = (QqOAuth2User) Objects.requireNonNull(login.getPrincipal());
		return found.encrypt(user.identity(), Objects.requireNonNull(login.getAccessToken()), login.getRefreshToken());
	}

	/**
	 * Stores encrypted tokens, if the account is bound to their QQ identity.
	 */
	void store(@Nullable String encrypted, String account) {
		if (encrypted == null) {
			return;
		}
		try {
			QqAuthorizedClients found = this.clients.get();
			if (found != null) {
				found.save(account, encrypted);
			}
		}
		catch (RuntimeException ex) {
			logger.warn("The QQ tokens of account '" + account + "' were not stored", ex);
		}
	}

}
