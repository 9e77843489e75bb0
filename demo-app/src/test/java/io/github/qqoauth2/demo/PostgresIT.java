package io.github.qqoauth2.demo;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;

/**
 * The profile {@code postgres}, on a real server.
 */
class PostgresIT extends AbstractProfileIT {

	private static final EmbeddedPostgres server = start();

	private static EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.builder().start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@AfterAll
	static void stop() throws IOException {
		server.close();
	}

	@Override
	String[] arguments() {
		return new String[] { "--spring.profiles.active=postgres",
				"--spring.datasource.url=" + server.getJdbcUrl("postgres", "postgres") };
	}

}
