package io.github.qqoauth2.account;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.client.QqIdentity;

/**
 * Where bindings are kept. The default keeps them in the table
 * {@code qq_account_binding}; an application that already has a table of its own declares
 * a bean of this type over it.
 * <p>
 * An implementation answers for three things that nothing above it checks again:
 * {@code (appId, openid)} and {@code (appId, account)} are each unique, enforced by the
 * database and not by looking first; both are compared exactly, case and trailing blanks
 * included; and it takes part in Spring's transactions. The class
 * {@code QqAccountBindingStoreContract}, in the jar with the classifier {@code contract},
 * tests an implementation for the first two.
 */
public interface QqAccountBindingStore {

	/**
	 * Finds the binding of a QQ identity, by its app id and openid. Its unionid is no
	 * key: it comes and goes with a permission.
	 * @param identity the QQ, whose openid is compared exactly
	 * @return the binding, or {@code null} where this QQ is bound to no account
	 */
	@Nullable QqAccountBinding find(QqIdentity identity);

	/**
	 * Finds the binding of an account.
	 * @param appId the app id
	 * @param account the account's key, compared exactly
	 * @return the binding, or {@code null} where this account has no QQ
	 */
	@Nullable QqAccountBinding find(String appId, String account);

	/**
	 * Adds a binding, unless the QQ or the account has one already.
	 * @param binding the binding to add
	 * @return {@code true} when it was added; {@code false} when a unique key stood in
	 * the way, and nothing was changed
	 */
	boolean insert(QqAccountBinding binding);

	/**
	 * Writes what a login refreshes: unionid, nickname, avatar, gender, and the two
	 * times. Never moves the binding to another account.
	 * @param binding the binding as it shall be; found by app id and openid
	 */
	void update(QqAccountBinding binding);

	/**
	 * Gives a QQ to another account, in one statement: writes {@code account},
	 * {@code registered} and {@code createdAt}.
	 * @param binding the binding as it shall be; found by app id and openid
	 * @param from the account that must have the QQ until then, compared exactly
	 * @return {@code true} when it was moved; {@code false} when that account does not
	 * have this QQ any more or the other has one already, and nothing was changed
	 */
	boolean move(QqAccountBinding binding, String from);

	/**
	 * Removes a binding.
	 * @param binding the binding; found by app id, openid and account, all three
	 * @return whether there was one
	 */
	boolean delete(QqAccountBinding binding);

}
