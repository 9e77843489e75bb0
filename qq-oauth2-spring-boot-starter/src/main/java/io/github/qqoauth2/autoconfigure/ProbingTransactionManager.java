package io.github.qqoauth2.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Checks whether the database answers before a new transaction begins.
 */
final class ProbingTransactionManager implements PlatformTransactionManager {

	private final PlatformTransactionManager delegate;

	private final ConnectionProbe probe;

	ProbingTransactionManager(PlatformTransactionManager delegate, ConnectionProbe probe) {
		this.delegate = delegate;
		this.probe = probe;
	}

	@Override
	public TransactionStatus getTransaction(@Nullable TransactionDefinition definition) {
		boolean separate = definition != null
				&& definition.getPropagationBehavior() == TransactionDefinition.PROPAGATION_REQUIRES_NEW;
		if (separate || !TransactionSynchronizationManager.isActualTransactionActive()) {
			this.probe.check();
		}
		return this.delegate.getTransaction(definition);
	}

	@Override
	public void commit(TransactionStatus status) {
		this.delegate.commit(status);
	}

	@Override
	public void rollback(TransactionStatus status) {
		this.delegate.rollback(status);
	}

}
