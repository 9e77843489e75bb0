package io.github.qqoauth2.bind;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

import io.github.qqoauth2.account.QqAccountBinding;

/**
 * The question whether to bind a pending QQ identity to the signed-in user's account.
 *
 * @param pending the pending binding
 * @param account the signed-in user
 * @param moving the binding that would move from another account, which automatic
 * registration created; {@code null} if none would
 * @param proofRequired whether the user has to prove the account, because no login of it
 * in this browser is recent enough
 */
record BindingQuestion(PendingBinding pending, Authentication account, @Nullable QqAccountBinding moving,
		boolean proofRequired) {

	/**
	 * Returns the name of the account that would lose the binding.
	 */
	@Nullable String from() {
		return (this.moving != null) ? this.moving.account() : null;
	}

}
