package io.github.qqoauth2.demo.password;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.keygen.BytesKeyGenerator;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.stereotype.Component;

/**
 * Tokens that allow a new password to be chosen without the old one: 256 random bits,
 * stored as a hash, valid for ten minutes and one use.
 */
@Component
final class ResetTokens {

	static final Duration VALIDITY = Duration.ofMinutes(10);

	private static final Duration RESEND_AFTER = Duration.ofSeconds(60);

	private final BytesKeyGenerator random = KeyGenerators.secureRandom(32);

	private final JdbcClient jdbc;

	private final Clock clock;

	ResetTokens(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	String issue(String account) {
		String token = Base64.getUrlEncoder().withoutPadding().encodeToString(this.random.generateKey());
		this.jdbc.sql("insert into password_reset (token_hash, account, created_at) values (?, ?, ?)")
			.params(hash(token), account, this.clock.millis())
			.update();
		return token;
	}

	/**
	 * Returns whether a token was issued for the account within the last minute.
	 */
	boolean isRecent(String account) {
		return this.jdbc.sql("select count(*) from password_reset where account = ? and created_at > ?")
			.params(account, this.clock.millis() - RESEND_AFTER.toMillis())
			.query(Long.class)
			.single() > 0;
	}

	/**
	 * Returns the account of a token without using it up, since mail scanners open links
	 * too.
	 * @return the account's username, or {@code null} if the token is invalid
	 */
	@Nullable String account(String token) {
		return this.jdbc.sql("select account from password_reset where token_hash = ? and created_at > ?")
			.params(hash(token), this.clock.millis() - VALIDITY.toMillis())
			.query(String.class)
			.optional()
			.orElse(null);
	}

	/**
	 * Uses up a token and removes all other tokens of the account. Of concurrent calls
	 * only the one that deletes the row succeeds.
	 * @return the account's username, or {@code null} if the token is invalid
	 */
	@Nullable String useUp(String token) {
		String account = account(token);
		int used = this.jdbc.sql("delete from password_reset where token_hash = ?").param(hash(token)).update();
		if (account == null || used == 0) {
			return null;
		}
		this.jdbc.sql("delete from password_reset where account = ?").param(account).update();
		return account;
	}

	private static String hash(String token) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
