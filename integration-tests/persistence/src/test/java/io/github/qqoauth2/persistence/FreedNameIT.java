package io.github.qqoauth2.persistence;

import java.util.Map;

import jakarta.persistence.EntityManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountRegistrar;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of a foreign key to the members, added by a Flyway migration. JPA delays its
 * statements, which the key does not allow.
 */
@SpringBootTest(classes = Shop.class,
		properties = { "qq.oauth2.app-id=101000001", "qq.oauth2.app-key=key",
				"spring.datasource.url=jdbc:h2:mem:freed-name;DB_CLOSE_DELAY=-1",
				"spring.jpa.hibernate.ddl-auto=validate", "qq.oauth2.jdbc.initialize-schema=never",
				"spring.flyway.locations=classpath:db/migration,classpath:db/foreign-key" })
@Tag("T-53")
class FreedNameIT {

	private static final QqIdentity QQ = new QqIdentity("101000001", "AAAA", null);

	@Autowired
	QqAccountBindings bindings;

	@Autowired
	QqAccountRegistrar registrar;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	EntityManager entities;

	@Autowired
	PlatformTransactionManager transactions;

	@AfterEach
	void clearTables() {
		this.jdbc.sql("delete from jpa_member").update();
	}

	private void register(String name) {
		assertThat(
				this.bindings.register(QQ, new QqRegistration(name, "password", Map.of(), null, false), this.registrar))
			.isNotNull();
	}

	private void inTransaction(Runnable action) {
		new TransactionTemplate(this.transactions).executeWithoutResult((status) -> action.run());
	}

	private void delete(String name) {
		this.entities.remove(this.entities.getReference(JpaMember.class, name));
	}

	@Test
	void findWhenMemberDeletedAndNameGivenToAnotherThenUnbound() {
		register("dora");
		inTransaction(() -> delete("dora"));
		inTransaction(() -> this.entities.persist(new JpaMember("dora", "other")));
		assertThat(this.bindings.find(QQ)).isNull();
		assertThat(this.bindings.find("dora")).isNull();
	}

	@Test
	void removeWhenMemberDeletedInSameTransactionThenUnbound() {
		register("dora");
		inTransaction(() -> {
			delete("dora");
			this.bindings.remove("dora");
		});
		assertThat(this.bindings.find(QQ)).isNull();
	}

	@Test
	void renameWhenMemberRenamedThenBindingRenamed() {
		register("dora");
		inTransaction(() -> {
			this.entities.createQuery("update JpaMember set name = 'theodora' where name = 'dora'").executeUpdate();
			assertThat(this.bindings.rename("dora", "theodora")).isTrue();
		});
		assertThat(this.bindings.find(QQ)).isNotNull().extracting(QqAccountBinding::account).isEqualTo("theodora");
	}

}
