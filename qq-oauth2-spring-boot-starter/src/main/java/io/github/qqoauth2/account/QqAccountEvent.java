package io.github.qqoauth2.account;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Reports a change of a binding, a QQ login, or a refusal. Published within the
 * transaction of the change or login: an exception thrown by a listener rolls it back,
 * and a {@code @TransactionalEventListener} is called after the commit.
 * {@link Kind#REFUSED} has no transaction of its own.
 *
 * @param kind the kind of event
 * @param account the key of the account that the event concerns
 * @param otherAccount with {@link Kind#MOVED}, the account that was bound before; with
 * the accompanying {@link Kind#UNBOUND}, the account that is bound now; with
 * {@link Kind#RENAMED}, the previous key; otherwise {@code null}
 * @param reason with {@link Kind#REFUSED}, the reason: {@code account-status},
 * {@code other-account}, {@code other-qq} or {@code binding-changed}; otherwise
 * {@code null}
 * @param at the time of the event
 */
public record QqAccountEvent(Kind kind, String account, @Nullable String otherAccount, @Nullable String reason,
		Instant at) {

	/**
	 * The kinds of events.
	 */
	public enum Kind {

		/** A QQ identity was bound to the account. */
		BOUND,

		/** The account is no longer bound to a QQ identity. */
		UNBOUND,

		/** The binding of another account was moved to the account. */
		MOVED,

		/** The account has a new key and keeps its binding. */
		RENAMED,

		/** The account was created for a QQ identity and bound to it. */
		REGISTERED,

		/**
		 * The account logged in with QQ. Spring Security may still refuse the login
		 * afterwards, for example because of a session limit.
		 */
		LOGGED_IN,

		/** A QQ login or a binding was refused for the account; nothing changed. */
		REFUSED

	}

}
