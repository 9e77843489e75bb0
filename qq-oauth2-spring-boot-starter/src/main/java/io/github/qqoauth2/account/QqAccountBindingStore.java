package io.github.qqoauth2.account;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where bindings are kept. The default keeps them in the table
 * {@code qq_account_binding}; an application that already has a table of its own declares
 * a bean of this type over it.
 * <p>
 * An implementation answers for two things that nothing above it checks again:
 * {@code (appId, openid)} and {@code (appId, account)} are each unique, enforced by the
 * database and not by looking first; and both are compared exactly, case and trailing
 * blanks included.
 */
public interface QqAccountBindingStore {

	/**
	 * Finds the binding of a QQ identity.
	 * @param appId the app id
	 * @param openid the openid, compared exactly
	 * @return the binding, or {@code null} where this QQ is bound to no account
	 */
	@Nullable QqAccountBinding findByOpenid(String appId, String openid);

	/**
	 * Finds the binding of an account.
	 * @param appId the app id
	 * @param account the account's key, compared exactly
	 * @return the binding, or {@code null} where this account has no QQ
	 */
	@Nullable QqAccountBinding findByAccount(String appId, String account);

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
	 * Removes the binding of an account.
	 * @param appId the app id
	 * @param account the account's key
	 * @return whether there was one
	 */
	boolean delete(String appId, String account);

	/**
	 * The store over the table {@code qq_account_binding}, whose scripts for H2,
	 * PostgreSQL and MySQL or MariaDB lie beside this class.
	 * @param jdbc the client of the database that holds the table
	 * @return the store
	 */
	static QqAccountBindingStore jdbc(JdbcClient jdbc) {
		return new JdbcQqAccountBindingStore(jdbc);
	}

}
