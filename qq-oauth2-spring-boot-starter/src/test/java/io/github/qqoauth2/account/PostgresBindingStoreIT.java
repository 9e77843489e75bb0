package io.github.qqoauth2.account;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;

class PostgresBindingStoreIT extends AbstractBindingStoreIT {

	private static final EmbeddedPostgres server = start();

	PostgresBindingStoreIT() {
		super("postgresql", server.getPostgresDatabase());
	}

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

}
