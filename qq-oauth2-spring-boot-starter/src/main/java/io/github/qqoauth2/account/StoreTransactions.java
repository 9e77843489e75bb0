package io.github.qqoauth2.account;

import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transactions of a store. All of them may write: with read/write splitting, a query
 * in any other transaction, or in none, may be sent to a replica that lacks the latest
 * rows.
 */
final class StoreTransactions {

	private final TransactionOperations joined;

	private final TransactionOperations separate;

	StoreTransactions(TransactionOperations transactions) {
		this.joined = transactions;
		this.separate = requiresNew(transactions);
	}

	private static TransactionOperations requiresNew(TransactionOperations transactions) {
		PlatformTransactionManager manager = (transactions instanceof TransactionTemplate template)
				? template.getTransactionManager() : null;
		if (manager == null) {
			return transactions;
		}
		TransactionTemplate separate = new TransactionTemplate(manager, (TransactionTemplate) transactions);
		separate.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		return separate;
	}

	static boolean isActive() {
		return TransactionSynchronizationManager.isActualTransactionActive();
	}

	/**
	 * Runs an action in the caller's transaction, or in a new one if there is none.
	 */
	<T> T join(Function<TransactionStatus, T> action) {
		return Objects.requireNonNull(this.joined.execute(action::apply));
	}

	/**
	 * Runs a query in a transaction of its own, and if it finds nothing, in the caller's,
	 * which may have written the row.
	 */
	<T> @Nullable T separate(Supplier<@Nullable T> query) {
		T found = execute(this.separate, query);
		return (found == null && isActive()) ? query.get() : found;
	}

	/**
	 * Runs a query in the caller's transaction, which a failure does not mark
	 * rollback-only, or in a new one if there is none.
	 */
	<T> @Nullable T read(Supplier<@Nullable T> query) {
		return isActive() ? query.get() : execute(this.joined, query);
	}

	private static <T> @Nullable T execute(TransactionOperations transactions, Supplier<@Nullable T> query) {
		return Objects.requireNonNull(transactions.execute((status) -> Optional.ofNullable(query.get()))).orElse(null);
	}

	/**
	 * Creates a savepoint, or returns {@code null} if there are none, as with JPA.
	 */
	static @Nullable Object createSavepoint(TransactionStatus status) {
		try {
			return status.createSavepoint();
		}
		catch (TransactionException | UnsupportedOperationException ex) {
			return null;
		}
	}

	static void rollBackTo(@Nullable Object savepoint, TransactionStatus status) {
		if (savepoint != null) {
			status.rollbackToSavepoint(savepoint);
		}
	}

	/**
	 * Describes a failure by its codes. Messages of drivers contain the rejected values.
	 */
	static String describe(RuntimeException ex) {
		return (NestedExceptionUtils.getMostSpecificCause(ex) instanceof SQLException cause)
				? "SQL state " + cause.getSQLState() + ", code " + cause.getErrorCode() : "without an SQL state";
	}

}
