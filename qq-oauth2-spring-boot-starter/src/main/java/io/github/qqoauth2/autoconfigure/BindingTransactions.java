package io.github.qqoauth2.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.PlatformTransactionManager;
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

	static TransactionOperations of(ObjectProvider<PlatformTransactionManager> managers,
			@Nullable BindingSchema schema) {
		PlatformTransactionManager manager = managers.getIfUnique();
		if (manager == null && schema != null) {
			manager = schema.createTransactionManager();
		}
		return (manager != null) ? new TransactionTemplate(manager) : TransactionOperations.withoutTransaction();
	}

}
