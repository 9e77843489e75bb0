package io.github.qqoauth2.bind;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqRegistration;
import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Uses a registrar that overwrites an existing account of the same name, as many
 * repositories do.
 */
class RegistrationFormTests {

	private final Map<String, UserDetails> accounts = new HashMap<>(
			Map.of("alice", User.withUsername("alice").password("hers").roles("USER").build()));

	private final QqAccountBindings bindings = bindings();

	private final RegistrationForm form = new RegistrationForm(this::save, this.bindings,
			new BoundAccounts(this.bindings, this::load));

	private @Nullable DataAccessException rejection;

	private boolean takenMeanwhile;

	private UserDetails save(QqRegistration registration) {
		if (this.takenMeanwhile) {
			this.accounts.put(registration.username(), this.accounts.get("alice"));
		}
		if (this.rejection != null) {
			throw this.rejection;
		}
		UserDetails user = User.withUsername(registration.username())
			.password(registration.password())
			.roles("USER")
			.build();
		this.accounts.put(user.getUsername(), user);
		return user;
	}

	private @Nullable UserDetails load(String account) {
		return this.accounts.get(account);
	}

	private static QqAccountBindings bindings() {
		DriverManagerDataSource dataSource = new DriverManagerDataSource(
				"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		new ResourceDatabasePopulator(new ClassPathResource("schema-h2.sql", QqAccountBinding.class))
			.execute(dataSource);
		return new QqAccountBindings(QqAccountBindings.jdbcStore(JdbcClient.create(dataSource)), "101",
				Clock.systemUTC(), new TransactionTemplate(new JdbcTransactionManager(dataSource)), (event) -> {
				});
	}

	private RegistrationForm.Registered register(String username) {
		PendingBinding pending = new PendingBindingRepository(
				new HttpSessionLoginStore(PendingBindingRepository.ATTRIBUTE), (identity) -> false,
				new LoginTokens(() -> null), Duration.ofMinutes(5), Clock.systemUTC())
			.create(new QqIdentity("101", "AAAA", null), null, null, false);
		return this.form.register(pending, Map.of("username", username, "password", "the-attackers"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "alice", "qq_0123456789abcdef0123", "QQ_0123", "Qq_0123", "qQ_" })
	@Tag("T-34")
	@Tag("T-56")
	void registerWhenNameTakenOrReservedThenDoesNotCallRegistrar(String username) {
		Map<String, UserDetails> before = Map.copyOf(this.accounts);
		assertThatThrownBy(() -> register(username)).isInstanceOfSatisfying(QqRegistrationException.class,
				(refused) -> assertThat(refused.getErrors()).isEqualTo(Map.of("username", "taken")));
		assertThat(this.accounts).isEqualTo(before);
	}

	@Test
	void registerWhenNameAvailableThenCreatesAccount() {
		assertThat(register("dora")).hasToString("Registered[account=dora]");
		assertThat(this.accounts).containsOnlyKeys("alice", "dora");
	}

	private static List<DataAccessException> rejections() {
		SQLException cause = new SQLException();
		return List.of(new DuplicateKeyException("taken"), new DataIntegrityViolationException("taken"),
				new UncategorizedSQLException("insert", null, cause));
	}

	/**
	 * Another request creates an account of the same name.
	 */
	@ParameterizedTest
	@MethodSource("rejections")
	void registerWhenNameTakenMeanwhileThenTakenWhateverTheException(DataAccessException exception) {
		this.takenMeanwhile = true;
		this.rejection = exception;
		assertThatThrownBy(() -> register("dora")).isInstanceOfSatisfying(QqRegistrationException.class,
				(refused) -> assertThat(refused.getErrors()).isEqualTo(Map.of("username", "taken")));
	}

	@Test
	void registerWhenRegistrarFailsForAnotherReasonThenItsException() {
		this.rejection = new DataIntegrityViolationException("other");
		assertThatThrownBy(() -> register("dora")).isSameAs(this.rejection);
	}

}
