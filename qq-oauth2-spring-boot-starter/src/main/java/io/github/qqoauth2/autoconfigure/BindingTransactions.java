package io.github.qqoauth2.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transactions that bindings and accounts are written in: the application's, by its
 * only or primary transaction manager, so that both are one; else those of the database
 * that holds the bindings.
 */
final class BindingTransactions {

	private BindingTransactions() {
	}

	static TransactionOperations of(ObjectProvider<PlatformTransactionManager> managers, @Nullable TableSchema schema) {
		PlatformTransactionManager manager = manager(managers, schema);
		return (manager != null) ? new TransactionTemplate(manager) : TransactionOperations.withoutTransaction();
	}

	/**
	 * Transactions that no caller's can undo: what QQ was asked cannot be undone either.
	 */
	static TransactionOperations newOnes(ObjectProvider<PlatformTransactionManager> managers, TableSchema schema) {
		PlatformTransactionManager manager = manager(managers, schema);
		TransactionTemplate transactions = new TransactionTemplate(
				(manager != null) ? manager : schema.createTransactionManager());
		transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		return transactions;
	}

	private static @Nullable PlatformTransactionManager manager(ObjectProvider<PlatformTransactionManager> managers,
			@Nullable TableSchema schema) {
		PlatformTransactionManager manager = managers.getIfUnique();
		return (manager == null && schema != null) ? schema.createTransactionManager() : manager;
	}

}
