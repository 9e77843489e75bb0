package io.github.qqoauth2.bind;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;

/**
 * The one place that writes a binding: one browser has proved a QQ and an account, and
 * its user has said so. Whoever calls it answers for those three.
 */
final class BindingDecision {

	private static final Log logger = LogFactory.getLog(BindingDecision.class);

	private final QqAccountBindings bindings;

	BindingDecision(QqAccountBindings bindings) {
		this.bindings = bindings;
	}

	/**
	 * What would stand in the way of this binding, or {@code null}. The decision itself
	 * is the database's, in {@link #bind}.
	 */
	@Nullable LoginError obstacle(PendingBinding pending, String account) {
		QqAccountBinding ofQq = this.bindings.find(pending.identity());
		if (ofQq != null) {
			return conflict(ofQq, pending, account);
		}
		QqAccountBinding ofAccount = this.bindings.find(account);
		return (ofAccount != null) ? conflict(ofAccount, pending, account) : null;
	}

	/**
	 * Writes the binding.
	 * @return what stood in its way, or {@code null} when it holds now
	 */
	@Nullable LoginError bind(PendingBinding pending, String account) {
		try {
			return conflict(this.bindings.bind(pending.identity(), pending.profile(), account), pending, account);
		}
		catch (DataAccessException | IllegalStateException ex) {
			logger.warn("The binding of account '" + account + "' was not saved", ex);
			return LoginError.NOT_SAVED;
		}
	}

	private static @Nullable LoginError conflict(QqAccountBinding holds, PendingBinding pending, String account) {
		if (!holds.account().equals(account)) {
			return LoginError.OTHER_ACCOUNT;
		}
		return holds.openid().equals(pending.identity().openid()) ? null : LoginError.OTHER_QQ;
	}

}
