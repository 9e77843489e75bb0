package io.github.qqoauth2.account;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every store must do, over every database that a script is shipped for.
 */
abstract class AbstractBindingStoreIT {

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10.123456Z");

	private final String script;

	final DataSource dataSource;

	final QqAccountBindingStore store;

	AbstractBindingStoreIT(String platform, DataSource dataSource) {
		this.script = "schema-" + platform + ".sql";
		this.dataSource = dataSource;
		this.store = QqAccountBindingStore.jdbc(JdbcClient.create(dataSource));
	}

	@BeforeEach
	void createTable() {
		JdbcClient.create(this.dataSource).sql("drop table if exists qq_account_binding").update();
		ResourceDatabasePopulator populator = new ResourceDatabasePopulator(
				new ClassPathResource(this.script, QqAccountBinding.class));
		populator.execute(this.dataSource);
		populator.execute(this.dataSource);
	}

	static QqAccountBinding binding(String appId, String openid, String account) {
		return new QqAccountBinding(appId, openid, account, null, null, null, null, null, false, NOW, NOW);
	}

	private static QqAccountBinding full(@Nullable String nickname) {
		return new QqAccountBinding("101", "AAAA", "爱丽丝", "UID_1", nickname, "https://thirdqq.qlogo.cn/g?a=1&b=2", "女",
				NOW.minus(1, ChronoUnit.DAYS), true, NOW, NOW.plusSeconds(1));
	}

	@Test
	void findWhenInsertedThenEqualInEveryField() {
		QqAccountBinding binding = full("🐼 小明 " + "長".repeat(200));
		assertThat(this.store.insert(binding)).isTrue();
		assertThat(this.store.findByOpenid("101", "AAAA")).isEqualTo(binding);
		assertThat(this.store.findByAccount("101", "爱丽丝")).isEqualTo(binding);
		assertThat(this.store.findByOpenid("102", "AAAA")).isNull();
		assertThat(this.store.findByAccount("102", "爱丽丝")).isNull();
	}

	@Test
	void insertWhenQqOrAccountIsBoundThenFalseAndNothingChanged() {
		QqAccountBinding binding = full("小明");
		this.store.insert(binding);
		assertThat(this.store.insert(binding("101", "AAAA", "bob"))).isFalse();
		assertThat(this.store.insert(binding("101", "BBBB", "爱丽丝"))).isFalse();
		assertThat(this.store.findByOpenid("101", "AAAA")).isEqualTo(binding);
		assertThat(this.store.findByOpenid("101", "BBBB")).isNull();
		assertThat(this.store.insert(binding("102", "AAAA", "爱丽丝"))).isTrue();
	}

	@Test
	@Tag("T-15")
	void findWhenCaseOrBlanksDifferThenAnotherQq() {
		assertThat(this.store.insert(binding("101", "AAAAa", "alice"))).isTrue();
		assertThat(this.store.findByOpenid("101", "AAAAA")).isNull();
		assertThat(this.store.findByOpenid("101", "AAAAa ")).isNull();
		assertThat(this.store.findByAccount("101", "Alice")).isNull();
		assertThat(this.store.findByAccount("101", "alice ")).isNull();
		assertThat(this.store.insert(binding("101", "AAAAA", "ALICE"))).isTrue();
		assertThat(this.store.findByOpenid("101", "AAAAa")).isEqualTo(binding("101", "AAAAa", "alice"));
	}

	@Test
	void updateWhenProfileIsFreshThenOnlyItChanges() {
		this.store.insert(full("old"));
		this.store.insert(binding("101", "BBBB", "bob"));
		QqAccountBinding fresh = new QqAccountBinding("101", "AAAA", "somebody else", "UID_2", "new", null, null,
				NOW.plusSeconds(2), false, NOW.plusSeconds(3), NOW.plusSeconds(4));
		this.store.update(fresh);
		assertThat(this.store.findByOpenid("101", "AAAA")).isEqualTo(new QqAccountBinding("101", "AAAA", "爱丽丝", "UID_2",
				"new", null, null, NOW.plusSeconds(2), true, NOW, NOW.plusSeconds(4)));
		assertThat(this.store.findByOpenid("101", "BBBB")).isEqualTo(binding("101", "BBBB", "bob"));
	}

	@Test
	void deleteWhenBoundThenGoneOnce() {
		this.store.insert(full("小明"));
		assertThat(this.store.delete("102", "爱丽丝")).isFalse();
		assertThat(this.store.delete("101", "爱丽丝")).isTrue();
		assertThat(this.store.delete("101", "爱丽丝")).isFalse();
		assertThat(this.store.findByOpenid("101", "AAAA")).isNull();
	}

}
