package io.github.qqoauth2.bind;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.core.userdetails.User;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;

class BoundAccountsTests {

	private static final QqIdentity IDENTITY = new QqIdentity("101", "AAAA", null);

	private final Set<String> names = new HashSet<>(Set.of("alice", "bob"));

	private final List<String> events = new ArrayList<>();

	private final QqAccountBindings bindings = bindings();

	private final BoundAccounts accounts = new BoundAccounts(this.bindings,
			(name) -> this.names.contains(name) ? User.withUsername(name).password("x").roles("USER").build() : null);

	private QqAccountBindings bindings() {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(
				"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		new ResourceDatabasePopulator(new ClassPathResource("schema-h2.sql", QqAccountBinding.class))
			.execute(dataSource);
		return new QqAccountBindings(QqAccountBindings.jdbcStore(JdbcClient.create(dataSource)), "101",
				Clock.systemUTC(), new TransactionTemplate(new JdbcTransactionManager(dataSource)),
				(event) -> this.events.add(((QqAccountEvent) event).kind() + " " + ((QqAccountEvent) event).account()));
	}

	@Test
	void findWhenAccountExistsThenReturnsBindingAndAccount() {
		assertThat(this.accounts.find(IDENTITY)).isNull();
		this.bindings.bind(IDENTITY, null, "alice");
		BoundAccounts.BoundAccount found = Objects.requireNonNull(this.accounts.find(IDENTITY));
		assertThat(found.account().getUsername()).isEqualTo("alice");
		assertThat(found.binding().openid()).isEqualTo("AAAA");
	}

	@Test
	void findWhenAccountNoLongerExistsThenNull() {
		this.bindings.bind(IDENTITY, null, "alice");
		this.names.remove("alice");
		assertThat(this.accounts.find(IDENTITY)).isNull();
		assertThat(this.bindings.find("alice")).isNotNull();
	}

	@Test
	void removeOrphanWhenAccountNoLongerExistsThenAnotherAccountIsBindable() {
		this.bindings.bind(IDENTITY, null, "alice");
		this.names.remove("alice");
		this.accounts.removeOrphan(IDENTITY);
		assertThat(this.bindings.find("alice")).isNull();
		assertThat(this.bindings.bind(IDENTITY, null, "bob").account()).isEqualTo("bob");
		assertThat(this.events).containsExactly("BOUND alice", "UNBOUND alice", "BOUND bob");
	}

	@ParameterizedTest
	@ValueSource(strings = { "alice@example.com", "ALICE", "alice ", "Alice" })
	@Tag("T-51")
	void findWhenLoaderReturnsAnotherAccountThenNull(String key) {
		BoundAccounts folding = new BoundAccounts(this.bindings,
				(name) -> User.withUsername("alice").password("x").roles("USER").build());
		this.bindings.bind(IDENTITY, null, key);
		assertThat(folding.find(IDENTITY)).isNull();
		assertThat(folding.exists(key)).isFalse();
		assertThat(folding.isTaken(key)).isTrue();
		assertThat(this.bindings.find(key)).isNotNull();
	}

	@Test
	void removeOrphanWhenAccountExistsThenKeepsBinding() {
		this.accounts.removeOrphan(IDENTITY);
		this.bindings.bind(IDENTITY, null, "alice");
		this.accounts.removeOrphan(IDENTITY);
		assertThat(this.bindings.find("alice")).isNotNull();
	}

}
