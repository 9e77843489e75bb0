package io.github.qqoauth2.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConnectionProbeTests {

	private final DataSource database = new DriverManagerDataSource("jdbc:h2:mem:");

	private final CountDownLatch answers = new CountDownLatch(1);

	private final AtomicInteger attempts = new AtomicInteger();

	@AfterEach
	void end() {
		this.answers.countDown();
	}

	/**
	 * A database that does not answer until the latch is released.
	 */
	private DataSource hanging() {
		return new AbstractDataSource() {

			@Override
			public Connection getConnection() throws SQLException {
				ConnectionProbeTests.this.attempts.incrementAndGet();
				try {
					ConnectionProbeTests.this.answers.await();
				}
				catch (InterruptedException ex) {
					throw new SQLException(ex);
				}
				return ConnectionProbeTests.this.database.getConnection();
			}

			@Override
			public Connection getConnection(String username, String password) throws SQLException {
				return getConnection();
			}

		};
	}

	private static Duration failure(ConnectionProbe probe) {
		long start = System.nanoTime();
		assertThatExceptionOfType(CannotCreateTransactionException.class).isThrownBy(probe::check)
			.withMessageContaining("did not answer within 4 s");
		return Duration.ofNanos(System.nanoTime() - start);
	}

	@Test
	void checkWhenNoAnswerThenFailsInTimeAndLaterCallersAtOnce() throws InterruptedException {
		ConnectionProbe probe = new ConnectionProbe(hanging());
		assertThat(failure(probe)).isBetween(Duration.ofMillis(3900), Duration.ofSeconds(5));
		assertThat(failure(probe)).isLessThan(Duration.ofSeconds(1));
		assertThat(this.attempts).hasValue(1);
		this.answers.countDown();
		for (Thread thread : Thread.getAllStackTraces().keySet()) {
			if (thread.getName().equals("qq-database-probe")) {
				thread.join();
			}
		}
		probe.check();
		assertThat(this.attempts).hasValue(2);
	}

	@Test
	void checkWhenDatabaseFailsThenReturns() {
		new ConnectionProbe(new DriverManagerDataSource("jdbc:unknown:")).check();
	}

	@Test
	void checkWhenRoutedByTransactionThenAsksAsWritingTransaction() {
		AtomicInteger writing = new AtomicInteger();
		new ConnectionProbe(new DriverManagerDataSource("jdbc:h2:mem:") {

			@Override
			public Connection getConnection() throws SQLException {
				if (TransactionSynchronizationManager.isActualTransactionActive()) {
					writing.incrementAndGet();
				}
				return super.getConnection();
			}

		}).check();
		assertThat(writing).hasValue(1);
	}

	@Test
	void getTransactionWhenTransactionActiveThenJoinsWithoutProbe() {
		JdbcTransactionManager manager = new JdbcTransactionManager(this.database);
		TransactionTemplate probing = new TransactionTemplate(
				new ProbingTransactionManager(manager, new ConnectionProbe(hanging())));
		new TransactionTemplate(manager).executeWithoutResult((status) -> {
			probing.executeWithoutResult((joined) -> assertThat(joined.isNewTransaction()).isFalse());
			probing.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
			assertThatExceptionOfType(CannotCreateTransactionException.class)
				.isThrownBy(() -> probing.executeWithoutResult((separate) -> {
				}));
		});
	}

}
