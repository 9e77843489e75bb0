package io.github.qqoauth2.account;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PostgresBindingStoreIT extends AbstractBindingStoreIT {

	@TempDir
	static Path directory;

	private static EmbeddedPostgres server;

	@BeforeAll
	static void start() throws IOException {
		server = EmbeddedPostgres.builder()
			.setOverrideWorkingDirectory(directory.toFile())
			.setPGStartupWait(Duration.ofMinutes(5))
			.setServerConfig("fsync", "off")
			.setServerConfig("synchronous_commit", "off")
			.setServerConfig("full_page_writes", "off")
			.start();
	}

	PostgresBindingStoreIT() {
		super("postgresql", server.getPostgresDatabase());
	}

	@AfterAll
	static void stop() throws IOException {
		server.close();
	}

	@Override
	String address() {
		return server.getJdbcUrl("postgres", "postgres");
	}

	@Override
	String user() {
		return "postgres";
	}

	@Test
	void findWhenManyRowsThenUsesIndex() {
		this.jdbc.sql("""
				insert into qq_account_binding (app_id, openid, account, registered, created_at, last_login_at)
				select '101', upper(md5(i::text)), 'account-' || i, false, now(), now()
				from generate_series(1, ?) i
				""").param(PLAN_ROWS).update();
		this.jdbc.sql("analyze qq_account_binding").update();
		assertThat(plan("openid = upper(md5('77'))")).contains("Index Scan using qq_account_binding_pkey")
			.doesNotContain("Seq Scan");
		assertThat(plan("account = 'account-77'")).contains("Index Scan using qq_account_binding_account")
			.doesNotContain("Seq Scan");
	}

	private String plan(String condition) {
		return this.jdbc.sql("explain " + JdbcQqAccountBindingStore.SELECT + " where app_id = '101' and " + condition)
			.query(String.class)
			.list()
			.toString();
	}

}
