package io.github.qqoauth2.bind;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountLoader;

/**
 * The one place that writes a binding: one browser has proved a QQ and an account, and
 * its user has said so. Whoever calls it answers for those three.
 */
final class BindingDecision {

	private static final Log logger = LogFactory.getLog(BindingDecision.class);

	private final QqAccountBindings bindings;

	private final QqAccountLoader accounts;

	BindingDecision(QqAccountBindings bindings, QqAccountLoader accounts) {
		this.bindings = bindings;
		this.accounts = accounts;
	}

	/**
	 * What would stand in the way of this binding, or {@code null}. The decision itself
	 * is the database's, in {@link #bind}.
	 */
	@Nullable LoginError obstacle(PendingBinding pending, String account) {
		try {
			QqAccountBinding ofQq = this.bindings.find(pending.identity());
			QqAccountBinding holds = (ofQq != null && !isLeftOver(ofQq, account)) ? ofQq : this.bindings.find(account);
			return (holds != null) ? conflict(holds, pending, account) : null;
		}
		catch (DataAccessException ex) {
			return notSaved(account, ex);
		}
	}

	/**
	 * Writes the binding.
	 * @return what stood in its way, or {@code null} when it holds now
	 */
	@Nullable LoginError bind(PendingBinding pending, String account) {
		try {
			QqAccountBinding ofQq = this.bindings.find(pending.identity());
			if (ofQq != null && isLeftOver(ofQq, account)) {
				this.bindings.remove(ofQq.account());
			}
			return conflict(this.bindings.bind(pending.identity(), pending.profile(), account), pending, account);
		}
		catch (DataAccessException | IllegalStateException ex) {
			return notSaved(account, ex);
		}
	}

	/**
	 * A row whose account is gone belongs to nobody and blocks nobody.
	 */
	private boolean isLeftOver(QqAccountBinding binding, String account) {
		return !binding.account().equals(account) && this.accounts.loadAccount(binding.account()) == null;
	}

	private static LoginError notSaved(String account, RuntimeException failure) {
		logger.warn("The binding of account '" + account + "' was not saved", failure);
		return LoginError.NOT_SAVED;
	}

	private static @Nullable LoginError conflict(QqAccountBinding holds, PendingBinding pending, String account) {
		if (!holds.account().equals(account)) {
			return LoginError.OTHER_ACCOUNT;
		}
		return holds.openid().equals(pending.identity().openid()) ? null : LoginError.OTHER_QQ;
	}

}
