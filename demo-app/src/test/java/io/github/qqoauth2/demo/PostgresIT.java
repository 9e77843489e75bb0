package io.github.qqoauth2.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The profile {@code postgres} with a real server.
 */
class PostgresIT extends AbstractProfileIT {

	@TempDir
	static Path binaries;

	private static @Nullable EmbeddedPostgres server;

	/**
	 * Unpacks the server into a folder of this process. The data need not survive a
	 * crash.
	 */
	@BeforeAll
	@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	static void start() throws IOException {
		server = EmbeddedPostgres.builder()
			.setOverrideWorkingDirectory(binaries.toFile())
			.setPGStartupWait(Duration.ofMinutes(3))
			.setServerConfig("fsync", "off")
			.setServerConfig("synchronous_commit", "off")
			.setServerConfig("full_page_writes", "off")
			.start();
	}

	@AfterAll
	static void stop() throws IOException {
		if (server != null) {
			server.close();
		}
	}

	@Override
	String[] arguments() {
		return new String[] { "--spring.profiles.active=postgres",
				"--spring.datasource.url=" + Objects.requireNonNull(server).getJdbcUrl("postgres", "postgres") };
	}

}
