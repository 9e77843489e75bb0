package io.github.qqoauth2.account;

import java.util.List;

import org.springframework.security.core.userdetails.UserDetails;

/**
 * Creates accounts for unbound QQ identities. With a bean of this type, the bind page has
 * a second tab, "I am new", with a registration form. If the form has no fields, or only
 * consents, the bind page has one button instead, which creates the account. With
 * {@code qq.oauth2.auto-register=true}, the account is created without a page, unless a
 * consent is declared.
 * <p>
 * In all cases account and binding are created in one transaction, so that neither exists
 * without the other, provided that Spring's transaction manager covers the accounts.
 */
public interface QqAccountRegistrar {

	/**
	 * Returns the fields of the form, in order. Labels and errors are messages of the
	 * application, see {@link QqRegistrationField}.
	 * @return the fields, empty for a registration by one click; by default a username
	 * and a password
	 */
	default List<QqRegistrationField> fields() {
		return List.of(QqRegistrationField.USERNAME, QqRegistrationField.PASSWORD);
	}

	/**
	 * Creates an account. The application decides on its roles; the registration contains
	 * none. This method runs in the transaction of the binding, which is rolled back if
	 * the registration is refused: data that must outlive a refusal, such as the number
	 * of wrong codes, requires a transaction of its own.
	 * @param registration the data of the account
	 * @return the new account, whose {@link UserDetails#getUsername()} becomes the
	 * account's key in the binding
	 * @throws QqRegistrationException if a value is invalid, such as a name that is
	 * taken; the form is shown again with the error beside its field
	 */
	UserDetails register(QqRegistration registration);

}
