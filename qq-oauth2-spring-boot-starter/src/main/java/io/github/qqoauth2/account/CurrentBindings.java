package io.github.qqoauth2.account;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.client.QqIdentity;

/**
 * Reads from the current rows whether a change that failed has taken place, or what
 * prevented it. A method returns {@code null} if the rows do not explain the failure.
 */
final class CurrentBindings {

	private final QqAccountBindingStore store;

	CurrentBindings(QqAccountBindingStore store) {
		this.store = store;
	}

	/**
	 * Returns the binding of the identity, or else of the account, if there is an
	 * account.
	 */
	@Nullable QqAccountBinding find(QqIdentity identity, @Nullable String account) {
		QqAccountBinding binding = this.store.find(identity);
		return (binding != null || account == null) ? binding : this.store.find(identity.appId(), account);
	}

	@Nullable Boolean moved(QqAccountBinding binding, String account) {
		QqAccountBinding current = this.store.find(new QqIdentity(binding.appId(), binding.openid(), null));
		if (current != null && current.account().equals(account)) {
			return true;
		}
		boolean movable = current != null && current.account().equals(binding.account())
				&& this.store.find(binding.appId(), account) == null;
		return movable ? null : Boolean.FALSE;
	}

	@Nullable Boolean renamed(String appId, String account, String newAccount) {
		boolean taken = this.store.find(appId, newAccount) != null;
		if (this.store.find(appId, account) == null) {
			return taken;
		}
		return taken ? Boolean.FALSE : null;
	}

}
