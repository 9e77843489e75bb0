package io.github.qqoauth2.account;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import javax.sql.DataSource;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The store over the table that the starter ships a script for, on one database.
 */
abstract class AbstractBindingStoreIT extends QqAccountBindingStoreContract {

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10.123456Z");

	/** More with {@code -Drace.rounds}. */
	private static final int ROUNDS = Integer.getInteger("race.rounds", 20);

	/** In each process; more with {@code -Drace.threads}. */
	private static final int THREADS = Integer.getInteger("race.threads", 16);

	/** A million with {@code -Dplan.rows=1000000}. */
	static final int PLAN_ROWS = Integer.getInteger("plan.rows", 100_000);

	private final String script;

	final DataSource dataSource;

	final JdbcClient jdbc;

	final TransactionTemplate transactions;

	AbstractBindingStoreIT(String platform, DataSource dataSource) {
		this.script = "schema-" + platform + ".sql";
		this.dataSource = dataSource;
		this.jdbc = JdbcClient.create(dataSource);
		this.transactions = new TransactionTemplate(new JdbcTransactionManager(dataSource));
	}

	@BeforeEach
	void createTable() {
		this.jdbc.sql("drop table if exists qq_account_binding").update();
		ResourceDatabasePopulator populator = new ResourceDatabasePopulator(
				new ClassPathResource(this.script, QqAccountBinding.class));
		populator.execute(this.dataSource);
		populator.execute(this.dataSource);
	}

	@Override
	protected QqAccountBindingStore store() {
		return QqAccountBindings.jdbcStore(this.jdbc);
	}

	private static QqAccountBinding full(String nickname) {
		return new QqAccountBinding("101", "AAAA", "爱丽丝", "UID_1", nickname, "https://thirdqq.qlogo.cn/g?a=1&b=2", "女",
				NOW.minus(1, ChronoUnit.DAYS), true, NOW, NOW.plusSeconds(1));
	}

	@Test
	void findWhenInsertedThenEqualInEveryField() {
		QqAccountBinding binding = full("🐼 小明 " + "長".repeat(200));
		assertThat(store().insert(binding)).isTrue();
		assertThat(store().find(new QqIdentity("101", "AAAA", null))).isEqualTo(binding);
		assertThat(store().find("101", "爱丽丝")).isEqualTo(binding);
	}

	@Test
	void findWhenAppIdDiffersThenAnother() {
		store().insert(full("小明"));
		assertThat(store().find(new QqIdentity("102", "AAAA", null))).isNull();
		assertThat(store().find("102", "爱丽丝")).isNull();
		QqAccountBinding other = new QqAccountBinding("102", "AAAA", "爱丽丝", null, null, null, null, null, false, NOW,
				NOW);
		assertThat(store().insert(other)).isTrue();
		assertThat(store().find("102", "爱丽丝")).isEqualTo(other);
	}

	@Test
	void updateWhenProfileIsFreshThenOnlyItChanges() {
		store().insert(full("old"));
		store().update(new QqAccountBinding("101", "AAAA", "somebody else", "UID_2", "new", null, null,
				NOW.plusSeconds(2), false, NOW.plusSeconds(3), NOW.plusSeconds(4)));
		assertThat(store().find("101", "爱丽丝")).isEqualTo(new QqAccountBinding("101", "AAAA", "爱丽丝", "UID_2", "new",
				null, null, NOW.plusSeconds(2), true, NOW, NOW.plusSeconds(4)));
	}

	@Test
	void moveWhenCalledThenWritesAccountSourceAndTime() {
		store().insert(full("小明"));
		store().move(new QqAccountBinding("101", "AAAA", "bob", null, null, null, null, null, false, NOW.plusSeconds(9),
				NOW.plusSeconds(9)), "爱丽丝");
		QqAccountBinding before = full("小明");
		assertThat(store().find("101", "bob")).isEqualTo(new QqAccountBinding("101", "AAAA", "bob", "UID_1", "小明",
				before.avatarUrl(), "女", before.profileAt(), false, NOW.plusSeconds(9), before.lastLoginAt()));
	}

	/**
	 * A refused insert leaves nothing of its transaction behind, and the truth can be
	 * read after it: PostgreSQL would refuse that within the same transaction.
	 */
	@Test
	void bindWhenRefusedByKeyThenTellsWhatHolds() {
		QqAccountBindings bindings = new QqAccountBindings(store(), "101", Clock.systemUTC(), this.transactions,
				(event) -> {
				});
		QqAccountBinding bound = bindings.bind(new QqIdentity("101", "AAAA", null), null, "alice");
		assertThat(bindings.bind(new QqIdentity("101", "AAAA", null), null, "bob").account()).isEqualTo("alice");
		assertThat(bindings.bind(new QqIdentity("101", "BBBB", null), null, "alice").openid()).isEqualTo("AAAA");
		assertThat(Objects.requireNonNull(bindings.find("alice")).openid()).isEqualTo(bound.openid());
		assertThat(bindings.find("bob")).isNull();
	}

	private void createMembers() {
		this.jdbc.sql("drop table if exists member").update();
		this.jdbc.sql("create table member (name varchar(100) primary key)").update();
	}

	/**
	 * Of all that wanted a QQ or an account in a round, one has it, and no account was
	 * left behind by a loser.
	 */
	private void assertOneWinnerEach(int rounds) {
		for (int round = 0; round < rounds; round++) {
			String winner = this.jdbc.sql("select account from qq_account_binding where openid = ?")
				.param("QQ" + round)
				.query(String.class)
				.single();
			assertThat(this.jdbc.sql("select name from member where name like ?")
				.param("%-" + round)
				.query(String.class)
				.list()).containsExactly(winner);
			assertThat(this.jdbc.sql("select count(*) from qq_account_binding where account = ?")
				.param("account-" + round)
				.query(Long.class)
				.single()).isOne();
		}
		assertThat(this.jdbc.sql("select count(*) from qq_account_binding").query(Long.class).single())
			.isEqualTo(2L * rounds);
	}

	@Test
	@Tag("T-47")
	void raceWhenThreadsWantOneQqAndOneAccountThenOneHasEachAndThereIsNoOrphan() throws Exception {
		createMembers();
		new BindingRace(this.dataSource, "a").run(THREADS, ROUNDS);
		assertOneWinnerEach(ROUNDS);
	}

	@Test
	@Tag("T-47")
	void raceWhenTwoProcessesWantOneQqAndOneAccountThenOneHasEachAndThereIsNoOrphan() throws Exception {
		createMembers();
		List<Process> processes = new ArrayList<>();
		for (String name : List.of("a", "b")) {
			processes.add(new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
					System.getProperty("java.class.path"), BindingRace.class.getName(), address(), user(), "", name,
					Integer.toString(THREADS), Integer.toString(ROUNDS))
				.redirectError(ProcessBuilder.Redirect.INHERIT)
				.start());
		}
		for (Process process : processes) {
			assertThat(process.inputReader().readLine()).isEqualTo("ready");
		}
		for (Process process : processes) {
			new Thread(() -> drain(process)).start();
			process.getOutputStream().close();
		}
		for (Process process : processes) {
			assertThat(process.waitFor()).isZero();
		}
		assertOneWinnerEach(ROUNDS);
	}

	/**
	 * The driver logs each refused insert; a pipe that nobody reads is full after some
	 * hundred of them and stops the race.
	 */
	private static void drain(Process process) {
		try {
			process.inputReader().transferTo(Writer.nullWriter());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Where another process finds this database.
	 */
	abstract String address();

	abstract String user();

}
