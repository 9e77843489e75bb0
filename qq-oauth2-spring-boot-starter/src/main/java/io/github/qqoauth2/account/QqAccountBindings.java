package io.github.qqoauth2.account;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionOperations;

import io.github.qqoauth2.account.QqAccountEvent.Kind;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * Which QQ belongs to which account: the service that an application calls when it
 * deletes an account, renames it or resets its password. Every change is one transaction,
 * or joins the caller's, and is told as a {@link QqAccountEvent} inside it.
 */
public final class QqAccountBindings {

	private final QqAccountBindingStore store;

	private final String appId;

	private final Clock clock;

	private final TransactionOperations transactions;

	private final ApplicationEventPublisher events;

	/**
	 * Creates the service.
	 * @param store where bindings are kept
	 * @param appId the application's id at QQ Connect
	 * @param clock the time
	 * @param transactions the transactions of the database that holds bindings and
	 * accounts
	 * @param events who hears of changes
	 */
	public QqAccountBindings(QqAccountBindingStore store, String appId, Clock clock, TransactionOperations transactions,
			ApplicationEventPublisher events) {
		this.store = store;
		this.appId = appId;
		this.clock = clock;
		this.transactions = transactions;
		this.events = events;
	}

	/**
	 * Creates the default store, over the table {@code qq_account_binding}. Its scripts
	 * for H2, PostgreSQL and MySQL or MariaDB lie beside this class.
	 * @param jdbc the client of the database that holds the table
	 * @return the store
	 */
	public static QqAccountBindingStore jdbcStore(JdbcClient jdbc) {
		return new JdbcQqAccountBindingStore(jdbc);
	}

	/**
	 * Finds the QQ of an account.
	 * @param account the account's key, its {@link UserDetails#getUsername()}
	 * @return the binding, or {@code null} where the account has no QQ
	 */
	public @Nullable QqAccountBinding find(String account) {
		return this.store.find(this.appId, account);
	}

	/**
	 * Finds the account of a QQ.
	 * @param identity the QQ as just proved
	 * @return the binding, or {@code null} where this QQ is bound to no account
	 */
	public @Nullable QqAccountBinding find(QqIdentity identity) {
		return this.store.find(identity);
	}

	/**
	 * Ends the QQ login of an account. Call it when the account is deleted and when its
	 * password is reset after a loss, since a QQ that a stranger bound would survive the
	 * reset.
	 * @param account the account's key
	 * @return whether the account had a QQ
	 */
	public boolean remove(String account) {
		return inTransaction((status) -> {
			QqAccountBinding binding = find(account);
			boolean removed = binding != null && this.store.delete(binding);
			if (removed) {
				publish(Kind.UNBOUND, account, null);
			}
			return removed;
		});
	}

	/**
	 * Keeps the QQ of an account whose key changes. Call it where an account is renamed.
	 * @param account the account's key
	 * @param newAccount its key from now on
	 * @return whether the account had a QQ, which the new key has now; {@code false} also
	 * where the new key has a QQ already
	 */
	public boolean rename(String account, String newAccount) {
		return inTransaction((status) -> {
			QqAccountBinding binding = find(account);
			boolean renamed = binding != null && this.store
				.move(binding.withAccount(newAccount, binding.registered(), binding.createdAt()), account);
			if (renamed) {
				publish(Kind.RENAMED, newAccount, account);
			}
			return renamed;
		});
	}

	/**
	 * Binds a QQ to an account, once one browser has proved both and its user has said
	 * so.
	 * @param identity the QQ
	 * @param profile what QQ said of its user; {@code null} where it could not be asked
	 * @param account the account's key
	 * @return the binding that holds now: the new one, an equal one that was there
	 * already, or the one that stands in the way because the QQ has another account or
	 * the account another QQ; nothing was changed then
	 * @throws IllegalStateException when the binding was refused by a unique key and the
	 * row in its way was gone at the second look
	 */
	public QqAccountBinding bind(QqIdentity identity, @Nullable QqProfile profile, String account) {
		QqAccountBinding binding = QqAccountBinding.of(identity, profile, account, false, this.clock.instant());
		boolean bound = inTransaction((status) -> insert(binding, Kind.BOUND, status));
		if (bound) {
			return binding;
		}
		QqAccountBinding other = find(identity);
		other = (other != null) ? other : find(account);
		if (other == null) {
			throw new IllegalStateException("The binding of account '" + account + "' was neither added nor found");
		}
		return other;
	}

