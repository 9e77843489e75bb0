package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.ServletException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;

/**
 * How one visitor is told what has happened: by a page, or in JSON for a front end. What
 * happened is decided elsewhere.
 */
interface LoginResponse {

	/** A QQ without an account waits for one. */
	void bindingRequired(PendingBinding pending) throws IOException;

	/** The QQ that waits. */
	void pending(PendingBinding pending) throws IOException;

	/**
	 * A form of the bind page comes back, with what is wrong with it.
	 * @param failure why its visitor was not logged in; {@code null} for a registration
	 */
	void tryAgain(PendingBinding pending, @Nullable AuthenticationException failure)
			throws IOException, ServletException;

	/** The signed-in user is to see the page of the account's QQ, which has changed. */
	void toAccount(Authentication account) throws IOException;

	/** Whoever is signed in looks at the question, or has not answered it well. */
	void question(BindingQuestion question, @Nullable LoginError error) throws IOException;

	/** Whoever is signed in looks at the QQ that is bound, or did something to it. */
	void account(Authentication account, @Nullable LoginError error) throws IOException;

	/** Whoever is signed in goes to QQ next, to come back with one to be bound. */
	void link(Authentication account) throws IOException;

	/** The visitor logs in by QQ next. */
	void login() throws IOException;

	/**
	 * Whoever is signed in has done what there was to do.
	 * @param target where they wanted to go, a path of this application
	 */
	void done(Authentication account, @Nullable String target) throws IOException;

	/**
	 * A login has failed.
	 * @param cause why, where an authentication was tried
	 */
	void failed(LoginErrorRepository.Shown error, @Nullable AuthenticationException cause)
			throws IOException, ServletException;

	/** Whoever is signed in has come back from QQ with one that cannot be bound. */
	void refused(LoginErrorRepository.Shown error) throws IOException;

	/**
	 * The signed-in user asks how a login failed, and none did.
	 * @param target where the latest login by QQ led, or {@code null} if there was none
	 */
	void noError(@Nullable String target) throws IOException;

	/** A request cannot be done, or is asked how a login failed. */
	void error(LoginErrorRepository.Shown error) throws IOException;

}
