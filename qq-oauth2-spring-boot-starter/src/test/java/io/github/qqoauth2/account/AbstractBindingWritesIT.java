package io.github.qqoauth2.account;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests of {@link QqAccountBindings} with the shipped schema script and writes that the
 * database rejects.
 */
abstract class AbstractBindingWritesIT extends QqAccountBindingStoreContract {

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10Z");

	private static final QqIdentity QQ = new QqIdentity("101", "AAAA", "UID_1");

	private static final QqIdentity OTHER_QQ = new QqIdentity("101", "BBBB", null);

	private static final QqProfile PROFILE = profile("小明 🐼");

	private final String platform;

	final DataSource dataSource;

	final JdbcClient jdbc;

	final JdbcTransactionManager transactionManager;

	final TransactionTemplate transactions;

	private final List<String> events = new ArrayList<>();

	private final ListAppender<ILoggingEvent> log = new ListAppender<>();

	AbstractBindingWritesIT(String platform, DataSource dataSource) {
		this.platform = platform;
		this.dataSource = dataSource;
		this.jdbc = JdbcClient.create(dataSource);
		this.transactionManager = new JdbcTransactionManager(dataSource);
		this.transactions = new TransactionTemplate(this.transactionManager);
	}

	@BeforeEach
	void createTable() {
		for (String table : List.of("qq_account_binding", "qq_authorized_client", "users")) {
			this.jdbc.sql("drop table if exists " + table).update();
		}
		ResourceDatabasePopulator populator = new ResourceDatabasePopulator(
				new ClassPathResource("schema-" + this.platform + ".sql", QqAccountBinding.class),
				new ClassPathResource("schema-authorized-client-" + this.platform + ".sql", QqAccountBinding.class));
		populator.execute(this.dataSource);
		populator.execute(this.dataSource);
		this.log.start();
		logger().addAppender(this.log);
	}

	@AfterEach
	void stopLog() {
		logger().detachAppender(this.log);
	}

	private static Logger logger() {
		return (Logger) LoggerFactory.getLogger(BindingWrites.class);
	}

	static QqProfile profile(String nickname) {
		return QqProfile
			.of(Map.of("nickname", nickname, "gender", "男", "figureurl_qq_2", "https://thirdqq.qlogo.cn/g?s=100"));
	}

	/**
	 * A driver whose exceptions Spring translates to the given kind.
	 */
	private QqAccountBindings bindings(ExceptionKind kind) {
		JdbcTemplate template = new JdbcTemplate(this.dataSource);
		template.setExceptionTranslator((task, sql, ex) -> kind.create(task, ex));
		return bindings(QqAccountBindings.jdbcStore(JdbcClient.create(template)), Duration.ZERO);
	}

	private QqAccountBindings bindings(Duration later) {
		return bindings(QqAccountBindings.jdbcStore(this.jdbc), later);
	}

	private QqAccountBindings bindings() {
		return bindings(Duration.ZERO);
	}

	private QqAccountBindings bindings(QqAccountBindingStore store, Duration later) {
		return new QqAccountBindings(store, "101", Clock.fixed(NOW.plus(later), ZoneOffset.UTC), this.transactions,
				(event) -> this.events.add(((QqAccountEvent) event).kind() + " " + ((QqAccountEvent) event).account()));
	}

	private void createMembers() {
		this.jdbc.sql("drop table if exists member").update();
		this.jdbc.sql("create table member (name varchar(100) primary key)").update();
	}

	private List<String> members() {
		return this.jdbc.sql("select name from member").query((row, number) -> row.getString(1)).list();
	}

	private static QqRegistration registration(String name) {
		return new QqRegistration(name, "password", Map.of(), PROFILE, false);
	}

	private UserDetails create(QqRegistration registration) {
		this.jdbc.sql("insert into member (name) values (?)").param(registration.username()).update();
		return User.withUsername(registration.username()).password("pw").roles("USER").build();
	}

	@ParameterizedTest
	@EnumSource
	@Tag("T-47")
	void bindWhenUniqueKeyRejectsThenReturnsExistingBindingWhateverTheException(ExceptionKind kind) {
		QqAccountBindings bindings = bindings(kind);
		QqAccountBinding bound = bindings.bind(QQ, PROFILE, "alice");
		this.events.clear();
		assertThat(bindings.bind(QQ, PROFILE, "alice")).isEqualTo(bound);
		assertThat(bindings.bind(QQ, null, "bob")).isEqualTo(bound);
		assertThat(bindings.bind(OTHER_QQ, PROFILE, "alice")).isEqualTo(bound);
		assertThat(bindings.find("bob")).isNull();
		assertThat(this.events).isEmpty();
	}

