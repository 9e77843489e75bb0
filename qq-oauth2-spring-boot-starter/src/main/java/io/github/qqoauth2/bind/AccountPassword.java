package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.WebAuthenticationDetailsSource;

/**
 * Checks the password that the signed-in user has entered again, before an operation that
 * an unattended session must not allow. The chain's {@code AuthenticationManager} checks
 * it, so that the application's limits and events apply. Five wrong passwords are allowed
 * in each session; in a chain without sessions, for each account within the time for
 * which a binding is pending.
 */
final class AccountPassword {

	private static final Log logger = LogFactory.getLog(AccountPassword.class);

	/** The session attribute with the number of wrong passwords. */
	private static final String FAILURES = "io.github.qqoauth2.passwordFailures";

	private final WebAuthenticationDetailsSource details = new WebAuthenticationDetailsSource();

	private final PasswordTries tries = new PasswordTries();

	private final AuthenticationManager authenticationManager;

	private final PasswordFailure failures;

	private final boolean accepted;

	private final boolean stateless;

	private final Duration period;

	private final Clock clock;

	AccountPassword(AuthenticationManager authenticationManager, PasswordFailure failures, boolean accepted,
			boolean stateless, Duration period, Clock clock) {
		this.authenticationManager = authenticationManager;
		this.failures = failures;
		this.accepted = accepted;
		this.stateless = stateless;
		this.period = period;
		this.clock = clock;
	}

	/**
	 * Returns whether a password was sent. Where the accounts have none, it is ignored.
	 */
	boolean isPresent(HttpServletRequest request) {
		String password = request.getParameter("password");
		return this.accepted && password != null && !password.isEmpty();
	}

	/**
	 * Checks the password.
	 * @return the error, or {@code null} if the password is correct
	 */
	@Nullable LoginError check(HttpServletRequest request, Authentication account) {
		HttpSession session = this.stateless ? null : request.getSession(false);
		String key = (session != null) ? session.getId() : periodOf(account);
		int before = failures(session);
		if (!this.tries.begin(key, before)) {
			logger.warn("Account '" + account.getName() + "' has reached the limit of wrong passwords at "
					+ request.getServletPath());
			return LoginError.PASSWORD_LIMIT;
		}
		@Nullable LoginError error = LoginError.INTERNAL;
		try {
			error = authenticate(request, account);
		}
		finally {
			if (error != LoginError.WRONG_PASSWORD) {
				this.tries.undo(key);
			}
			else if (session != null) {
				session.setAttribute(FAILURES, String.valueOf(before + 1));
			}
		}
		return error;
	}

	private String periodOf(Authentication account) {
		return this.clock.millis() / this.period.toMillis() + " " + account.getName();
	}

	private static int failures(@Nullable HttpSession session) {
		return (session != null && session.getAttribute(FAILURES) instanceof String text && text.matches("[0-9]{1,9}"))
				? Integer.parseInt(text) : 0;
	}

	private @Nullable LoginError authenticate(HttpServletRequest request, Authentication account) {
		String password = request.getParameter("password");
		UsernamePasswordAuthenticationToken token = UsernamePasswordAuthenticationToken
			.unauthenticated(account.getName(), password);
		token.setDetails(this.details.buildDetails(request));
		try {
			Authentication authenticated = this.authenticationManager.authenticate(token);
			return authenticated.getName().equals(account.getName()) ? null : LoginError.WRONG_PASSWORD;
		}
		catch (AuthenticationServiceException ex) {
			throw PasswordFailure.notChecked(ex);
		}
		catch (AuthenticationException ex) {
			return this.failures.error(ex, account.getName(), password);
		}
	}

}
