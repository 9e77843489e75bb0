package io.github.qqoauth2.account;

import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code qq_authorized_client}, with a row of encrypted tokens for each
 * account.
 */
final class AuthorizedClientTable {

	private static final String SELECT = "select tokens from qq_authorized_client where app_id = ? and account = ?";

	private final JdbcClient jdbc;

	private final Clock clock;

	AuthorizedClientTable(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	@Nullable String find(String appId, String account) {
		return select(SELECT, appId, account);
	}

	/**
	 * Finds the tokens of an account and locks its row.
	 */
	@Nullable String lock(String appId, String account) {
		return select(SELECT + " for update", appId, account);
	}

	private @Nullable String select(String select, String appId, String account) {
		return this.jdbc.sql(select).params(appId, account).query(String.class).optional().orElse(null);
	}

	int write(String appId, String account, String tokens) {
		int updated = update(appId, account, tokens);
		return (updated > 0) ? updated
				: this.jdbc
					.sql("insert into qq_authorized_client (tokens, updated_at, app_id, account) values (?, ?, ?, ?)")
					.params(tokens, now(), appId, account)
					.update();
	}

	int update(String appId, String account, String tokens) {
		return this.jdbc
			.sql("update qq_authorized_client set tokens = ?, updated_at = ? where app_id = ? and account = ?")
			.params(tokens, now(), appId, account)
			.update();
	}

	int delete(String appId, String account) {
		return this.jdbc.sql("delete from qq_authorized_client where app_id = ? and account = ?")
			.params(appId, account)
			.update();
	}

	void rename(String appId, String account, String newAccount) {
		if (find(appId, account) != null) {
			delete(appId, newAccount);
			this.jdbc.sql("update qq_authorized_client set account = ? where app_id = ? and account = ?")
				.params(newAccount, appId, account)
				.update();
		}
	}

	private LocalDateTime now() {
		return LocalDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

}
