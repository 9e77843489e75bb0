package io.github.qqoauth2.bind;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.security.crypto.keygen.StringKeyGenerator;

/**
 * Stores the last error of a browser for the error page, as one string. No session is
 * created for it. Without a session, the error page reports that the login is no longer
 * valid, which applies to every visitor who returns without one.
 */
final class LoginErrorRepository {

	static final String ATTRIBUTE = "io.github.qqoauth2.loginError";

	private static final Log logger = LogFactory.getLog(LoginErrorRepository.class);

	private final StringKeyGenerator ids = KeyGenerators.string();

	private final LoginStore store;

	LoginErrorRepository(LoginStore store) {
		this.store = store;
	}

	/**
	 * Creates an error with a new id, under which it is logged. Without any cookie from
	 * the browser, {@link LoginError#EXPIRED} becomes {@link LoginError#NO_SESSION}.
	 */
	Shown create(HttpServletRequest request, LoginError error, @Nullable Integer qqCode, @Nullable String next) {
		LoginError specific = (error == LoginError.EXPIRED && !this.store.hasCookie(request)) ? LoginError.NO_SESSION
				: error;
		return new Shown(specific, this.ids.generateKey(), qqCode, next);
	}

	/**
	 * Creates an error as {@link #create} does, and logs it under its id: at level INFO
	 * for what the visitor did, and at WARN with the cause for what the application did.
	 * The message of the cause is not logged otherwise, since it may contain what the
	 * visitor has typed.
	 */
	Shown createLogged(HttpServletRequest request, LoginError error, @Nullable AuthenticationException cause,
			@Nullable String next) {
		Shown shown = create(request, error, null, next);
		String message = "A visitor got the error '" + shown.error().code() + "' [" + shown.id() + "]";
		if (error == LoginError.INTERNAL) {
			logger.warn(message, cause);
		}
		else {
			logger.info(message + ((cause != null) ? ": " + cause.getClass().getSimpleName() : ""));
		}
		return shown;
	}

	/**
	 * Logs a refused login or confirmation of a pending binding that can be tried again.
	 * The form shows the error without an id.
	 */
	static void logTry(PendingBinding pending, LoginError error, @Nullable AuthenticationException failure) {
		logger.info("A visitor with a pending binding got the error '" + error.code() + "'"
				+ ((failure != null) ? ": " + failure.getClass().getSimpleName() : "") + ", wrong passwords: "
				+ pending.failures() + " of " + PendingBinding.FAILURES_ALLOWED);
	}

	boolean hasCookie(HttpServletRequest request) {
		return this.store.hasCookie(request);
	}

	/**
	 * Returns whether the request has a session. A chain with tickets needs none.
	 */
	boolean hasSession(HttpServletRequest request) {
		return this.store.canStoreWithoutSession(request);
	}

	/**
	 * Saves an error, if that creates no session.
	 */
	void save(HttpServletRequest request, HttpServletResponse response, Shown shown) {
		if (this.store.canStoreWithoutSession(request)) {
			this.store.put(request, response, shown.write());
		}
	}

	/**
	 * Returns the last error of this browser. If there is none,
	 * {@link LoginError#EXPIRED} or {@link LoginError#NO_SESSION} is returned.
	 */
	Shown load(HttpServletRequest request) {
		Shown shown = stored(request);
		return (shown != null) ? shown : new Shown(
				this.store.hasCookie(request) ? LoginError.EXPIRED : LoginError.NO_SESSION, null, null, null);
	}

	void remove(HttpServletRequest request, HttpServletResponse response) {
		this.store.remove(request, response);
	}

	/**
	 * Returns the last error of this browser, or {@code null} if there is none.
	 */
	@Nullable Shown stored(HttpServletRequest request) {
		String text = this.store.get(request);
		return (text != null) ? Shown.read(text) : null;
	}

	/**
	 * An error as the page shows it.
	 *
	 * @param error the error
	 * @param id the id by which the operator finds it in the log
	 * @param qqCode QQ's own error number, if there is one
	 * @param next the page for which the login was started, a path of this application
	 * @param state the state of the callback, if this browser had no authorization
	 * request with it
	 */
	record Shown(LoginError error, @Nullable String id, @Nullable Integer qqCode, @Nullable String next,
			@Nullable String state) {

		private static final Pattern STORED = Pattern
			.compile("3\\|([A-Z_]+)\\|([0-9a-f]*)\\|(-?[0-9]*)\\|([0-9A-Za-z_-]*)\\|(.*)");

		private static final Pattern EARLIER = Pattern
			.compile("[12]\\|([A-Z_]+)\\|([0-9a-f]+)\\|(-?[0-9]*)()(?:\\|(.*))?");

		private static final Pattern STATE = Pattern.compile("[0-9A-Za-z_-]{1,64}");

		Shown {
			next = LocalPath.orNull(next);
			state = (state != null && STATE.matcher(state).matches()) ? state : null;
		}

		Shown(LoginError error, @Nullable String id, @Nullable Integer qqCode, @Nullable String next) {
			this(error, id, qqCode, next, null);
		}

		Shown withState(@Nullable String state) {
			return new Shown(this.error, this.id, this.qqCode, this.next, state);
		}

		String write() {
			String code = (this.qqCode != null) ? this.qqCode.toString() : "";
			return String.join("|", "3", this.error.name(), orEmpty(this.id), code, orEmpty(this.state),
					orEmpty(this.next));
		}

		/**
		 * Reads an error.
		 * @return the error, or {@code null} if the text is damaged or of another version
		 */
		static @Nullable Shown read(String text) {
			Matcher matcher = (text.startsWith("3") ? STORED : EARLIER).matcher(text);
			if (!matcher.matches()) {
				return null;
			}
			try {
				Integer code = matcher.group(3).isEmpty() ? null : Integer.valueOf(matcher.group(3));
				return new Shown(LoginError.valueOf(matcher.group(1)), orNull(matcher.group(2)), code, matcher.group(5),
						orNull(matcher.group(4)));
			}
			catch (IllegalArgumentException ex) {
				return null;
			}
		}

		private static String orEmpty(@Nullable String text) {
			return (text != null) ? text : "";
		}

		private static @Nullable String orNull(String text) {
			return text.isEmpty() ? null : text;
		}

	}

}
