package io.github.qqoauth2.autoconfigure;

import java.util.Objects;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.ResourceTransactionManager;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Creates the transactions for bindings and accounts: with the application's only or
 * primary transaction manager, so that both are written in one transaction; otherwise
 * with a transaction manager for the database of the default store. With neither, nothing
 * is transactional. A database that does not answer is detected before a transaction
 * begins.
 */
final class BindingTransactions {

	private BindingTransactions() {
	}

	static TransactionOperations of(ObjectProvider<PlatformTransactionManager> managers, @Nullable TableSchema schema) {
		PlatformTransactionManager manager = manager(managers, schema);
		return (manager != null) ? new TransactionTemplate(manager) : TransactionOperations.withoutTransaction();
	}

	/**
	 * A rollback of the caller does not affect these transactions, since a call to QQ
	 * cannot be undone.
	 */
	static TransactionOperations requiresNew(ObjectProvider<PlatformTransactionManager> managers, TableSchema schema) {
		PlatformTransactionManager manager = manager(managers, schema);
		TransactionTemplate transactions = new TransactionTemplate(Objects.requireNonNull(manager));
		transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		return transactions;
	}

	private static @Nullable PlatformTransactionManager manager(ObjectProvider<PlatformTransactionManager> managers,
			@Nullable TableSchema schema) {
		PlatformTransactionManager manager = managers.getIfUnique();
		if (manager == null && schema != null) {
			manager = schema.createTransactionManager();
		}
		DataSource dataSource = (schema != null) ? schema.dataSource() : dataSource(manager);
		return (manager != null && dataSource != null)
				? new ProbingTransactionManager(manager, new ConnectionProbe(dataSource)) : manager;
	}

	private static @Nullable DataSource dataSource(@Nullable PlatformTransactionManager manager) {
		return (manager instanceof ResourceTransactionManager resource
				&& resource.getResourceFactory() instanceof DataSource dataSource) ? dataSource : null;
	}

}
