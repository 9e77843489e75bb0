package io.github.qqoauth2.account;

import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

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
 * Service for the bindings between QQ identities and accounts. An application calls it
 * when it deletes or renames an account or resets its password. Every change runs in a
 * transaction, the caller's if there is one, and publishes a {@link QqAccountEvent} in
 * it.
 */
public final class QqAccountBindings {

	private final QqAccountBindingStore store;

	private final String appId;

	private final Clock clock;

	private final StoreTransactions transactions;

	private final BindingWrites writes;

	private final CurrentBindings current;

	private final ApplicationEventPublisher events;

	/**
	 * Creates the service.
	 * @param store the store of the bindings
	 * @param appId the application's id at QQ Connect
	 * @param clock the clock for the times of bindings and events
	 * @param transactions transactions of the database that holds bindings and accounts
	 * @param events publishes {@link QqAccountEvent}
	 */
	public QqAccountBindings(QqAccountBindingStore store, String appId, Clock clock, TransactionOperations transactions,
			ApplicationEventPublisher events) {
		this.store = store;
		this.appId = appId;
		this.clock = clock;
		this.transactions = new StoreTransactions(transactions);
		this.writes = new BindingWrites(store, this.transactions);
		this.current = new CurrentBindings(store);
		this.events = events;
	}

	/**
	 * Creates the default store, which uses the table {@code qq_account_binding}. The
	 * schema scripts for H2, PostgreSQL, and MySQL or MariaDB are in the package of this
	 * class.
	 * @param jdbc the client of the database that holds the table
	 * @return the store
	 */
	public static QqAccountBindingStore jdbcStore(JdbcClient jdbc) {
		return new JdbcQqAccountBindingStore(jdbc);
	}

	/**
	 * Finds the binding of an account.
	 * @param account the account's key, its {@link UserDetails#getUsername()}
	 * @return the binding, or {@code null} if the account is not bound
	 */
	public @Nullable QqAccountBinding find(String account) {
		return this.transactions.read(() -> this.store.find(this.appId, account));
	}

	/**
	 * Finds the binding of a QQ identity.
	 * @param identity the QQ identity
	 * @return the binding, or {@code null} if the identity is not bound
	 */
	public @Nullable QqAccountBinding find(QqIdentity identity) {
		return this.transactions.read(() -> this.store.find(identity));
	}

	/**
	 * Removes the binding of an account. Call this method when the account is deleted,
	 * and when its password is reset after a loss: a QQ identity bound by an attacker
	 * would otherwise survive the reset.
	 * @param account the account's key
	 * @return whether the account was bound
	 */
	public boolean remove(String account) {
		return this.transactions.join((status) -> {
			QqAccountBinding binding = find(account);
			boolean removed = binding != null && this.store.delete(binding);
			if (removed) {
				publish(Kind.UNBOUND, account, null);
			}
			return removed;
		});
	}

	/**
	 * Changes the account's key in its binding. Call this method when an account is
	 * renamed. If the table has a foreign key with {@code on update cascade}, the
	 * database does this with the account; call this method after that, for the event.
	 * @param account the account's previous key
	 * @param newAccount the account's new key
	 * @return whether the binding has the new key now and no binding has the previous
	 * one; {@code false} if the account is not bound, if the new key is already bound, or
	 * if a foreign key rejects the new key, because the account is not renamed yet
	 */
	public boolean rename(String account, String newAccount) {
		return this.writes.run((status, bare) -> {
			status.flush();
			QqAccountBinding binding = this.store.find(this.appId, account);
			boolean renamed = (binding != null) ? this.writes
				.rename(binding.withAccount(newAccount, binding.registered(), binding.createdAt()), account, status)
					: this.store.find(this.appId, newAccount) != null;
			if (renamed) {
				publish(Kind.RENAMED, newAccount, account);
			}
			return renamed;
		}, () -> this.current.renamed(this.appId, account, newAccount));
	}

