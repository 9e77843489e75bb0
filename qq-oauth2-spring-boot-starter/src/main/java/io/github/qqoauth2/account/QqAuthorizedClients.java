package io.github.qqoauth2.account;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
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

/**
 * Service for QQ's tokens, which are stored encrypted in the table
 * {@code qq_authorized_client} and replaced at each login. It requires
 * {@code qq.oauth2.token-encryption-keys}. Without keys there is no bean of this type,
 * and tokens are discarded after the login.
 * <p>
 * Controllers get the tokens with {@code @RegisteredOAuth2AuthorizedClient("qq")}, but
 * without the refresh token, which Spring Security's own provider would otherwise use up.
 */
public final class QqAuthorizedClients {

	private static final Log logger = LogFactory.getLog(QqAuthorizedClients.class);

	private static final String SELECT = "select tokens from qq_authorized_client where app_id = ? and account = ?";

	private final JdbcClient jdbc;

	private final QqAccountBindings bindings;

	private final QqClient client;

	private final Supplier<ClientRegistration> registration;

	private final TokenCipher cipher;

	private final StoreTransactions transactions;

	private final Clock clock;

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
		this.jdbc = jdbc;
		this.bindings = bindings;
		this.client = client;
		this.registration = registration;
		this.cipher = new TokenCipher(keys);
		this.transactions = new StoreTransactions(transactions);
		this.clock = clock;
	}

	/**
	 * Finds the tokens of an account.
	 * @param account the account's key
	 * @return the access token, which may have expired, without the refresh token;
	 * {@code null} if no tokens are stored
	 */
	public @Nullable OAuth2AuthorizedClient find(String account) {
		QqAccountBinding binding = this.bindings.find(account);
		StoredTokens tokens = (binding != null) ? this.transactions.read(() -> read(binding, SELECT)) : null;
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
		if (binding == null) {
			return;
		}
		String tokens = this.cipher.encrypt(new StoredTokens(binding.openid(), accessToken, refreshToken).write());
		try {
			this.transactions.join((status) -> write(binding, tokens));
		}
		catch (DataAccessException ex) {
			if (!BindingWrites.isAboutContent(ex) || !updateExisting(binding, tokens)) {
				throw ex;
			}
		}
	}

	/**
	 * Updates the row that a concurrent login has inserted. Drivers report its unique key
	 * in different ways.
	 * @return {@code false} if there is no row, so that the failure has another reason
	 */
	private boolean updateExisting(QqAccountBinding binding, String tokens) {
		return this.transactions.join((status) -> update(binding, tokens) > 0);
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
		StoredTokens stored = read(binding, SELECT + " for update");
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
		update(binding, this.cipher
			.encrypt(new StoredTokens(binding.openid(), fresh.getAccessToken(), fresh.getRefreshToken()).write()));
		return client(binding.account(), fresh.getAccessToken(), null);
	}

	/**
	 * Removes the tokens of an account.
	 * @param account the account's key
	 */
	public void remove(String account) {
		this.transactions.read(() -> delete(account));
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
			rename(event.otherAccount(), event.account());
		}
	}

	private int delete(String account) {
		return this.jdbc.sql("delete from qq_authorized_client where app_id = ? and account = ?")
			.params(appId(), account)
			.update();
	}

	private void rename(String account, String newAccount) {
		if (this.jdbc.sql(SELECT).params(appId(), account).query(String.class).optional().isPresent()) {
			delete(newAccount);
			this.jdbc.sql("update qq_authorized_client set account = ? where app_id = ? and account = ?")
				.params(newAccount, appId(), account)
				.update();
		}
	}

	private @Nullable StoredTokens read(QqAccountBinding binding, String select) {
		String encrypted = this.jdbc.sql(select)
			.params(binding.appId(), binding.account())
			.query(String.class)
			.optional()
			.orElse(null);
		if (encrypted == null) {
			return null;
		}
		String text = this.cipher.decrypt(encrypted);
		StoredTokens tokens = (text != null) ? StoredTokens.read(text) : null;
		if (tokens == null) {
			logger.warn("The QQ tokens of account '" + binding.account() + "' cannot be read with any of "
					+ "qq.oauth2.token-encryption-keys. The account's next QQ login replaces them.");
			return null;
		}
		return tokens.openid().equals(binding.openid()) ? tokens : null;
	}

	private int write(QqAccountBinding binding, String tokens) {
		int updated = update(binding, tokens);
		return (updated > 0) ? updated
				: this.jdbc
					.sql("insert into qq_authorized_client (tokens, updated_at, app_id, account) values (?, ?, ?, ?)")
					.params(tokens, now(), binding.appId(), binding.account())
					.update();
	}

	private int update(QqAccountBinding binding, String tokens) {
		return this.jdbc
			.sql("update qq_authorized_client set tokens = ?, updated_at = ? where app_id = ? and account = ?")
			.params(tokens, now(), binding.appId(), binding.account())
			.update();
	}

	private LocalDateTime now() {
		return LocalDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

	private String appId() {
		return this.registration.get().getClientId();
	}

	private OAuth2AuthorizedClient client(String account, OAuth2AccessToken accessToken,
			@Nullable OAuth2RefreshToken refreshToken) {
		return new OAuth2AuthorizedClient(this.registration.get(), account, accessToken, refreshToken);
	}

}
