package io.github.qqoauth2.persistence;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests that account and binding are written in one transaction, with JPA and with
 * MyBatis.
 */
@SpringBootTest(properties = { "qq.oauth2.app-id=101000001", "qq.oauth2.app-key=key",
		"spring.datasource.url=jdbc:h2:mem:persistence;DB_CLOSE_DELAY=-1", "spring.jpa.hibernate.ddl-auto=validate",
		"qq.oauth2.jdbc.initialize-schema=never" })
class PersistenceIT {

	private static final QqIdentity QQ = new QqIdentity("101000001", "AAAA", null);

	@Autowired
	QqAccountBindings bindings;

	@Autowired
	QqAccountRegistrar registrar;

	@Autowired
	Shop.Deletion deletion;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	PlatformTransactionManager transactions;

	@AfterEach
	void clearTables() {
		for (String table : List.of("qq_account_binding", "jpa_member", "mybatis_member")) {
			this.jdbc.sql("delete from " + table).update();
		}
	}

	private boolean register(String name) {
		return this.bindings.register(QQ, new QqRegistration(name, "password", Map.of(), null, false),
				this.registrar) != null;
	}

	private List<String> members() {
		return this.jdbc.sql("select name from jpa_member union all select name from mybatis_member")
			.query((row, number) -> row.getString(1))
			.list();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jpa-dora", "mybatis-dora" })
	void registerWhenIdentityIsUnboundThenWritesAccountAndBinding(String name) {
		assertThat(this.transactions).isInstanceOf(JpaTransactionManager.class);
		assertThat(register(name)).isTrue();
		assertThat(members()).containsExactly(name);
		assertThat(this.bindings.find(name)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jpa-dora", "mybatis-dora" })
	void registerWhenIdentityIsBoundThenWritesNeither(String name) {
		this.bindings.bind(QQ, null, "alice");
		assertThat(register(name)).isFalse();
		assertThat(members()).isEmpty();
		assertThat(this.bindings.find(name)).isNull();
		assertThat(this.bindings.find("alice")).isNotNull();
	}

	@Test
	void removeWhenTransactionRollsBackThenKeepsBinding() {
		register("jpa-dora");
		assertThatThrownBy(() -> this.deletion.delete("jpa-dora", true)).hasMessage("rolled back");
		assertThat(members()).containsExactly("jpa-dora");
		assertThat(this.bindings.find("jpa-dora")).isNotNull();
		this.deletion.delete("jpa-dora", false);
		assertThat(members()).isEmpty();
		assertThat(this.bindings.find(QQ)).isNull();
	}

}
