package io.github.qqoauth2.account;

import java.util.List;

import org.springframework.security.core.userdetails.UserDetails;

/**
 * Makes accounts for QQs that have none. With a bean of this type the bind page has a
 * second tab, "I am new"; with {@code qq.oauth2.auto-register=true} a new QQ gets its
 * account without being asked.
 * <p>
 * Both run inside one transaction with the binding, so that there is never an account
 * without it or the other way round, as long as the accounts are kept where Spring's
 * transaction manager reaches.
 */
public interface QqAccountRegistrar {

	/**
	 * The fields of the form, in their order. Names, labels and errors are looked up in
	 * the application's messages.
	 * @return the fields; by default a username and a password
	 */
	default List<QqRegistrationField> fields() {
		return List.of(QqRegistrationField.USERNAME, QqRegistrationField.PASSWORD);
	}

	/**
	 * Makes an account. Its roles are the application's decision; nothing in the
	 * registration names one. It runs inside the transaction of the binding, which a
	 * refusal undoes: what must be remembered of a refused registration, such as a wrong
	 * code that was tried, belongs into a transaction of its own.
	 * @param registration what was asked for
	 * @return the new account, whose {@link UserDetails#getUsername()} becomes the key of
	 * the binding
	 * @throws QqRegistrationException when a value will not do, such as a name that is
	 * taken; the form is shown again with the error beside its field
	 */
	UserDetails register(QqRegistration registration);

}
