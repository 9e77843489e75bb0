package io.github.qqoauth2.account;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.userdetails.UserDetails;

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

	/**
	 * Returns whether a registration took place, after a failed insert or commit.
	 * @param inserted whether the insert succeeded
	 */
	@Nullable Boolean registered(QqIdentity identity, @Nullable UserDetails account, boolean inserted) {
		String key = (account != null) ? account.getUsername() : null;
		QqAccountBinding binding = find(identity, key);
		if (binding == null) {
			return null;
		}
		return inserted && binding.openid().equals(identity.openid()) && binding.account().equals(key);
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
