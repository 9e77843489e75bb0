package io.github.qqoauth2.bind;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.userdetails.UserDetails;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.client.QqIdentity;

/**
 * Finds accounts by the QQ identity that is bound to them. A binding whose account no
 * longer exists counts as absent.
 */
final class BoundAccounts {

	private static final Log logger = LogFactory.getLog(BoundAccounts.class);

	private final QqAccountBindings bindings;

	private final QqAccountLoader loader;

	BoundAccounts(QqAccountBindings bindings, QqAccountLoader loader) {
		this.bindings = bindings;
		this.loader = loader;
	}

	/**
	 * Finds the account of a QQ identity.
	 * @return the account with its binding, or {@code null} if there is none
	 */
	@Nullable BoundAccount find(QqIdentity identity) {
		QqAccountBinding binding = this.bindings.find(identity);
		UserDetails account = (binding != null) ? load(binding.account()) : null;
		return (binding != null && account != null) ? new BoundAccount(binding, account) : null;
	}

	/**
	 * Finds the account that was just registered for a QQ identity.
	 * @param loaded the account as loaded in the transaction of the registration, if it
	 * was found there; after it, the loader may ask a replica that lacks the account
	 */
	BoundAccount findRegistered(QqIdentity identity, @Nullable UserDetails loaded) {
		QqAccountBinding binding = (loaded != null) ? this.bindings.find(identity) : null;
		BoundAccount bound = (binding != null && loaded != null && binding.account().equals(loaded.getUsername()))
				? new BoundAccount(binding, loaded) : find(identity);
		if (bound == null) {
			throw new IllegalStateException("The account that automatic registration created was not found");
		}
		return bound;
	}

	/**
	 * Returns whether a binding with this account as its key could log in.
	 */
	boolean exists(String account) {
		return load(account) != null;
	}

	/**
	 * Returns whether the loader finds any account by this name, as its username or by
	 * another field such as an e-mail address.
	 */
	boolean isTaken(String name) {
		return this.loader.loadAccount(name) != null;
	}

	/**
	 * Loads the account with exactly this key. A loader that also finds accounts by an
	 * e-mail address or regardless of case may return another one, which must not be
	 * signed in.
	 */
	@Nullable UserDetails load(String key) {
		UserDetails account = this.loader.loadAccount(key);
		if (account == null || key.equals(account.getUsername())) {
			return account;
		}
		logger.error("The QqAccountLoader returned account '" + account.getUsername() + "' for the key '" + key
				+ "', so the account counts as absent. Declare a QqAccountLoader that finds accounts only by their "
				+ "exact getUsername().");
		return null;
	}

	/**
	 * Removes the binding of a QQ identity if its account no longer exists.
	 */
	void removeOrphan(QqIdentity identity) {
		QqAccountBinding binding = this.bindings.find(identity);
		if (binding != null && !exists(binding.account())) {
			this.bindings.remove(binding.account());
		}
	}

	/**
	 * An account with the binding that names it.
	 *
	 * @param binding the binding
	 * @param account the account as loaded
	 */
	record BoundAccount(QqAccountBinding binding, UserDetails account) {

	}

}
