package io.github.qqoauth2.bind;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.transaction.TransactionException;

import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * The result of a QQ login.
 */
sealed interface LoginResult {

	/**
	 * The visitor is signed in as the account that the QQ identity is bound to.
	 *
	 * @param account the account as loaded
	 */
	record SignedIn(UserDetails account) implements LoginResult {

	}

	/**
	 * The QQ identity has no account and no user is signed in.
	 *
	 * @param identity the QQ identity
	 * @param profile its profile, if QQ returned one
	 * @param tokens QQ's tokens, encrypted; {@code null} if they are dropped
	 */
	record BindingRequired(QqIdentity identity, @Nullable QqProfile profile,
			@Nullable String tokens) implements LoginResult {

	}

	/**
	 * The signed-in user may link the QQ identity, which has no account or one whose
	 * binding can move.
	 *
	 * @param identity the QQ identity
	 * @param profile its profile, if QQ returned one
	 * @param tokens QQ's tokens, encrypted; {@code null} if they are dropped
	 */
	record ConfirmationRequired(QqIdentity identity, @Nullable QqProfile profile,
			@Nullable String tokens) implements LoginResult {

	}

	/**
	 * The QQ identity is bound to the account that is signed in already.
	 */
	record SameAccount() implements LoginResult {

	}

	/**
	 * A user is signed in, and the QQ identity is bound to another account.
	 */
	record OtherAccount() implements LoginResult {

	}

	/**
	 * The login failed.
	 *
	 * @param failure the failure
	 * @param account the name of the account, if it is known
	 */
	record Refused(AuthenticationException failure, @Nullable String account) implements LoginResult {

		/**
		 * Returns the failure for an exception that any bean threw during the login.
		 */
		static Refused by(Exception ex) {
			if (ex instanceof AuthenticationException failure) {
				return new Refused(failure, null);
			}
			boolean database = ex instanceof DataAccessException || ex instanceof TransactionException;
			String message = database ? "The database failed during a QQ login"
					: "A QQ login failed in the application";
			return new Refused(
					new OAuth2AuthenticationException(new OAuth2Error(OAuth2ErrorCodes.SERVER_ERROR), message, ex),
					null);
		}

	}

}
