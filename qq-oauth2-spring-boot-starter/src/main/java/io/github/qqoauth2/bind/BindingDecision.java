package io.github.qqoauth2.bind;

import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.TransactionException;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.bind.BoundAccounts.BoundAccount;

/**
 * The only class that binds QQ identities to existing accounts or moves bindings. A
 * caller must ensure that one browser has authenticated both the QQ identity and the
 * account, and that its user has confirmed the binding.
 */
final class BindingDecision {

	private static final Log logger = LogFactory.getLog(BindingDecision.class);

	private final AccountProofs proofs;

	private final QqAccountBindings bindings;

	private final BoundAccounts accounts;

	private final AccountPageAccess accountPage;

	private final Consumer<String> outcomes;

	BindingDecision(AccountProofs proofs, QqAccountBindings bindings, BoundAccounts accounts,
			AccountPageAccess accountPage, Consumer<String> outcomes) {
		this.proofs = proofs;
		this.bindings = bindings;
		this.accounts = accounts;
		this.accountPage = accountPage;
		this.outcomes = outcomes;
	}

	/**
	 * Creates the question for the signed-in user. A proof of the account is required
	 * unless the user logged in to it recently, in this browser.
	 */
	BindingQuestion question(HttpServletRequest request, PendingBinding pending, Authentication account) {
		return new BindingQuestion(pending, account, movable(pending, account.getName()),
				!this.proofs.isFresh(request, account));
	}

	/**
	 * Returns whether accounts have passwords, so that the bind form can prove one.
	 */
	boolean acceptsPasswords() {
		return this.proofs.acceptsPasswords();
	}

	/**
	 * Records that the bind form has proved an account.
	 */
	void passwordTyped(HttpServletRequest request, HttpServletResponse response, Authentication account) {
		this.proofs.passwordTyped(request, response, account);
	}

	/**
	 * Returns what prevents this binding, or {@code null}. Called for the bind form only,
	 * in advance; in {@link #bind} the database's unique keys decide.
	 */
	@Nullable LoginError obstacle(PendingBinding pending, String account) {
		try {
			BoundAccount bound = this.accounts.find(pending.identity());
			QqAccountBinding existing = (bound != null) ? bound.binding() : this.bindings.find(account);
			return (existing != null) ? refuse(conflict(existing, pending, account), account) : null;
		}
		catch (DataAccessException | TransactionException ex) {
			return notSaved(account, ex);
		}
	}

	/**
	 * Returns whether the bind form writes the binding at once, since submitting it
	 * counts as the confirmation. If the application's rules deny the account the
	 * confirmation page, as they do when a second factor is due, the binding stays
	 * pending until the user confirms it there.
	 */
	boolean mayBindAtOnce(HttpServletRequest request, Authentication account) {
		return this.accountPage.isGranted(request, account);
	}

	/**
	 * Writes the binding.
	 * @return what prevented it, or {@code null} if the account is bound to the QQ
	 * identity
	 */
	@Nullable LoginError bind(PendingBinding pending, String account) {
		try {
			requireLoadable(account);
			this.accounts.warnOfEcho(account);
			this.accounts.removeOrphan(pending.identity());
			QqAccountBinding existing = this.bindings.bind(pending.identity(), pending.profile(), account);
			LoginError obstacle = refuse(conflict(existing, pending, account), account);
			if (obstacle == null) {
				this.outcomes.accept("bound");
			}
			return obstacle;
		}
		catch (DataAccessException | TransactionException ex) {
			return notSaved(account, ex);
		}
	}

	/**
	 * Returns the binding that a confirmation would move: one of an account that was
	 * created from the QQ identity alone, or any other if the user has asked to move it
	 * to this account.
	 */
	private @Nullable QqAccountBinding movable(PendingBinding pending, String account) {
		BoundAccount bound = this.accounts.find(pending.identity());
		if (bound == null || bound.binding().account().equals(account)) {
			return null;
		}
		return (bound.binding().registered() || account.equals(pending.moveTo())) ? bound.binding() : null;
	}

	/**
	 * Moves the binding. A second confirmation of the same move succeeds, too.
	 * @return what prevented it, or {@code null} if the account has the binding now
	 */
	@Nullable LoginError move(QqAccountBinding binding, String account) {
		try {
			requireLoadable(account);
			if (this.bindings.move(binding, account)) {
				this.outcomes.accept("moved");
				return null;
			}
			QqAccountBinding existing = this.bindings.find(account);
			if (existing != null && existing.openid().equals(binding.openid())) {
				return null;
			}
			return refuse((existing != null) ? LoginError.OTHER_QQ : LoginError.BINDING_CHANGED, account);
		}
		catch (DataAccessException | TransactionException ex) {
			return notSaved(account, ex);
		}
	}

	/**
	 * Requires that a QQ login could load the account.
	 */
	private void requireLoadable(String account) {
		if (!this.accounts.exists(account)) {
			throw new AuthenticationServiceException("Account '" + account + "' was not bound: the "
					+ "QqAccountLoader does not find it, so a QQ login could not load it. Declare a "
					+ "QqAccountLoader that does.");
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
	 * Returns the error for a failure of the database, after the transaction has been
	 * rolled back.
	 */
	private LoginError notSaved(String account, RuntimeException failure) {
		logger.warn("The binding of account '" + account + "' was not saved", failure);
		this.outcomes.accept(LoginError.NOT_SAVED.code());
		return LoginError.NOT_SAVED;
	}

	private static @Nullable LoginError conflict(QqAccountBinding existing, PendingBinding pending, String account) {
		if (!existing.account().equals(account)) {
			return LoginError.OTHER_ACCOUNT;
		}
		return existing.openid().equals(pending.identity().openid()) ? null : LoginError.OTHER_QQ;
	}

}
