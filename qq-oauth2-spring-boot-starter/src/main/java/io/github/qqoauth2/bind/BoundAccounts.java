package io.github.qqoauth2.bind;

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
		UserDetails account = (binding != null) ? this.loader.loadAccount(binding.account()) : null;
		return (binding != null && account != null) ? new BoundAccount(binding, account) : null;
	}

	/**
	 * Returns whether an account exists.
	 */
	boolean exists(String account) {
		return this.loader.loadAccount(account) != null;
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