	/**
	 * Binds a QQ identity to an account. Call this method only after one browser session
	 * has authenticated both and the user has confirmed the binding.
	 * @param identity the QQ identity
	 * @param profile the QQ profile, or {@code null} if it could not be loaded
	 * @param account the account's key
	 * @return the current binding: the new one, or the existing one, unchanged, if the
	 * identity or the account is already bound. If the caller has a transaction, it is
	 * marked rollback-only in this case
	 * @throws IllegalStateException if a unique key rejected the binding and the existing
	 * binding was removed before it could be read
	 */
	public QqAccountBinding bind(QqIdentity identity, @Nullable QqProfile profile, String account) {
		QqAccountBinding binding = QqAccountBinding.of(identity, profile, account, false, this.clock.instant());
		return this.writes.run((status, bare) -> insert(bare ? binding.withoutProfile() : binding, Kind.BOUND, status),
				() -> this.current.find(identity, account));
	}

	/**
	 * Creates an account and binds a QQ identity to it, in one transaction.
	 * @param identity the QQ identity
	 * @param registration the data of the account
	 * @param registrar creates the account
	 * @return the new account, or {@code null} if the identity is already bound and the
	 * transaction was rolled back
	 * @throws IllegalStateException as {@link #bind} does
	 */
	public @Nullable UserDetails register(QqIdentity identity, QqRegistration registration,
			QqAccountRegistrar registrar) {
		AtomicReference<@Nullable UserDetails> created = new AtomicReference<>();
		AtomicBoolean inserted = new AtomicBoolean();
		boolean registered = this.writes.run((status, bare) -> {
			created.set(null);
			UserDetails account = registrar.register(registration);
			status.flush();
			created.set(account);
			QqAccountBinding binding = QqAccountBinding.of(identity, registration.profile(), account.getUsername(),
					registration.automatic(), this.clock.instant());
			insert(bare ? binding.withoutProfile() : binding, Kind.REGISTERED, status);
			inserted.set(true);
			return true;
		}, () -> this.current.registered(identity, created.get(), inserted.get()));
		return registered ? created.get() : null;
	}

	/**
	 * Moves a binding to another account. Call this method only after one browser session
	 * has authenticated both the QQ identity and the new account, and the user has
	 * confirmed the move.
	 * @param binding the current binding
	 * @param account the key of the new account
	 * @return whether it was moved; {@code false} if the identity is no longer bound to
	 * the account of {@code binding}, or the new account is already bound. If the caller
	 * has a transaction, it is marked rollback-only in this case
	 */
	public boolean move(QqAccountBinding binding, String account) {
		return this.writes.run((status, bare) -> {
			boolean moved = this.store.move(binding.withAccount(account, false, this.clock.instant()),
					binding.account());
			if (moved) {
				publish(Kind.MOVED, account, binding.account());
				publish(Kind.UNBOUND, binding.account(), account);
			}
			else {
				status.setRollbackOnly();
			}
			return moved;
		}, () -> this.current.moved(binding, account));
	}

	/**
	 * Records a QQ login: its time, to within a day, the unionid, and the profile if it
	 * was fetched. A profile that QQ marks as incomplete is not stored.
	 * @param binding the binding of the login
	 * @param identity the authenticated identity, whose unionid is stored if there is one
	 * @param profile the profile fetched in this login; {@code null} if it was not
	 * requested or could not be loaded
	 * @return the binding as now stored
	 */
	public QqAccountBinding loggedIn(QqAccountBinding binding, QqIdentity identity, @Nullable QqProfile profile) {
		QqAccountBinding seen = binding.withLogin(identity, (profile != null && !profile.lost()) ? profile : null,
				this.clock.instant());
		QqAccountBinding reduced = seen.withProfileOf(binding);
		return this.writes.run((status, bare) -> {
			QqAccountBinding stored = bare ? reduced : seen;
			stored = stored.equals(binding) ? binding : this.writes.update(stored, reduced, status);
			publish(Kind.LOGGED_IN, binding.account(), null);
			return stored;
		}, () -> null);
	}

	/**
	 * Publishes that a QQ login or a binding was refused for an account.
	 * @param account the account's key
	 * @param reason the reason, one of the values that {@link QqAccountEvent} lists
	 */
	public void refused(String account, String reason) {
		this.events.publishEvent(new QqAccountEvent(Kind.REFUSED, account, null, reason, this.clock.instant()));
	}

	private QqAccountBinding insert(QqAccountBinding binding, Kind kind, TransactionStatus status) {
		QqAccountBinding inserted = this.writes.insert(binding, status);
		publish(kind, inserted.account(), null);
		return inserted;
	}

	private void publish(Kind kind, String account, @Nullable String otherAccount) {
		this.events.publishEvent(new QqAccountEvent(kind, account, otherAccount, null, this.clock.instant()));
	}

}
