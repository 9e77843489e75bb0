package io.github.qqoauth2.autoconfigure;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.transaction.PlatformTransactionManager;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindingStore;
import io.github.qqoauth2.autoconfigure.QqOAuth2Properties.Jdbc.InitializeSchema;

/**
 * The table of the default store: made where that is wanted, and looked at once.
 */
final class BindingSchema {

	private static final String COLUMNS = "app_id, openid, account, unionid, nickname, avatar_url, gender, profile_at, "
			+ "registered, created_at, last_login_at";

	private final DataSource dataSource;

	BindingSchema(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	QqAccountBindingStore createStore(InitializeSchema when) {
		initialize(when);
		return QqAccountBindingStore.jdbc(JdbcClient.create(this.dataSource));
	}

	PlatformTransactionManager createTransactionManager() {
		return new JdbcTransactionManager(this.dataSource);
	}

	private void initialize(InitializeSchema when) {
		if (when == InitializeSchema.NEVER) {
			return;
		}
		Database database = database();
		if (when == InitializeSchema.EMBEDDED && !database.inMemory()) {
			return;
		}
		if (database.platform() == null) {
			throw new QqConfigurationException(
					"The property qq.oauth2.jdbc.initialize-schema is '" + when.name().toLowerCase(Locale.ROOT)
							+ "', but there is no script for " + database.product() + ".",
					"Create the table qq_account_binding by hand, after the script for PostgreSQL in the starter's jar, "
							+ "with a binary collation for its keys, and set qq.oauth2.jdbc.initialize-schema=never.");
		}
		ResourceDatabasePopulator populator = new ResourceDatabasePopulator(
				new ClassPathResource("schema-" + database.platform() + ".sql", QqAccountBinding.class));
		populator.setSqlScriptEncoding("UTF-8");
		populator.execute(this.dataSource);
	}

	/**
	 * Fails where the table is missing or older than this version.
	 */
	void check() {
		try {
			JdbcClient.create(this.dataSource)
				.sql("select " + COLUMNS + " from qq_account_binding where 1 = 0")
				.query((row, number) -> number)
				.list();
		}
		catch (DataAccessException ex) {
			String platform = database().platform();
			String script = "io/github/qqoauth2/account/schema-" + ((platform != null) ? platform : "postgresql")
					+ ".sql";
			QqConfigurationException failure = new QqConfigurationException(
					"The table qq_account_binding, which holds which QQ is bound to which account, is missing or has "
							+ "not all of its columns.",
					"Run the script " + script + " of the starter's jar (with Flyway or Liquibase, copy it into a "
							+ "migration), or set qq.oauth2.jdbc.initialize-schema=always to have it made at start-up.");
			failure.initCause(ex);
			throw failure;
		}
	}

	private Database database() {
		try {
			return JdbcUtils.extractDatabaseMetaData(this.dataSource, BindingSchema::describe);
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("The database for qq_account_binding cannot be reached", ex);
		}
	}

	private static Database describe(DatabaseMetaData metaData) throws SQLException {
		Connection connection = metaData.getConnection();
		String url = (connection != null) ? connection.getMetaData().getURL() : null;
		String product = metaData.getDatabaseProductName();
		return new Database(product, platform(product), url != null && url.startsWith("jdbc:h2:mem:"));
	}

	private static @Nullable String platform(String product) {
		return switch (product) {
			case "H2" -> "h2";
			case "PostgreSQL" -> "postgresql";
			case "MySQL", "MariaDB" -> "mysql";
			default -> null;
		};
	}

	/**
	 * What is known of a database.
	 *
	 * @param product its product name
	 * @param platform the script's name for it, where there is one
	 * @param inMemory whether it ends with the process
	 */
	private record Database(String product, @Nullable String platform, boolean inMemory) {

	}

}
