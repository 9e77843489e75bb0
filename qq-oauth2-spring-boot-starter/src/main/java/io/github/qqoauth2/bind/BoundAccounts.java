package io.github.qqoauth2.bind;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.transaction.TransactionException;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqAccountLoader;
import io.github.qqoauth2.client.QqIdentity;

/**
 * Finds accounts by the QQ identity that is bound to them. A binding whose account no
 * longer exists counts as absent.
 */
final class BoundAccounts {

	private static final Log logger = LogFactory.getLog(BoundAccounts.class);

	private final QqAccountBindings bindings;

	private final QqAccountLoader loader;

	private final AtomicBoolean echoChecked = new AtomicBoolean();

	BoundAccounts(QqAccountBindings bindings, QqAccountLoader loader) {
		this.bindings = bindings;
		this.loader = loader;
	}

	/**
	 * Finds the account of a QQ identity.
	 * @return the account with its binding, or {@code null} if there is none
	 */
	@Nullable BoundAccount find(QqIdentity identity) {
		QqAccountBinding binding = this.bindings.find(identity);
		UserDetails account = (binding != null) ? load(binding.account()) : null;
		return (binding != null && account != null) ? new BoundAccount(binding, account) : null;
	}

	/**
	 * Finds the account that was just registered for a QQ identity.
	 * @param loaded the account as loaded in the transaction of the registration, if it
	 * was found there; after it, the loader may ask a replica that lacks the account
	 */
	BoundAccount findRegistered(QqIdentity identity, @Nullable UserDetails loaded) {
		QqAccountBinding binding = (loaded != null) ? this.bindings.find(identity) : null;
		BoundAccount bound = (binding != null && loaded != null && binding.account().equals(loaded.getUsername()))
				? new BoundAccount(binding, loaded) : find(identity);
		if (bound == null) {
			throw new IllegalStateException("The account that the registrar created was not found");
		}
		return bound;
	}

	/**
	 * Returns whether a binding with this account as its key could log in.
	 */
	boolean exists(String account) {
		return load(account) != null;
	}

	/**
	 * Returns the encoded password of the account that the loader finds by this name, as
	 * its username or by another field.
	 * @return the password, or {@code null} if the account or its password is not
	 * available
	 */
	@Nullable String encodedPassword(String name) {
		UserDetails account = this.loader.loadAccount(name);
		return (account != null) ? account.getPassword() : null;
	}

	/**
	 * Returns whether the loader finds any account by this name, as its username or by
	 * another field such as an e-mail address.
	 */
	boolean isTaken(String name) {
		return this.loader.loadAccount(name) != null;
	}

	/**
	 * Loads the account with exactly this key. A loader that also finds accounts by an
	 * e-mail address or regardless of case may return another one, which must not be
	 * signed in.
	 */
	@Nullable UserDetails load(String key) {
		UserDetails account = ask(key);
		if (account == null || key.equals(account.getUsername())) {
			return account;
		}
		logger.error("The QqAccountLoader returned account '" + account.getUsername() + "' for the key '" + key
				+ "', so the account counts as absent. Declare a QqAccountLoader that finds accounts only by their "
				+ "exact getUsername().");
		return null;
	}

	/**
	 * Calls the loader. The exceptions of a database and those that Spring Security
	 * defines for an account's status keep their meaning.
	 */
	private @Nullable UserDetails ask(String key) {
		try {
			return this.loader.loadAccount(key);
		}
		catch (AuthenticationException | DataAccessException | TransactionException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			throw new AuthenticationServiceException("Account '" + key + "' could not be loaded. Declare a "
					+ "QqAccountLoader that finds accounts outside a login by password.", ex);
		}
	}

	/**
	 * Warns once if the loader returns one account under two usernames, as one does that
	 * looks up a column regardless of case and returns what was asked for. Bindings of
	 * both names could then coexist.
	 */
	void warnOfEcho(String account) {
		String other = otherSpelling(account);
		if (other.equals(account) || !this.echoChecked.compareAndSet(false, true)) {
			return;
		}
		try {
			UserDetails found = this.loader.loadAccount(account);
			UserDetails same = this.loader.loadAccount(other);
			if (found != null && same != null && account.equals(found.getUsername()) && other.equals(same.getUsername())
					&& found.getPassword() != null && found.getPassword().equals(same.getPassword())) {
				logger.warn("The QqAccountLoader finds one account as '" + account + "' and as '" + other
						+ "', so that two QQ identities could be bound to it, of which remove(..) finds one. Declare "
						+ "a QqAccountLoader that returns the stored username, not the requested one.");
			}
		}
		catch (RuntimeException ex) {
			logger.debug("The account could not be loaded by another spelling", ex);
		}
	}

	private static String otherSpelling(String name) {
		String upper = name.toUpperCase(Locale.ROOT);
		return upper.equals(name) ? name.toLowerCase(Locale.ROOT) : upper;
	}

	/**
	 * Removes the binding of a QQ identity if its account no longer exists.
	 */
	void removeOrphan(QqIdentity identity) {
		QqAccountBinding binding = this.bindings.find(identity);
		if (binding != null && !exists(binding.account())) {
			this.bindings.remove(binding.account());
		}
	}

	/**
	 * An account with the binding that names it.
	 *
	 * @param binding the binding
	 * @param account the account as loaded
	 */
	record BoundAccount(QqAccountBinding binding, UserDetails account) {

	}

}
