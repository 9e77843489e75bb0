package io.github.qqoauth2.account;

import java.nio.file.Path;

import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class H2BindingStoreIT extends AbstractBindingStoreIT {

	@TempDir
	static Path directory;

	H2BindingStoreIT() {
		super("h2", new DriverManagerDataSource(url(), "sa", ""));
	}

	private static String url() {
		return "jdbc:h2:file:" + directory.resolve("store") + ";AUTO_SERVER=TRUE;DB_CLOSE_DELAY=-1";
	}

	@Override
	String address() {
		return url();
	}

	@Override
	String user() {
		return "sa";
	}

}
