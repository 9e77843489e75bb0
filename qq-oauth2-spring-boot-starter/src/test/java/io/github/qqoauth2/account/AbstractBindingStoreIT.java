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

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.github.qqoauth2.client.QqIdentity;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the default store with the shipped schema script, on one database.
 */
abstract class AbstractBindingStoreIT extends AbstractBindingWritesIT {

	private static final Instant NOW = Instant.parse("2026-11-21T08:09:10.123456Z");

	/** The number of rounds, set by {@code -Drace.rounds}. */
	private static final int ROUNDS = Integer.getInteger("race.rounds", 20);

	/** The number of threads in each process, set by {@code -Drace.threads}. */
	private static final int THREADS = Integer.getInteger("race.threads", 16);

	/** The number of rows for query plans, set by {@code -Dplan.rows}. */
	static final int PLAN_ROWS = Integer.getInteger("plan.rows", 100_000);

	AbstractBindingStoreIT(String platform, DataSource dataSource) {
		super(platform, dataSource);
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
	void findWhenAppIdDiffersThenOtherBinding() {
		store().insert(full("小明"));
		assertThat(store().find(new QqIdentity("102", "AAAA", null))).isNull();
		assertThat(store().find("102", "爱丽丝")).isNull();
		QqAccountBinding other = new QqAccountBinding("102", "AAAA", "爱丽丝", null, null, null, null, null, false, NOW,
				NOW);
		assertThat(store().insert(other)).isTrue();
		assertThat(store().find("102", "爱丽丝")).isEqualTo(other);
	}

	@Test
	void updateWhenCalledThenKeepsAccountRegisteredAndCreatedAt() {
		store().insert(full("old"));
		store().update(new QqAccountBinding("101", "AAAA", "bob", "UID_2", "new", null, null, NOW.plusSeconds(2), false,
				NOW.plusSeconds(3), NOW.plusSeconds(4)));
		assertThat(store().find("101", "爱丽丝")).isEqualTo(new QqAccountBinding("101", "AAAA", "爱丽丝", "UID_2", "new",
				null, null, NOW.plusSeconds(2), true, NOW, NOW.plusSeconds(4)));
	}

	@Test
	void moveWhenCalledThenChangesAccountRegisteredAndCreatedAt() {
		store().insert(full("小明"));
		store().move(new QqAccountBinding("101", "AAAA", "bob", null, null, null, null, null, false, NOW.plusSeconds(9),
				NOW.plusSeconds(9)), "爱丽丝");
		QqAccountBinding before = full("小明");
		assertThat(store().find("101", "bob")).isEqualTo(new QqAccountBinding("101", "AAAA", "bob", "UID_1", "小明",
				before.avatarUrl(), "女", before.profileAt(), false, NOW.plusSeconds(9), before.lastLoginAt()));
	}

	/**
	 * The existing binding must be read after the rollback: PostgreSQL rejects queries in
	 * the failed transaction.
	 */
	@Test
	void bindWhenUniqueKeyRejectsThenReturnsExistingBinding() {
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
	 * Asserts that each identity and each account of a round is bound once, and that no
	 * account exists without a binding.
	 */
	private void assertOneBindingEach(int rounds) {
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
	void raceWhenThreadsBindSameIdentityAndAccountThenOneBindingEachAndNoOrphan() throws Exception {
		createMembers();
		new BindingRace(this.dataSource, "a").run(THREADS, ROUNDS);
		assertOneBindingEach(ROUNDS);
	}

	@Test
	@Tag("T-47")
	void raceWhenProcessesBindSameIdentityAndAccountThenOneBindingEachAndNoOrphan() throws Exception {
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
		assertOneBindingEach(ROUNDS);
	}

	/**
	 * Reads the output, since the driver logs each rejected insert: after some hundred of
	 * them a full pipe would block the process.
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
	 * Returns the JDBC URL of this database for other processes.
	 */
	abstract String address();

	abstract String user();

}
