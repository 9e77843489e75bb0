package io.github.qqoauth2.account;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Something happened between a QQ and an account. Published to the application's
 * listeners inside the transaction that it is about: a listener that throws undoes it,
 * and a {@code @TransactionalEventListener} sees what was committed. {@link Kind#REFUSED}
 * has no transaction.
 *
 * @param kind what happened
 * @param account the key of the account that it happened to
 * @param otherAccount with {@link Kind#MOVED} the account that lost the QQ, with the
 * {@link Kind#UNBOUND} that goes with it the account that has it now; with
 * {@link Kind#RENAMED} the key that it had; else {@code null}
 * @param reason with {@link Kind#REFUSED} why, one of a closed set of words such as
 * {@code account-status}, {@code other-account}, {@code other-qq},
 * {@code too-many-attempts}; else {@code null}
 * @param at when
 */
public record QqAccountEvent(Kind kind, String account, @Nullable String otherAccount, @Nullable String reason,
		Instant at) {

	/**
	 * What happened.
	 */
	public enum Kind {

		/** A QQ was bound to the account. */
		BOUND,

		/** The account has no QQ any more. */
		UNBOUND,

		/** The account got a QQ that had been another account's. */
		MOVED,

		/** The account got another key, and kept its QQ. */
		RENAMED,

		/** The account was made for a QQ, and bound to it. */
		REGISTERED,

		/**
		 * The account logged in by its QQ. What Spring Security does afterwards, such as
		 * a limit of sessions, may still refuse the login.
		 */
		LOGGED_IN,

		/** A QQ login or a binding was refused to the account; nothing changed. */
		REFUSED

	}

}
