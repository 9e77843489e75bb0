package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * Writes the response to one request: a page, or JSON for a front end. What it reports
 * has been decided before.
 */
interface LoginResponse {

	/** The QQ identity has no account; a pending binding was saved. */
	void bindingRequired(PendingBinding pending) throws IOException;

	/** Shows the pending binding. */
	void pending(PendingBinding pending) throws IOException;

	/**
	 * A form of the bind page was refused; its errors are part of the pending binding.
	 * @param failure the failure of the login; {@code null} for a registration
	 */
	void tryAgain(PendingBinding pending, @Nullable AuthenticationException failure)
			throws IOException, ServletException;

	/** Sends the signed-in user to the account page, which has changed. */
	void toAccount(Authentication account) throws IOException;

	/**
	 * Asks the signed-in user for confirmation, with the error of the previous answer, if
	 * any.
	 */
	void question(BindingQuestion question, @Nullable LoginError error) throws IOException;

	/**
	 * Shows the signed-in user's binding, with the error of the previous change, if any.
	 */
	void account(Authentication account, @Nullable LoginError error) throws IOException;

	/** Sends the user, whose login has been ended, to the login page. */
	void signIn() throws IOException;

	/** Sends the signed-in user to QQ to link a QQ identity. */
	void link(Authentication account) throws IOException;

	/**
	 * Sends the signed-in user to QQ to move a QQ identity from another account.
	 */
	void move(Authentication account) throws IOException;

	/** Sends the visitor to QQ to log in. */
	void login() throws IOException;

	/**
	 * The signed-in user has nothing left to do.
	 * @param target the page that was requested first, a path of this application
	 */
	void done(Authentication account, @Nullable String target) throws IOException;

	/**
	 * A login has failed.
	 * @param cause the failure, if an authentication was attempted
	 */
	void failed(LoginErrorRepository.Shown error, @Nullable AuthenticationException cause)
			throws IOException, ServletException;

	/** The signed-in user returned from QQ with an identity that cannot be linked. */
	void refused(LoginErrorRepository.Shown error) throws IOException;

	/**
	 * The signed-in user requests the last error, and there is none.
	 * @param target the target of the latest QQ login, or {@code null} if there was none
	 */
	void noError(@Nullable String target) throws IOException;

	/** A request cannot be processed, or the last error is requested. */
	void error(LoginErrorRepository.Shown error) throws IOException;

}