	@ParameterizedTest
	@EnumSource
	@Tag("T-47")
	void registerWhenUniqueKeyRejectsThenNoAccountWhateverTheException(ExceptionKind kind) {
		createMembers();
		QqAccountBindings bindings = bindings(kind);
		bindings.bind(QQ, null, "alice");
		assertThat(bindings.register(QQ, registration("new"), this::create)).isNull();
		assertThat(bindings.register(OTHER_QQ, registration("alice"), this::create)).isNull();
		assertThat(members()).isEmpty();
		assertThat(this.events).containsExactly("BOUND alice");
	}

	@ParameterizedTest
	@EnumSource
	void moveAndRenameWhenUniqueKeyRejectsThenFalseWhateverTheException(ExceptionKind kind) {
		QqAccountBindings bindings = bindings(kind);
		QqAccountBinding bound = bindings.bind(QQ, null, "alice");
		bindings.bind(OTHER_QQ, null, "bob");
		this.events.clear();
		assertThat(bindings.move(bound, "bob")).isFalse();
		assertThat(bindings.rename("alice", "bob")).isFalse();
		assertThat(bindings.find("alice")).isEqualTo(bound);
		assertThat(this.events).isEmpty();
	}

	/**
	 * A write that the database rejects for another reason stays a failure.
	 */
	@ParameterizedTest
	@EnumSource
	void writesWhenNoBindingInTheWayThenFailWithTheException(ExceptionKind kind) {
		createMembers();
		bindings().bind(OTHER_QQ, null, "bob");
		QqAccountBinding bound = bindings().find("bob");
		assertThat(bound).isNotNull();
		this.events.clear();
		this.jdbc.sql("alter table qq_account_binding add constraint refused check (account = 'bob')").update();
		QqAccountBindings bindings = bindings(kind);
		Class<?> expected = (kind != ExceptionKind.DUPLICATE_KEY) ? kind.create("task", new SQLException()).getClass()
				: IllegalStateException.class;
		assertThatThrownBy(() -> bindings.bind(QQ, PROFILE, "alice")).isInstanceOf(expected);
		assertThatThrownBy(() -> bindings.register(QQ, registration("new"), this::create)).isInstanceOf(expected);
		if (kind != ExceptionKind.DUPLICATE_KEY) {
			assertThatThrownBy(() -> bindings.move(bound, "alice")).isInstanceOf(expected);
		}
		assertThat(bindings.find(QQ)).isNull();
		assertThat(bindings.find("bob")).isEqualTo(bound);
		assertThat(members()).isEmpty();
		assertThat(this.events).isEmpty();
		assertThat(this.log.list).isEmpty();
	}

	/**
	 * The exception of the application's registrar is not taken for that of the store.
	 */
	@ParameterizedTest
	@EnumSource
	void registerWhenRegistrarFailsThenItsException(ExceptionKind kind) {
		DataAccessException failure = kind.create("insert", new SQLException());
		AtomicInteger calls = new AtomicInteger();
		assertThatThrownBy(() -> bindings().register(QQ, registration("new"), (registration) -> {
			calls.incrementAndGet();
			throw failure;
		})).isSameAs(failure);
		assertThat(calls).hasValue(1);
	}

	@Test
	void bindWhenBoundByTheSameTransactionThenReturnsBinding() {
		this.transactions.executeWithoutResult((status) -> {
			QqAccountBinding bound = bindings().bind(QQ, PROFILE, "alice");
			assertThat(bindings().bind(QQ, PROFILE, "alice")).isEqualTo(bound);
			status.setRollbackOnly();
		});
	}

	/**
	 * The existing binding is read in another transaction: PostgreSQL rejects queries in
	 * the failed one.
	 */
	@Test
	void bindWhenRejectedInTransactionOfCallerThenReturnsExistingBindingAndMarksRollbackOnly() {
		QqAccountBinding bound = bindings().bind(QQ, null, "alice");
		this.transactions.executeWithoutResult((status) -> {
			assertThat(bindings(ExceptionKind.DATA_INTEGRITY).bind(QQ, null, "bob")).isEqualTo(bound);
			assertThat(status.isRollbackOnly()).isTrue();
			status.setRollbackOnly();
		});
	}

	/**
	 * The transaction was committed, but the answer of the database was lost.
	 */
	private QqAccountBindings bindingsWithLostCommit() {
		JdbcTransactionManager manager = new JdbcTransactionManager(this.dataSource) {

			@Override
			protected void doCommit(DefaultTransactionStatus status) {
				super.doCommit(status);
				if (!AbstractBindingWritesIT.this.events.isEmpty()) {
					AbstractBindingWritesIT.this.events.clear();
					throw new TransactionSystemException("lost");
				}
			}

		};
		return new QqAccountBindings(store(), "101", Clock.fixed(NOW, ZoneOffset.UTC), new TransactionTemplate(manager),
				(event) -> this.events.add("published"));
	}

