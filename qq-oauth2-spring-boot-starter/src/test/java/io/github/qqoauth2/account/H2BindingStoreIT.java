package io.github.qqoauth2.account;

import java.nio.file.Path;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;

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

	@Test
	@Tag("T-15")
	void findWhenColumnsIgnoreCaseThenMatchesExactly() {
		this.jdbc.sql("alter table qq_account_binding alter column openid varchar_ignorecase(64) not null").update();
		this.jdbc.sql("alter table qq_account_binding alter column account varchar_ignorecase(190) not null").update();
		store().insert(binding("AAAAa", "alice"));
		assertThat(store().find(new QqIdentity(APP_ID, "AAAAA", null))).isNull();
		assertThat(store().find(APP_ID, "ALICE")).isNull();
		assertThat(store().find(new QqIdentity(APP_ID, "AAAAa", null))).isNotNull();
		assertThat(store().find(APP_ID, "alice")).isNotNull();
	}

}
