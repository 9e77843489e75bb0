package io.github.qqoauth2.bind;

import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.TransactionException;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.bind.BoundAccounts.BoundAccount;

/**
 * The one place that writes a binding: one browser has proved a QQ and an account, and
 * its user has said so. Whoever calls it answers for those three.
 */
final class BindingDecision {

	private static final Log logger = LogFactory.getLog(BindingDecision.class);

	private final boolean stateless;

	private final CurrentAuthentication currentAuthentication;

	private final QqAccountBindings bindings;

	private final BoundAccounts accounts;

	private final Consumer<String> outcomes;

	BindingDecision(boolean stateless, CurrentAuthentication currentAuthentication, QqAccountBindings bindings,
			BoundAccounts accounts, Consumer<String> outcomes) {
		this.stateless = stateless;
		this.currentAuthentication = currentAuthentication;
		this.bindings = bindings;
		this.accounts = accounts;
		this.outcomes = outcomes;
	}

	/**
	 * What whoever is signed in is to be asked. A session left open, or a remembered one,
	 * proves less than the QQ that was proved just now, and so does a token where the QQ
	 * waits in a session; and nobody loses a QQ without the password.
	 */
	BindingQuestion question(HttpServletRequest request, PendingBinding pending, Authentication account) {
		QqAccountBinding losing = movable(pending, account.getName());
		boolean passwordRequired = pending.isNewerThanProofOf(account.getName()) || losing != null
				|| this.currentAuthentication.isRemembered(account)
				|| (!this.stateless && !this.currentAuthentication.isInSession(request, account));
		return new BindingQuestion(pending, account, losing, passwordRequired);
	}

	/**
	 * What would stand in the way of this binding, or {@code null}. The decision itself
	 * is the database's, in {@link #bind}.
	 */
	@Nullable LoginError obstacle(PendingBinding pending, String account) {
		try {
			BoundAccount bound = this.accounts.find(pending.identity());
			QqAccountBinding holds = (bound != null) ? bound.binding() : this.bindings.find(account);
			return (holds != null) ? refuse(conflict(holds, pending, account), account) : null;
		}
		catch (DataAccessException | TransactionException ex) {
			return notSaved(account, ex);
		}
	}

	/**
	 * Writes the binding.
	 * @return what stood in its way, or {@code null} when it holds now
	 */
	@Nullable LoginError bind(PendingBinding pending, String account) {
		try {
			if (!this.accounts.exists(account)) {
				logger.warn("Account '" + account + "' gets no QQ: the QqAccountLoader does not know it, so that no "
						+ "QQ login could. Declare one that does.");
				return LoginError.NOT_SAVED;
			}
			this.accounts.removeOrphan(pending.identity());
			QqAccountBinding holds = this.bindings.bind(pending.identity(), pending.profile(), account);
			LoginError obstacle = refuse(conflict(holds, pending, account), account);
			if (obstacle == null) {
				this.outcomes.accept("bound");
			}
			return obstacle;
		}
		catch (RuntimeException ex) {
			return notSaved(account, ex);
		}
	}

	/**
	 * The binding that a confirmation would take from its account: one that automatic
	 * registration made, and no other.
	 */
	private @Nullable QqAccountBinding movable(PendingBinding pending, String account) {
		BoundAccount bound = this.accounts.find(pending.identity());
		return (bound != null && bound.binding().registered() && !bound.binding().account().equals(account))
				? bound.binding() : null;
	}

	/**
	 * Moves the binding.
	 * @return what stood in its way, or {@code null} when the account has it now
	 */
	@Nullable LoginError move(QqAccountBinding binding, String account) {
		try {
			if (this.bindings.move(binding, account)) {
				this.outcomes.accept("moved");
				return null;
			}
			return refuse((this.bindings.find(account) != null) ? LoginError.OTHER_QQ : LoginError.BINDING_CHANGED,
					account);
		}
		catch (RuntimeException ex) {
			return notSaved(account, ex);
		}
	}

	private @Nullable LoginError refuse(@Nullable LoginError obstacle, String account) {
		if (obstacle != null) {
			this.outcomes.accept(obstacle.code());
			this.bindings.refused(account, obstacle.code());
		}
		return obstacle;
	}

	/**
	 * The database refused, or a listener of the application did; the transaction is
	 * undone either way.
	 */
	private LoginError notSaved(String account, RuntimeException failure) {
		logger.warn("The binding of account '" + account + "' was not saved", failure);
		this.outcomes.accept(LoginError.NOT_SAVED.code());
		return LoginError.NOT_SAVED;
	}

	private static @Nullable LoginError conflict(QqAccountBinding holds, PendingBinding pending, String account) {
		if (!holds.account().equals(account)) {
			return LoginError.OTHER_ACCOUNT;
		}
		return holds.openid().equals(pending.identity().openid()) ? null : LoginError.OTHER_QQ;
	}

}
