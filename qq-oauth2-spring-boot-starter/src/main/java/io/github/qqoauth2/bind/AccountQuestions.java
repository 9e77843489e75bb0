package io.github.qqoauth2.bind;

import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * What the account page has to ask a signed-in user, for the page and for front ends.
 */
final class AccountQuestions {

	private final PendingBindingRepository pendingBindings;

	private final BindingDecision decision;

	private final AccountProofs proofs;

	private final SignInAgain signInAgain;

	AccountQuestions(PendingBindingRepository pendingBindings, BindingDecision decision, AccountProofs proofs,
			SignInAgain signInAgain) {
		this.pendingBindings = pendingBindings;
		this.decision = decision;
		this.proofs = proofs;
		this.signInAgain = signInAgain;
	}

	/**
	 * Returns the question about the pending binding, or {@code null} if there is none.
	 */
	@Nullable BindingQuestion pending(HttpServletRequest request, Authentication account) {
		PendingBinding pending = this.pendingBindings.load(request);
		return (pending != null) ? this.decision.question(request, pending, account) : null;
	}

	/**
	 * Returns whether unlinking requires a proof of the account.
	 */
	boolean isUnlinkingProofRequired(HttpServletRequest request, Authentication account) {
		return !this.proofs.isFreshWithoutQq(request, account);
	}

	/**
	 * Returns the ways in which the user can prove the account.
	 */
	List<String> ways() {
		return this.proofs.ways();
	}

	/**
	 * Returns whether the accounts have passwords.
	 */
	boolean acceptsPasswords() {
		return this.proofs.acceptsPasswords();
	}

	/**
	 * Returns whether the user signed in again with another account than before.
	 */
	boolean isOtherAccount(HttpServletRequest request, Authentication account) {
		return this.signInAgain.isByOtherAccount(request, account);
	}

	/**
	 * Returns whether the user signed in again in order to unlink.
	 */
	boolean isForUnlinking(HttpServletRequest request) {
		return this.signInAgain.isForUnlinking(request);
	}

}
