package io.github.qqoauth2.autoconfigure;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Checks whether a database answers, before the thread of a request asks for a
 * connection. A pool may hold that thread for 30 seconds, and its settings are the
 * application's. Concurrent requests share one attempt, which runs in a thread of its
 * own; requests after its time limit fail at once.
 */
final class ConnectionProbe {

	/** The limit for an answer, also the limit for each statement of the starter. */
	static final Duration LIMIT = Duration.ofSeconds(4);

	/** The time after which another attempt starts, if one never ends. */
	private static final Duration ABANDONED = Duration.ofSeconds(10);

	private static final Log logger = LogFactory.getLog(ConnectionProbe.class);

	private final DataSource dataSource;

	private @Nullable Attempt latest;

	ConnectionProbe(DataSource dataSource) {
		this.dataSource = dataSource;
	}

	/**
	 * Returns if the database has answered, by an error too: the request's own connection
	 * then fails with it.
	 * @throws CannotCreateTransactionException if the database does not answer in time
	 */
	void check() {
		if (!currentAttempt().awaitAnswer()) {
			throw new CannotCreateTransactionException("The database did not answer within " + LIMIT.toSeconds()
					+ " s: it is away or overloaded, or all connections of the pool are in use");
		}
	}

	private synchronized Attempt currentAttempt() {
		Attempt attempt = this.latest;
		if (attempt == null || attempt.isAnswered() || attempt.age() > ABANDONED.toNanos()) {
			attempt = new Attempt(this.dataSource);
			this.latest = attempt;
			Thread thread = new Thread(attempt, "qq-database-probe");
			thread.setDaemon(true);
			thread.start();
		}
		return attempt;
	}

	/**
	 * An attempt to get an answer.
	 */
	private static final class Attempt implements Runnable {

		private final long start = System.nanoTime();

		private final CountDownLatch answer = new CountDownLatch(1);

		private final DataSource dataSource;

		Attempt(DataSource dataSource) {
			this.dataSource = dataSource;
		}

		/**
		 * Asks for a connection as a transaction that may write does, so that a routing
		 * data source selects the same database.
		 */
		@Override
		public void run() {
			TransactionSynchronizationManager.setActualTransactionActive(true);
			try (Connection connection = this.dataSource.getConnection()) {
				connection.isValid((int) LIMIT.toSeconds());
			}
			catch (SQLException | RuntimeException ex) {
				logger.debug("The database answered a probe with a failure", ex);
			}
			finally {
				TransactionSynchronizationManager.setActualTransactionActive(false);
				this.answer.countDown();
			}
		}

		long age() {
			return System.nanoTime() - this.start;
		}

		boolean isAnswered() {
			return this.answer.getCount() == 0;
		}

		boolean awaitAnswer() {
			try {
				return this.answer.await(LIMIT.toNanos() - age(), TimeUnit.NANOSECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return true;
			}
		}

	}

}
