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
import org.springframework.dao.DuplicateKeyException;
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
 * QQ's tokens, kept encrypted in the table {@code qq_authorized_client} and replaced at
 * each login, where the application has set {@code qq.oauth2.token-encryption-keys}.
 * Without keys there is no bean of this type, and no token outlives the login.
 * <p>
 * A page of the application reads them by
 * {@code @RegisteredOAuth2AuthorizedClient("qq")}, without the refresh token, which
 * Spring's own provider would otherwise spend.
 */
public final class QqAuthorizedClients {

	private static final Log logger = LogFactory.getLog(QqAuthorizedClients.class);

	private static final String SELECT = "select tokens from qq_authorized_client where app_id = ? and account = ?";

	private final JdbcClient jdbc;

	private final QqAccountBindings bindings;

	private final QqClient client;

	private final Supplier<ClientRegistration> registration;

	private final TokenCipher cipher;

	private final TransactionOperations transactions;

	private final Clock clock;

	/**
	 * Creates the service.
	 * @param jdbc the client of the database that holds the table
	 * @param bindings which QQ belongs to which account
	 * @param client what speaks to QQ
	 * @param registration the registration {@code qq}
	 * @param keys keys for AES, of 256 bits in Base64: the first encrypts, all decrypt
	 * @param transactions transactions of that database, each new and nobody else's
	 * @param clock the time
	 */
	public QqAuthorizedClients(JdbcClient jdbc, QqAccountBindings bindings, QqClient client,
			Supplier<ClientRegistration> registration, List<String> keys, TransactionOperations transactions,
			Clock clock) {
		this.jdbc = jdbc;
		this.bindings = bindings;
		this.client = client;
		this.registration = registration;
		this.cipher = new TokenCipher(keys);
		this.transactions = transactions;
		this.clock = clock;
	}

	/**
	 * Finds the tokens of an account's QQ.
	 * @param account the account's key
	 * @return the access token, however old, and no refresh token; {@code null} where
	 * none are kept
	 */
	public @Nullable OAuth2AuthorizedClient find(String account) {
		QqAccountBinding binding = this.bindings.find(account);
		StoredTokens tokens = (binding != null) ? read(binding, SELECT) : null;
		return (tokens != null) ? client(account, tokens.accessToken(), null) : null;
	}

	/**
	 * Keeps the tokens of an account's QQ in place of those it had.
	 * @param account the account's key; nothing is kept where it has no QQ
	 * @param accessToken the access token
	 * @param refreshToken the refresh token, where QQ gave one
	 */
	public void save(String account, OAuth2AccessToken accessToken, @Nullable OAuth2RefreshToken refreshToken) {
		QqAccountBinding binding = this.bindings.find(account);
		if (binding == null) {
			return;
		}
		String tokens = this.cipher.encrypt(new StoredTokens(binding.openid(), accessToken, refreshToken).write());
		try {
			this.transactions.executeWithoutResult((status) -> write(binding, tokens));
		}
		catch (DuplicateKeyException ex) {
			this.transactions.executeWithoutResult((status) -> update(binding, tokens));
		}
	}

	/**
	 * Gets new tokens from QQ for an access token that is about to end. QQ takes a
	 * refresh token once; a lock on the row keeps two callers, on two nodes too, from
	 * spending it twice: the second gets what the first was given.
	 * @param current the tokens as {@link #find} gave them
	 * @return the tokens that are kept now, without the refresh token; {@code null} where
	 * none are kept any more
	 * @throws OAuth2AuthorizationException when there is no refresh token or QQ gives no
	 * tokens for it; only a new login brings new ones then
	 */
	public @Nullable OAuth2AuthorizedClient refresh(OAuth2AuthorizedClient current) {
		String account = current.getPrincipalName();
		QqAccountBinding binding = this.bindings.find(account);
		if (binding == null) {
			return null;
		}
		Optional<OAuth2AuthorizedClient> refreshed = this.transactions
			.execute((status) -> Optional.ofNullable(refresh(binding, current.getAccessToken())));
		return (refreshed != null) ? refreshed.orElse(null) : null;
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
					"QQ gave no refresh token to registration 'qq'");
		}
		OAuth2AccessTokenResponse fresh = this.client
			.refresh(client(binding.account(), stored.accessToken(), stored.refreshToken()));
		update(binding, this.cipher
			.encrypt(new StoredTokens(binding.openid(), fresh.getAccessToken(), fresh.getRefreshToken()).write()));
		return client(binding.account(), fresh.getAccessToken(), null);
	}

	/**
	 * Forgets the tokens of an account.
	 * @param account the account's key
	 */
	public void remove(String account) {
		this.jdbc.sql("delete from qq_authorized_client where app_id = ? and account = ?")
			.params(appId(), account)
			.update();
	}

	/**
	 * Tokens go with the binding, and stay with an account that changes its key.
	 * @param event what happened, inside its transaction
	 */
	@EventListener
	public void follow(QqAccountEvent event) {
		if (event.kind() == Kind.UNBOUND) {
			remove(event.account());
		}
		else if (event.kind() == Kind.RENAMED) {
			remove(event.account());
			this.jdbc.sql("update qq_authorized_client set account = ? where app_id = ? and account = ?")
				.param(event.account())
				.param(appId())
				.param(event.otherAccount())
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
			logger.warn("The QQ tokens of account '" + binding.account() + "' are unreadable: none of "
					+ "qq.oauth2.token-encryption-keys fits. Its next login by QQ replaces them.");
			return null;
		}
		return tokens.openid().equals(binding.openid()) ? tokens : null;
	}

	private void write(QqAccountBinding binding, String tokens) {
		if (update(binding, tokens) == 0) {
			this.jdbc.sql("insert into qq_authorized_client (tokens, updated_at, app_id, account) values (?, ?, ?, ?)")
				.params(tokens, now(), binding.appId(), binding.account())
				.update();
		}
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
