package io.github.qqoauth2.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import io.github.qqoauth2.autoconfigure.QqOAuth2Properties.Jdbc.InitializeSchema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A table that another transaction has locked.
 */
class TableSchemaIT {

	@TempDir
	static Path directory;

	private static EmbeddedPostgres server;

	@BeforeAll
	static void start() throws IOException {
		server = EmbeddedPostgres.builder()
			.setOverrideWorkingDirectory(directory.toFile())
			.setPGStartupWait(Duration.ofMinutes(5))
			.setServerConfig("fsync", "off")
			.start();
	}

	@AfterAll
	static void stop() throws IOException {
		server.close();
	}

	@Test
	void jdbcWhenTableIsLockedThenFailsWithinFiveSecondsAndConnectionIsUnchanged() throws SQLException {
		try (Connection lock = server.getPostgresDatabase().getConnection();
				Connection connection = server.getPostgresDatabase().getConnection();
				Statement statement = lock.createStatement()) {
			SingleConnectionDataSource single = new SingleConnectionDataSource(connection, true);
			TableSchema schema = TableSchema.ofBindings(single).initialize(InitializeSchema.ALWAYS);
			lock.setAutoCommit(false);
			statement.execute("lock table qq_account_binding");
			long start = System.nanoTime();
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> schema.jdbc().sql("select account from qq_account_binding").query().listOfRows());
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofSeconds(3),
					Duration.ofSeconds(5));
			lock.rollback();
			assertThat(JdbcClient.create(single).sql("select pg_sleep(4.5)").query().listOfRows()).hasSize(1);
		}
	}

}
