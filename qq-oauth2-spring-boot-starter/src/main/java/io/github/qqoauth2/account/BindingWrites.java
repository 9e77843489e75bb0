package io.github.qqoauth2.account;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.TransactionStatus;

/**
 * Writes bindings. Drivers report a unique key in different ways, and a column may refuse
 * the profile. After an exception this class therefore looks at the rows instead of at
 * its type, and writes the binding without the profile if no other binding is in the way.
 */
final class BindingWrites {

	private static final Log logger = LogFactory.getLog(BindingWrites.class);

	private final QqAccountBindingStore store;

	private final StoreTransactions transactions;

	private final AtomicBoolean profileRefused = new AtomicBoolean();

	BindingWrites(QqAccountBindingStore store, StoreTransactions transactions) {
		this.store = store;
		this.transactions = transactions;
	}

	/**
	 * Runs an action in a transaction. If it fails, the current rows decide, which are
	 * read in another transaction. If they do not explain the failure, the action runs
	 * again without the profile: PostgreSQL rejects every statement that follows a
	 * rejected one in the same transaction.
	 * @param action the action; its second argument is whether to omit the profile
	 * @param standing reads what the rows say about the action, or returns {@code null}
	 * if they say nothing
	 */
	<T> T run(BiFunction<TransactionStatus, Boolean, T> action, Supplier<@Nullable T> standing) {
		try {
			return this.transactions.join((status) -> action.apply(status, false));
		}
		catch (RejectedException | DataAccessException | TransactionException ex) {
			T found = look(standing, ex);
			if (found != null) {
				return found;
			}
			if (ex instanceof RejectedException rejected && rejected.reducible && !StoreTransactions.isActive()) {
				return withoutProfile(action, standing, rejected);
			}
			throw unwrap(ex);
		}
	}

	private <T> T withoutProfile(BiFunction<TransactionStatus, Boolean, T> action, Supplier<@Nullable T> standing,
			RejectedException first) {
		try {
			T result = this.transactions.join((status) -> action.apply(status, true));
			logRefusedProfile(first.failure);
			return result;
		}
		catch (RejectedException | DataAccessException | TransactionException ex) {
			T found = look(standing, ex);
			if (found != null) {
				return found;
			}
			throw first.failure;
		}
	}

	private <T> @Nullable T look(Supplier<@Nullable T> standing, RuntimeException failure) {
		try {
			return this.transactions.separate(standing);
		}
		catch (DataAccessException | TransactionException ex) {
			RuntimeException first = unwrap(failure);
			if (!first.equals(ex)) {
				first.addSuppressed(ex);
			}
			return null;
		}
	}

	private static RuntimeException unwrap(RuntimeException ex) {
		return (ex instanceof RejectedException rejected) ? rejected.failure : ex;
	}

	/**
	 * Inserts a binding, without its profile if a column refuses it. With savepoints, the
	 * transaction can be used after a rejection.
	 * @return the binding as inserted
	 */
	QqAccountBinding insert(QqAccountBinding binding, TransactionStatus status) {
		QqAccountBinding inserted = write(binding, binding.withoutProfile(), status,
				(candidate) -> this.store.insert(candidate) ? candidate : null);
		if (inserted == null) {
			throw new RejectedException(new IllegalStateException(
					"The binding of account '" + binding.account() + "' was neither added nor found"), false);
		}
		return inserted;
	}

	/**
	 * Updates a binding, with its previous profile if a column refuses the new one.
	 * @return the binding as updated
	 */
	QqAccountBinding update(QqAccountBinding binding, QqAccountBinding reduced, TransactionStatus status) {
		QqAccountBinding updated = write(binding, reduced, status, (candidate) -> {
			this.store.update(candidate);
			return candidate;
		});
		return (updated != null) ? updated : binding;
	}

	private @Nullable QqAccountBinding write(QqAccountBinding binding, QqAccountBinding reduced,
			TransactionStatus status, Statement statement) {
		boolean reducible = !binding.equals(reduced);
		Object savepoint = reducible ? StoreTransactions.createSavepoint(status) : null;
		try {
			QqAccountBinding written = statement.execute(binding);
			if (written == null) {
				StoreTransactions.rollBackTo(savepoint, status);
			}
			return written;
		}
		catch (DataAccessException ex) {
			if (!reducible || !isAboutContent(ex)) {
				throw new RejectedException(ex, false);
			}
			try {
				StoreTransactions.rollBackTo(savepoint, status);
				QqAccountBinding written = statement.execute(reduced);
				if (written != null) {
					logRefusedProfile(ex);
				}
				return written;
			}
			catch (DataAccessException again) {
				throw new RejectedException(ex, true);
			}
		}
	}

	/**
	 * Moves a binding to another key of the same account.
	 * @return {@code false} if a unique key rejected it, or a foreign key because the
	 * account still has its previous key
	 */
	boolean rename(QqAccountBinding binding, String from, TransactionStatus status) {
		Object savepoint = StoreTransactions.createSavepoint(status);
		try {
			return this.store.move(binding, from);
		}
		catch (DataIntegrityViolationException ex) {
			if (canContinue(savepoint, binding.appId(), from, status)) {
				return false;
			}
			throw ex;
		}
	}

	private boolean canContinue(@Nullable Object savepoint, String appId, String account, TransactionStatus status) {
		try {
			StoreTransactions.rollBackTo(savepoint, status);
			return this.store.find(appId, account) != null;
		}
		catch (DataAccessException ex) {
			return false;
		}
	}

	/**
	 * Returns whether other values may be accepted: not if the database cannot be reached
	 * or did not answer in time.
	 */
	static boolean isAboutContent(DataAccessException ex) {
		return !(ex instanceof TransientDataAccessException || ex instanceof DataAccessResourceFailureException);
	}

	/**
	 * Logs the first refusal. The message of the driver may contain the nickname.
	 */
	private void logRefusedProfile(RuntimeException ex) {
		if (!this.profileRefused.getAndSet(true)) {
			logger.warn("The database refused a QQ profile (" + ex.getClass().getSimpleName() + ", "
					+ StoreTransactions.describe(ex) + "). The binding was saved without it, and so are further ones "
					+ "without another message. Compare the columns nickname, avatar_url, gender and unionid with the "
					+ "script in the starter's jar: nicknames need utf8mb4 and 255 characters.");
		}
	}

	/**
	 * Writes one binding.
	 */
	private interface Statement {

		@Nullable QqAccountBinding execute(QqAccountBinding candidate);

	}

	/**
	 * The store rejected a binding, as opposed to a listener or a registrar that failed.
	 */
	private static final class RejectedException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final RuntimeException failure;

		private final boolean reducible;

		RejectedException(RuntimeException failure, boolean reducible) {
			super(failure);
			this.failure = failure;
			this.reducible = reducible;
		}

	}

}
