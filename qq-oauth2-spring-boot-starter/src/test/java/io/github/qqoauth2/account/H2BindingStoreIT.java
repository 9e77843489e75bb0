package io.github.qqoauth2.account;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

class H2BindingStoreIT extends AbstractBindingStoreIT {

	H2BindingStoreIT() {
		super("h2", new DriverManagerDataSource("jdbc:h2:mem:store;DB_CLOSE_DELAY=-1"));
	}

	@Test
	@Tag("T-15")
	void findWhenTableFoldsCaseThenStillNotAnotherQqOrAccount() {
		JdbcClient jdbc = JdbcClient.create(this.dataSource);
		jdbc.sql("alter table qq_account_binding alter column openid varchar_ignorecase(64) not null").update();
		jdbc.sql("alter table qq_account_binding alter column account varchar_ignorecase(190) not null").update();
		this.store.insert(binding("101", "AAAAa", "alice"));
		assertThat(this.store.findByOpenid("101", "AAAAA")).isNull();
		assertThat(this.store.findByAccount("101", "ALICE")).isNull();
		assertThat(this.store.findByOpenid("101", "AAAAa")).isNotNull();
		assertThat(this.store.findByAccount("101", "alice")).isNotNull();
	}

}
