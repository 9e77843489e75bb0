package io.github.qqoauth2.account;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2RefreshToken;
import org.springframework.security.oauth2.core.endpoint.OAuth2AccessTokenResponse;
import org.springframework.transaction.support.TransactionOperations;

import io.github.qqoauth2.account.QqAccountEvent.Kind;
import io.github.qqoauth2.client.QqClient;
import io.github.qqoauth2.client.QqIdentity;

/**
 * Service for QQ's tokens, which are stored encrypted in the table
 * {@code qq_authorized_client} and replaced at each login. It requires
 * {@code qq.oauth2.token-encryption-keys}. Without keys there is no bean of this type,
 * and tokens are discarded after the login. The tokens of a QQ identity without an
 * account are encrypted at once and stored as soon as the identity is bound.
 * <p>
 * Controllers get the tokens with {@code @RegisteredOAuth2AuthorizedClient("qq")}, but
 * without the refresh token, which Spring Security's own provider would otherwise use up.
 */
public final class QqAuthorizedClients {

	private static final Log logger = LogFactory.getLog(QqAuthorizedClients.class);

	private final AuthorizedClientTable table;

	private final QqAccountBindings bindings;

	private final QqClient client;

	private final Supplier<ClientRegistration> registration;

	private final TokenCipher cipher;

	private final StoreTransactions transactions;

	/**
	 * Creates the service.
	 * @param jdbc the client of the database that holds the table
	 * @param bindings the bindings of the accounts
	 * @param client the client that gets new tokens from QQ
	 * @param registration the registration {@code qq}
	 * @param keys the AES keys, of 256 bits in Base64: the first encrypts, all decrypt
	 * @param transactions transactions of that database, with propagation
	 * {@code REQUIRES_NEW}
	 * @param clock the clock for the times of updates
	 */
	public QqAuthorizedClients(JdbcClient jdbc, QqAccountBindings bindings, QqClient client,
			Supplier<ClientRegistration> registration, List<String> keys, TransactionOperations transactions,
			Clock clock) {
		this.table = new AuthorizedClientTable(jdbc, clock);
		this.bindings = bindings;
		this.client = client;
		this.registration = registration;
		this.cipher = new TokenCipher(keys);
		this.transactions = new StoreTransactions(transactions);
	}

	/**
	 * Finds the tokens of an account.
	 * @param account the account's key
	 * @return the access token, which may have expired, without the refresh token;
	 * {@code null} if no tokens are stored
	 */
	public @Nullable OAuth2AuthorizedClient find(String account) {
		QqAccountBinding binding = this.bindings.find(account);
		StoredTokens tokens = (binding != null)
				? read(binding, this.transactions.read(() -> this.table.find(binding.appId(), account))) : null;
		return (tokens != null) ? client(account, tokens.accessToken(), null) : null;
	}

	/**
	 * Stores the tokens of an account in place of the previous ones.
	 * @param account the account's key; nothing is stored if it is not bound
	 * @param accessToken the access token
	 * @param refreshToken the refresh token, or {@code null} if QQ returned none
	 */
	public void save(String account, OAuth2AccessToken accessToken, @Nullable OAuth2RefreshToken refreshToken) {
		QqAccountBinding binding = this.bindings.find(account);
		if (binding != null) {
			save(binding, new StoredTokens(binding.openid(), accessToken, refreshToken));
		}
	}

	/**
	 * Encrypts the tokens of a QQ identity until they are
	 * {@linkplain #save(String, String) saved}, for example while the identity has no
	 * account.
	 * @param identity the authenticated QQ identity
	 * @param accessToken the access token
	 * @param refreshToken the refresh token, or {@code null} if QQ returned none
	 * @return the encrypted tokens, which contain the identity
	 */
	public String encrypt(QqIdentity identity, OAuth2AccessToken accessToken,
			@Nullable OAuth2RefreshToken refreshToken) {
		return this.cipher.encrypt(new StoredTokens(identity.openid(), accessToken, refreshToken).write());
	}

	/**
	 * Stores encrypted tokens in place of the account's previous ones.
	 * @param account the account's key; nothing is stored if it is not bound to the QQ
	 * identity of the tokens
	 * @param encrypted the tokens as encrypted by {@link #encrypt}; nothing is stored if
	 * none of the keys decrypts them
	 */
	public void save(String account, String encrypted) {
		StoredTokens tokens = decrypt(encrypted);
		QqAccountBinding binding = (tokens != null) ? this.bindings.find(account) : null;
		if (tokens != null && binding != null && binding.openid().equals(tokens.openid())) {
			save(binding, tokens);
		}
	}