	/**
	 * Makes an account and binds a QQ to it, both or neither.
	 * @param identity the QQ
	 * @param registration what the account is to be made of
	 * @param registrar makes the account
	 * @return the new account, or {@code null} where the QQ was bound meanwhile; no
	 * account was made then
	 */
	public @Nullable UserDetails register(QqIdentity identity, QqRegistration registration,
			QqAccountRegistrar registrar) {
		Optional<UserDetails> registered = inTransaction((status) -> {
			UserDetails account = registrar.register(registration);
			QqAccountBinding binding = QqAccountBinding.of(identity, registration.profile(), account.getUsername(),
					registration.automatic(), this.clock.instant());
			return insert(binding, Kind.REGISTERED, status) ? Optional.of(account) : Optional.empty();
		});
		return registered.orElse(null);
	}

	/**
	 * Gives a QQ to another account, once one browser has proved that QQ and that account
	 * and its user has said so.
	 * @param binding the binding as it is
	 * @param account the key of the account that shall have the QQ
	 * @return whether it was moved; {@code false} where the binding is not as given any
	 * more, or the account has another QQ
	 */
	public boolean move(QqAccountBinding binding, String account) {
		return inTransaction((status) -> {
			boolean moved = this.store.move(binding.withAccount(account, false, this.clock.instant()),
					binding.account());
			if (moved) {
				publish(Kind.MOVED, account, binding.account());
				publish(Kind.UNBOUND, binding.account(), account);
			}
			else {
				undo(status);
			}
			return moved;
		});
	}

	/**
	 * Notes a login by QQ: when it was, to within a day, and the profile where a fresh
	 * one was fetched. A profile that QQ marks as partial overwrites nothing.
	 * @param binding the binding that logged in
	 * @param identity the QQ as just proved, whose unionid is noted where there is one
	 * @param profile the profile fetched in this login; {@code null} where it was not
	 * asked for or could not be had
	 * @return the binding as it is kept now
	 */
	public QqAccountBinding loggedIn(QqAccountBinding binding, QqIdentity identity, @Nullable QqProfile profile) {
		QqAccountBinding seen = binding.withLogin(identity, (profile != null && !profile.lost()) ? profile : null,
				this.clock.instant());
		inTransaction((status) -> {
			if (!seen.equals(binding)) {
				this.store.update(seen);
			}
			publish(Kind.LOGGED_IN, binding.account(), null);
			return true;
		});
		return seen;
	}

	/**
	 * Tells that a QQ login or a binding was refused to an account.
	 * @param account the account's key
	 * @param reason why, one of a closed set of words
	 */
	public void refused(String account, String reason) {
		this.events.publishEvent(new QqAccountEvent(Kind.REFUSED, account, null, reason, this.clock.instant()));
	}

	private boolean insert(QqAccountBinding binding, Kind kind, TransactionStatus status) {
		if (!this.store.insert(binding)) {
			undo(status);
			return false;
		}
		publish(kind, binding.account(), null);
		return true;
	}

	/**
	 * What was done before the unique key refused; and PostgreSQL commits nothing after a
	 * refusal anyway.
	 */
	private static void undo(TransactionStatus status) {
		status.setRollbackOnly();
	}

	private <T> T inTransaction(Function<TransactionStatus, T> action) {
		return Objects.requireNonNull(this.transactions.execute(action::apply));
	}

	private void publish(Kind kind, String account, @Nullable String otherAccount) {
		this.events.publishEvent(new QqAccountEvent(kind, account, otherAccount, null, this.clock.instant()));
	}

}
