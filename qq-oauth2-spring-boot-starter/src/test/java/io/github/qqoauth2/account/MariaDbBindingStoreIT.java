package io.github.qqoauth2.account;

import java.util.HashMap;
import java.util.Map;

import ch.vorburger.exec.ManagedProcessException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;

class MariaDbBindingStoreIT extends AbstractBindingStoreIT {

	private static final EmbeddedMariaDb server = EmbeddedMariaDb.onFreePort();

	MariaDbBindingStoreIT() {
		super("mysql", new DriverManagerDataSource(server.url(), "root", ""));
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

	/**
	 * The character set {@code utf8} of MySQL, which lacks emoji.
	 */
	@Override
	void refuseNicknames() {
		this.jdbc.sql("alter table qq_account_binding modify nickname varchar(255) character set utf8mb3").update();
	}

	/**
	 * A foreign key requires the character set and collation of the script.
	 */
	@Override
	String userNameType() {
		return "varchar(100) character set utf8mb4 collate utf8mb4_bin";
	}

	@Override
	String address() {
		return server.url();
	}

	@Override
	String user() {
		return "root";
	}

	@Test
	void findWhenManyRowsThenReadsOneRowByIndex() {
		this.jdbc.sql("""
				insert into qq_account_binding (app_id, openid, account, registered, created_at, last_login_at)
				select '101', upper(md5(seq)), concat('account-', seq), false, utc_timestamp(), utc_timestamp()
				from seq_1_to_%d
				""".formatted(PLAN_ROWS)).update();
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