	private void save(QqAccountBinding binding, StoredTokens tokens) {
		String encrypted = this.cipher.encrypt(tokens.write());
		try {
			this.transactions.join((status) -> this.table.write(binding.appId(), binding.account(), encrypted));
		}
		catch (DataAccessException ex) {
			if (!BindingWrites.isAboutContent(ex) || !updateExisting(binding, encrypted)) {
				throw ex;
			}
		}
	}

	/**
	 * Updates the row that a concurrent login has inserted. Drivers report its unique key
	 * in different ways.
	 * @return {@code false} if there is no row, so that the failure has another reason
	 */
	private boolean updateExisting(QqAccountBinding binding, String encrypted) {
		return this.transactions.join((status) -> this.table.update(binding.appId(), binding.account(), encrypted) > 0);
	}

	/**
	 * Gets new tokens from QQ for an access token that is about to expire. QQ accepts a
	 * refresh token only once. A lock on the row prevents concurrent callers, also on
	 * other nodes, from using it twice: the second caller gets the tokens of the first.
	 * @param current the tokens as returned by {@link #find}
	 * @return the tokens now stored, without the refresh token; {@code null} if none are
	 * stored any more
	 * @throws OAuth2AuthorizationException if there is no refresh token or QQ returns no
	 * tokens for it; new tokens then require a new login
	 */
	public @Nullable OAuth2AuthorizedClient refresh(OAuth2AuthorizedClient current) {
		String account = current.getPrincipalName();
		QqAccountBinding binding = this.bindings.find(account);
		if (binding == null) {
			return null;
		}
		return this.transactions.join((status) -> Optional.ofNullable(refresh(binding, current.getAccessToken())))
			.orElse(null);
	}

	private @Nullable OAuth2AuthorizedClient refresh(QqAccountBinding binding, OAuth2AccessToken seen) {
		StoredTokens stored = read(binding, this.table.lock(binding.appId(), binding.account()));
		if (stored == null) {
			return null;
		}
		if (!stored.accessToken().getTokenValue().equals(seen.getTokenValue())) {
			return client(binding.account(), stored.accessToken(), null);
		}
		if (stored.refreshToken() == null) {
			throw new OAuth2AuthorizationException(new OAuth2Error(OAuth2ErrorCodes.INVALID_GRANT),
					"There is no refresh token for registration 'qq'");
		}
		OAuth2AccessTokenResponse fresh = this.client
			.refresh(client(binding.account(), stored.accessToken(), stored.refreshToken()));
		this.table.update(binding.appId(), binding.account(), this.cipher
			.encrypt(new StoredTokens(binding.openid(), fresh.getAccessToken(), fresh.getRefreshToken()).write()));
		return client(binding.account(), fresh.getAccessToken(), null);
	}

	/**
	 * Removes the tokens of an account.
	 * @param account the account's key
	 */
	public void remove(String account) {
		this.transactions.read(() -> this.table.delete(appId(), account));
	}

	/**
	 * Removes the tokens with the binding, and keeps them when the account is renamed. A
	 * foreign key may have renamed them already.
	 * @param event the event, within its transaction
	 */
	@EventListener
	public void follow(QqAccountEvent event) {
		if (event.kind() == Kind.UNBOUND) {
			remove(event.account());
		}
		else if (event.kind() == Kind.RENAMED && event.otherAccount() != null) {
			this.table.rename(appId(), event.otherAccount(), event.account());
		}
	}

	private @Nullable StoredTokens read(QqAccountBinding binding, @Nullable String encrypted) {
		if (encrypted == null) {
			return null;
		}
		StoredTokens tokens = decrypt(encrypted);
		if (tokens == null) {
			logger.warn("The QQ tokens of account '" + binding.account() + "' cannot be read with any of "
					+ "qq.oauth2.token-encryption-keys. The account's next QQ login replaces them.");
			return null;
		}
		return tokens.openid().equals(binding.openid()) ? tokens : null;
	}

	private @Nullable StoredTokens decrypt(String encrypted) {
		String text = this.cipher.decrypt(encrypted);
		return (text != null) ? StoredTokens.read(text) : null;
	}

	private String appId() {
		return this.registration.get().getClientId();
	}

	private OAuth2AuthorizedClient client(String account, OAuth2AccessToken accessToken,
			@Nullable OAuth2RefreshToken refreshToken) {
		return new OAuth2AuthorizedClient(this.registration.get(), account, accessToken, refreshToken);
	}

}
