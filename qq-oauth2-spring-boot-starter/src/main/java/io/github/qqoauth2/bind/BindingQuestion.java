package io.github.qqoauth2.bind;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

import io.github.qqoauth2.account.QqAccountBinding;

/**
 * Whether to bind the QQ that waits to the account that is signed in.
 *
 * @param pending the QQ
 * @param account who is signed in
 * @param losing the binding that would move, of an account that automatic registration
 * made; {@code null} where nobody loses the QQ
 * @param passwordRequired whether the account's proof is the older one, or somebody loses
 * the QQ
 */
record BindingQuestion(PendingBinding pending, Authentication account, @Nullable QqAccountBinding losing,
		boolean passwordRequired) {

	@Nullable String from() {
		return (this.losing != null) ? this.losing.account() : null;
	}

}