	@Test
	void writesWhenAnswerOfCommitIsLostThenSucceed() {
		createMembers();
		QqAccountBindings bindings = bindingsWithLostCommit();
		assertThat(bindings.register(QQ, registration("new"), this::create)).isNotNull();
		QqAccountBinding registered = bindings.find(QQ);
		assertThat(registered).isNotNull();
		assertThat(bindings.move(registered, "alice")).isTrue();
		assertThat(bindings.rename("alice", "alicia")).isTrue();
		assertThat(bindings.bind(OTHER_QQ, null, "bob").account()).isEqualTo("bob");
		assertThat(bindings.find("alicia")).isNotNull().extracting(QqAccountBinding::openid).isEqualTo("AAAA");
		assertThat(bindings.find("bob")).isNotNull();
		assertThat(members()).containsExactly("new");
	}

	void refuseNicknames() {
		this.jdbc.sql("alter table qq_account_binding add constraint refused check (nickname <> '小明 🐼')").update();
	}

	private void assertBoundWithoutProfile(String account) {
		assertThat(bindings().find(QQ))
			.isEqualTo(new QqAccountBinding("101", "AAAA", account, null, null, null, null, NOW, false, NOW, NOW));
		assertThat(this.log.list).singleElement()
			.extracting(ILoggingEvent::getFormattedMessage)
			.asString()
			.contains("The database refused a QQ profile", "nickname", "utf8mb4", "SQL state")
			.doesNotContain("小明", "AAAA", "qlogo");
		assertThat(this.log.list.get(0).getThrowableProxy()).isNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void bindWhenProfileIsRefusedThenBoundWithoutIt(boolean savepoints) {
		this.transactionManager.setNestedTransactionAllowed(savepoints);
		refuseNicknames();
		QqAccountBindings bindings = bindings();
		QqAccountBinding bound = bindings.bind(QQ, PROFILE, "alice");
		assertThat(bindings.find(QQ)).isEqualTo(bound);
		assertThat(this.events).containsExactly("BOUND alice");
		assertThat(bindings.remove("alice")).isTrue();
		bindings.bind(QQ, PROFILE, "alice");
		assertBoundWithoutProfile("alice");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void registerWhenProfileIsRefusedThenAccountAndBindingWithoutIt(boolean savepoints) {
		this.transactionManager.setNestedTransactionAllowed(savepoints);
		createMembers();
		refuseNicknames();
		assertThat(bindings().register(QQ, registration("new"), this::create)).isNotNull();
		assertThat(members()).containsExactly("new");
		assertThat(this.events).containsExactly("REGISTERED new");
		assertBoundWithoutProfile("new");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void loggedInWhenProfileIsRefusedThenKeepsStoredProfile(boolean savepoints) {
		this.transactionManager.setNestedTransactionAllowed(savepoints);
		QqAccountBinding bound = bindings().bind(QQ, profile("old"), "alice");
		refuseNicknames();
		this.events.clear();
		Duration later = Duration.ofDays(8);
		QqAccountBinding seen = bindings(later).loggedIn(bound, new QqIdentity("101", "AAAA", "UID_2"), PROFILE);
		assertThat(seen).isEqualTo(new QqAccountBinding("101", "AAAA", "alice", "UID_1", "old", bound.avatarUrl(), "男",
				NOW.plus(later), false, NOW, NOW.plus(later)));
		assertThat(bindings().find(QQ)).isEqualTo(seen);
		assertThat(this.events).containsExactly("LOGGED_IN alice");
		assertThat(this.log.list).hasSize(1);
	}

	@Test
	void bindWhenProfileIsRefusedInTransactionOfCallerThenBoundWithoutIt() {
		refuseNicknames();
		this.transactions.executeWithoutResult((status) -> bindings().bind(QQ, PROFILE, "alice"));
		assertBoundWithoutProfile("alice");
	}

	/**
	 * A site's own table: any column of the profile may be too short.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "nickname", "avatar_url", "gender", "unionid" })
	void bindWhenColumnIsTooShortThenBoundWithoutProfile(String column) {
		this.jdbc.sql("alter table qq_account_binding drop column " + column).update();
		this.jdbc.sql("alter table qq_account_binding add column " + column + " char(1)").update();
		QqAccountBindings bindings = bindings();
		QqProfile profile = QqProfile
			.of(Map.of("nickname", "小明", "gender", "男性", "figureurl_qq_2", "https://thirdqq.qlogo.cn/g?s=100"));
		bindings.bind(QQ, profile, "alice");
		assertBoundWithoutProfile("alice");
		QqAccountBinding stored = bindings.find(QQ);
		assertThat(stored).isNotNull();
		assertThat(bindings.loggedIn(stored, QQ, profile).account()).isEqualTo("alice");
		assertThat(this.log.list).hasSize(1);
	}

	/**
	 * Returns the type of a user name, as in the documents.
	 */
	String userNameType() {
		return "varchar(100)";
	}

	/**
	 * Creates the foreign keys that the documents show, with one bound user.
	 */
	private QqAccountBindings bindingsFollowUsers() {
		this.jdbc.sql("create table users (username " + userNameType() + " not null primary key)").update();
		for (String table : List.of("qq_account_binding", "qq_authorized_client")) {
			this.jdbc
				.sql("alter table " + table + " add constraint " + table
						+ "_user foreign key (account) references users (username) on update cascade on delete cascade")
				.update();
		}
		this.jdbc.sql("insert into users values ('alice')").update();
		bindings().bind(QQ, PROFILE, "alice");
		this.jdbc.sql("insert into qq_authorized_client values ('101', 'alice', 'tokens', ?)")
			.param(LocalDateTime.of(2026, 11, 21, 8, 9))
			.update();
		this.events.clear();
		return bindings();
	}

	private void renameUser() {
		this.jdbc.sql("update users set username = 'alicia' where username = 'alice'").update();
	}

	private void assertOnlyBound(String account) {
		assertThat(bindings().find(QQ)).isNotNull().extracting(QqAccountBinding::account).isEqualTo(account);
		assertThat(this.jdbc.sql("select account from qq_authorized_client").query(String.class).list())
			.containsExactly(account);
	}

	@Test
	@Tag("T-53")
	void findWhenUserDeletedAndNameGivenToAnotherThenUnbound() {
		QqAccountBindings bindings = bindingsFollowUsers();
		this.jdbc.sql("delete from users where username = 'alice'").update();
		assertThat(bindings.remove("alice")).isFalse();
		this.jdbc.sql("insert into users values ('alice')").update();
		assertThat(bindings.find(QQ)).isNull();
		assertThat(bindings.find("alice")).isNull();
		assertThat(this.jdbc.sql("select count(*) from qq_authorized_client").query(Long.class).single()).isZero();
	}

	@Test
	@Tag("T-53")
	void removeWhenCalledBeforeUserIsDeletedThenUnboundWithEvent() {
		QqAccountBindings bindings = bindingsFollowUsers();
		this.transactions.executeWithoutResult((status) -> {
			assertThat(bindings.remove("alice")).isTrue();
			this.jdbc.sql("delete from users where username = 'alice'").update();
		});
		assertThat(bindings.find(QQ)).isNull();
		assertThat(this.events).containsExactly("UNBOUND alice");
	}

	@Test
	@Tag("T-53")
	void findWhenUserRenamedAndNameGivenToAnotherThenBindingOfRenamedUser() {
		QqAccountBindings bindings = bindingsFollowUsers();
		renameUser();
		this.jdbc.sql("insert into users values ('alice')").update();
		assertOnlyBound("alicia");
		assertThat(bindings.find("alice")).isNull();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T-53")
	void renameWhenCalledAfterUserIsRenamedThenTrueWithEvent(boolean oneTransaction) {
		QqAccountBindings bindings = bindingsFollowUsers();
		runIn(oneTransaction, () -> {
			renameUser();
			assertThat(bindings.rename("alice", "alicia")).isTrue();
		});
		assertOnlyBound("alicia");
		assertThat(this.events).containsExactly("RENAMED alicia");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	@Tag("T-53")
	void renameWhenCalledBeforeUserIsRenamedThenFalseAndRenamedWithUser(boolean oneTransaction) {
		QqAccountBindings bindings = bindingsFollowUsers();
		runIn(oneTransaction, () -> {
			assertThat(bindings.rename("alice", "alicia")).isFalse();
			renameUser();
		});
		assertOnlyBound("alicia");
		assertThat(this.events).isEmpty();
	}

	private void runIn(boolean transaction, Runnable action) {
		if (transaction) {
			this.transactions.executeWithoutResult((status) -> action.run());
		}
		else {
			action.run();
		}
	}

	/**
	 * The exceptions that drivers and translators use for a unique key.
	 */
	enum ExceptionKind {

		DUPLICATE_KEY, DATA_INTEGRITY, UNCATEGORIZED, RESOURCE_USAGE;

		DataAccessException create(String task, SQLException cause) {
			return switch (this) {
				case DUPLICATE_KEY -> new DuplicateKeyException(task, cause);
				case DATA_INTEGRITY -> new DataIntegrityViolationException(task, cause);
				case UNCATEGORIZED -> new UncategorizedSQLException(task, null, cause);
				case RESOURCE_USAGE -> new InvalidDataAccessResourceUsageException(task, cause);
			};
		}

	}

}
