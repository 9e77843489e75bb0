package io.github.qqoauth2.autoconfigure;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Locale;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.MetaDataAccessException;
import org.springframework.transaction.PlatformTransactionManager;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.autoconfigure.QqOAuth2Properties.Jdbc.InitializeSchema;

/**
 * A table of the starter: creates it if configured, and checks its columns at start-up.
 */
final class TableSchema {

	private final DataSource dataSource;

	private final String table;

	private final String content;

	private final String script;

	private final String columns;

	private TableSchema(DataSource dataSource, String table, String content, String script, String columns) {
		this.dataSource = dataSource;
		this.table = table;
		this.content = content;
		this.script = script;
		this.columns = columns;
	}

	static TableSchema ofBindings(DataSource dataSource) {
		return new TableSchema(dataSource, "qq_account_binding", "the bindings of QQ identities", "schema-",
				"app_id, openid, account, unionid, nickname, avatar_url, gender, profile_at, registered, created_at, "
						+ "last_login_at");
	}

	static TableSchema ofAuthorizedClients(DataSource dataSource) {
		return new TableSchema(dataSource, "qq_authorized_client", "QQ's tokens", "schema-authorized-client-",
				"app_id, account, tokens, updated_at");
	}

	DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Creates a client whose statements have a time limit. H2 would apply the limit to
	 * all further statements of the connection, also to those of the application.
	 */
	JdbcClient jdbc() {
		JdbcTemplate template = new JdbcTemplate(this.dataSource);
		if (!"h2".equals(database().platform())) {
			template.setQueryTimeout((int) ConnectionProbe.LIMIT.toSeconds());
		}
		return JdbcClient.create(template);
	}

	PlatformTransactionManager createTransactionManager() {
		return new JdbcTransactionManager(this.dataSource);
	}

	TableSchema initialize(InitializeSchema when) {
		if (when == InitializeSchema.NEVER) {
			return this;
		}
		Database database = database();
		if (when == InitializeSchema.EMBEDDED && !database.inMemory()) {
			return this;
		}
		if (database.platform() == null) {
			throw new InvalidConfigurationException(
					"The property qq.oauth2.jdbc.initialize-schema is '" + when.name().toLowerCase(Locale.ROOT)
							+ "', but there is no script for " + database.product() + ".",
					"Create the table " + this.table
							+ " manually, based on the script for PostgreSQL in the starter's jar, with a binary "
							+ "collation for its keys, and set qq.oauth2.jdbc.initialize-schema=never.");
		}
		ResourceDatabasePopulator populator = new ResourceDatabasePopulator(
				new ClassPathResource(scriptFor(database.platform()), QqAccountBinding.class));
		populator.setSqlScriptEncoding("UTF-8");
		populator.execute(this.dataSource);
		return this;
	}

	private String scriptFor(String platform) {
		return this.script + platform + ".sql";
	}

	/**
	 * Fails if the table is missing or lacks a column of this version.
	 */
	void check() {
		try {
			JdbcClient.create(this.dataSource)
				.sql("select " + this.columns + " from " + this.table + " where 1 = 0")
				.query((row, number) -> number)
				.list();
		}
		catch (DataAccessException ex) {
			String platform = database().platform();
			InvalidConfigurationException failure = new InvalidConfigurationException(
					"The table " + this.table + " for " + this.content + " is missing or lacks some of its columns.",
					"Run the script io/github/qqoauth2/account/"
							+ scriptFor((platform != null) ? platform : "postgresql") + " from the starter's jar (with "
							+ "Flyway or Liquibase, copy it into a migration), or set "
							+ "qq.oauth2.jdbc.initialize-schema=always to create the table at start-up.");
			failure.initCause(ex);
			throw failure;
		}
	}

	private Database database() {
		try {
			return JdbcUtils.extractDatabaseMetaData(this.dataSource, TableSchema::describe);
		}
		catch (MetaDataAccessException ex) {
			throw new IllegalStateException("The database for " + this.table + " cannot be reached", ex);
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
	 * Describes a database.
	 *
	 * @param product the product name
	 * @param platform the platform in the name of its script, or {@code null} if there is
	 * no script
	 * @param inMemory whether it is an in-memory H2 database
	 */
	private record Database(String product, @Nullable String platform, boolean inMemory) {

	}

}
