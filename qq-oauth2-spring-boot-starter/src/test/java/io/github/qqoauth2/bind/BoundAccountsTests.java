package io.github.qqoauth2.bind;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.DisabledException;
import org.springframework.security.core.userdetails.User;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountEvent;
import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
	@Tag("T-64")
	void findWhenLoaderThrowsThenNamesRemedy() {
		IllegalStateException failure = new IllegalStateException("no login in progress");
		BoundAccounts failing = new BoundAccounts(this.bindings, (name) -> {
			throw failure;
		});
		this.bindings.bind(IDENTITY, null, "alice");
		assertThatExceptionOfType(AuthenticationServiceException.class).isThrownBy(() -> failing.find(IDENTITY))
			.withMessageContainingAll("'alice' could not be loaded", "QqAccountLoader")
			.withCause(failure);
	}

	@Test
	void findWhenLoaderReportsStatusOrDatabaseThenRethrown() {
		this.bindings.bind(IDENTITY, null, "alice");
		for (RuntimeException failure : List.of(new DisabledException("disabled"), new QueryTimeoutException("down"))) {
			BoundAccounts failing = new BoundAccounts(this.bindings, (name) -> {
				throw failure;
			});
			assertThatThrownBy(() -> failing.find(IDENTITY)).isSameAs(failure);
		}
	}

	@Test
	@Tag("T-51")
	void warnOfEchoWhenLoaderReturnsRequestedSpellingThenWarnsOnce() {
		BoundAccounts echoing = new BoundAccounts(this.bindings, (name) -> name.equalsIgnoreCase("alice")
				? User.withUsername(name).password("hash of alice").roles("USER").build() : null);
		assertThat(warnings(() -> {
			echoing.warnOfEcho("alice");
			echoing.warnOfEcho("Alice");
		})).singleElement().asString().contains("'alice'", "'ALICE'", "Declare a QqAccountLoader");
	}

	@Test
	@Tag("T-51")
	void warnOfEchoWhenSpellingsAreDifferentAccountsOrExactThenNone() {
		BoundAccounts two = new BoundAccounts(this.bindings,
				(name) -> User.withUsername(name).password("hash of " + name).roles("USER").build());
		BoundAccounts folding = new BoundAccounts(this.bindings,
				(name) -> User.withUsername("alice").password("hash of alice").roles("USER").build());
		BoundAccounts failing = new BoundAccounts(this.bindings, (name) -> {
			throw new IllegalStateException("loader");
		});
		assertThat(warnings(() -> {
			two.warnOfEcho("alice");
			this.accounts.warnOfEcho("alice");
			folding.warnOfEcho("ALICE");
			failing.warnOfEcho("alice");
			failing.warnOfEcho("42");
		})).isEmpty();
	}

	private static List<String> warnings(Runnable action) {
		Logger logger = (Logger) LoggerFactory.getLogger(BoundAccounts.class);
		ListAppender<ILoggingEvent> log = new ListAppender<>();
		log.start();
		logger.addAppender(log);
		try {
			action.run();
			return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
		}
		finally {
			logger.detachAppender(log);
		}
	}

	@Test
	void removeOrphanWhenAccountExistsThenKeepsBinding() {
		this.accounts.removeOrphan(IDENTITY);
		this.bindings.bind(IDENTITY, null, "alice");
		this.accounts.removeOrphan(IDENTITY);
		assertThat(this.bindings.find("alice")).isNotNull();
	}

}
