package io.github.qqoauth2.account;

import java.io.IOException;
import java.io.UncheckedIOException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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

	@Override
	String address() {
		return server.getJdbcUrl("postgres", "postgres");
	}

	@Override
	String user() {
		return "postgres";
	}

	@Test
	void findWhenOneMillionRowsThenUsesIndex() {
		this.jdbc.sql("""
				insert into qq_account_binding (app_id, openid, account, registered, created_at, last_login_at)
				select '101', upper(md5(i::text)), 'account-' || i, false, now(), now()
				from generate_series(1, 1000000) i
				""").update();
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
