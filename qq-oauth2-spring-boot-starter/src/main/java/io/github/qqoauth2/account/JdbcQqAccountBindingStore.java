package io.github.qqoauth2.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

import io.github.qqoauth2.client.QqIdentity;

final class JdbcQqAccountBindingStore implements QqAccountBindingStore {

	private static final Log logger = LogFactory.getLog(JdbcQqAccountBindingStore.class);

	static final String SELECT = """
			select app_id, openid, account, unionid, nickname, avatar_url, gender, profile_at,
			       registered, created_at, last_login_at
			from qq_account_binding
			""";

	private static final String INSERT = """
			insert into qq_account_binding (app_id, openid, account, unionid, nickname, avatar_url,
			                                gender, profile_at, registered, created_at, last_login_at)
			values (:appId, :openid, :account, :unionid, :nickname, :avatarUrl,
			        :gender, :profileAt, :registered, :createdAt, :lastLoginAt)
			""";

	private static final String UPDATE = """
			update qq_account_binding
			set unionid = :unionid, nickname = :nickname, avatar_url = :avatarUrl, gender = :gender,
			    profile_at = :profileAt, last_login_at = :lastLoginAt
			where app_id = :appId and openid = :openid
			""";

	private static final String MOVE = """
			update qq_account_binding
			set account = :account, registered = :registered, created_at = :createdAt
			where app_id = :appId and openid = :openid and account = :from
			""";

	private final JdbcClient jdbc;

	JdbcQqAccountBindingStore(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public @Nullable QqAccountBinding find(QqIdentity identity) {
		QqAccountBinding binding = this.jdbc.sql(SELECT + "where app_id = ? and openid = ?")
			.params(identity.appId(), identity.openid())
			.query(JdbcQqAccountBindingStore::mapRow)
			.optional()
			.orElse(null);
		return (binding != null && isExactMatch(binding.openid(), identity.openid())) ? binding : null;
	}

	@Override
	public @Nullable QqAccountBinding find(String appId, String account) {
		QqAccountBinding binding = this.jdbc.sql(SELECT + "where app_id = ? and account = ?")
			.params(appId, account)
			.query(JdbcQqAccountBindingStore::mapRow)
			.optional()
			.orElse(null);
		return (binding != null && isExactMatch(binding.account(), account)) ? binding : null;
	}

	@Override
	public boolean insert(QqAccountBinding binding) {
		try {
			this.jdbc.sql(INSERT)
				.param("appId", binding.appId())
				.param("openid", binding.openid())
				.param("account", binding.account())
				.param("unionid", binding.unionid())
				.param("nickname", binding.nickname())
				.param("avatarUrl", binding.avatarUrl())
				.param("gender", binding.gender())
				.param("profileAt", utc(binding.profileAt()))
				.param("registered", binding.registered())
				.param("createdAt", utc(binding.createdAt()))
				.param("lastLoginAt", utc(binding.lastLoginAt()))
				.update();
			return true;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	@Override
	public void update(QqAccountBinding binding) {
		this.jdbc.sql(UPDATE)
			.param("unionid", binding.unionid())
			.param("nickname", binding.nickname())
			.param("avatarUrl", binding.avatarUrl())
			.param("gender", binding.gender())
			.param("profileAt", utc(binding.profileAt()))
			.param("lastLoginAt", utc(binding.lastLoginAt()))
			.param("appId", binding.appId())
			.param("openid", binding.openid())
			.update();
	}

	@Override
	public boolean move(QqAccountBinding binding, String from) {
		try {
			return this.jdbc.sql(MOVE)
				.param("account", binding.account())
				.param("registered", binding.registered())
				.param("createdAt", utc(binding.createdAt()))
				.param("appId", binding.appId())
				.param("openid", binding.openid())
				.param("from", from)
				.update() > 0;
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
	}

	@Override
	public boolean delete(QqAccountBinding binding) {
		return this.jdbc.sql("delete from qq_account_binding where app_id = ? and openid = ? and account = ?")
			.params(binding.appId(), binding.openid(), binding.account())
			.update() > 0;
	}

	/**
	 * A column with a case-folding or blank-padding collation also matches other
	 * identities and accounts.
	 */
	private static boolean isExactMatch(String found, String expected) {
		if (!found.equals(expected)) {
			logger.error("A query of qq_account_binding found a row with a different value. The row is ignored, "
					+ "and the QQ identity or account counts as unbound: the key columns need a binary collation, as "
					+ "in the shipped schema script.");
			return false;
		}
		return true;
	}

	private static QqAccountBinding mapRow(ResultSet row, int number) throws SQLException {
		return new QqAccountBinding(row.getString("app_id"), row.getString("openid"), row.getString("account"),
				row.getString("unionid"), row.getString("nickname"), row.getString("avatar_url"),
				row.getString("gender"), instant(row, "profile_at"), row.getBoolean("registered"),
				Objects.requireNonNull(instant(row, "created_at")),
				Objects.requireNonNull(instant(row, "last_login_at")));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		LocalDateTime value = row.getObject(column, LocalDateTime.class);
		return (value != null) ? value.toInstant(ZoneOffset.UTC) : null;
	}

	private static @Nullable LocalDateTime utc(@Nullable Instant instant) {
		return (instant != null) ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC) : null;
	}

}
