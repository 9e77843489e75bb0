package io.github.qqoauth2.account;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.client.QqIdentity;

/**
 * Stores bindings. The default implementation uses the table {@code qq_account_binding}.
 * An application that has a table of its own declares a bean of this type.
 * <p>
 * An implementation must guarantee three things that its callers do not check:
 * {@code (appId, openid)} and {@code (appId, account)} are each unique, enforced by the
 * database and not by a prior query; both are compared exactly, including case and
 * trailing blanks; and the store takes part in Spring's transactions. The class
 * {@code QqAccountBindingStoreContract}, in the jar with the classifier {@code contract},
 * tests the first two.
 */
public interface QqAccountBindingStore {

	/**
	 * Finds the binding of a QQ identity by app id and openid. The unionid is not a key,
	 * since it depends on a permission.
	 * @param identity the QQ identity, whose openid is compared exactly
	 * @return the binding, or {@code null} if the identity is not bound
	 */
	@Nullable QqAccountBinding find(QqIdentity identity);

	/**
	 * Finds the binding of an account.
	 * @param appId the app id
	 * @param account the account's key, compared exactly
	 * @return the binding, or {@code null} if the account is not bound
	 */
	@Nullable QqAccountBinding find(String appId, String account);

	/**
	 * Adds a binding unless the QQ identity or the account is already bound.
	 * @param binding the binding to add
	 * @return {@code true} if it was added; {@code false} if a unique key rejected it and
	 * nothing was changed
	 */
	boolean insert(QqAccountBinding binding);

	/**
	 * Updates the fields that a login refreshes: unionid, nickname, avatar, gender,
	 * {@code profileAt} and {@code lastLoginAt}. Never changes the account.
	 * @param binding the new values; the stored binding is found by app id and openid
	 */
	void update(QqAccountBinding binding);

	/**
	 * Moves a binding to another account, in one statement: updates {@code account},
	 * {@code registered} and {@code createdAt}.
	 * @param binding the new values; the stored binding is found by app id and openid
	 * @param from the account of the stored binding, compared exactly
	 * @return {@code true} if it was moved; {@code false} if the identity is no longer
	 * bound to {@code from} or the new account is already bound, and nothing was changed
	 */
	boolean move(QqAccountBinding binding, String from);

	/**
	 * Removes a binding.
	 * @param binding the binding, which must match in app id, openid and account
	 * @return whether a binding was removed
	 */
	boolean delete(QqAccountBinding binding);

}
