package io.github.qqoauth2.bind;

import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.security.crypto.keygen.StringKeyGenerator;

/**
 * Keeps the last error of a browser for the error page, as one string. A visitor without
 * a session gets none for it: the page then says that the login is no longer valid, which
 * is true of whoever comes back without a session.
 */
final class LoginErrorRepository {

	static final String ATTRIBUTE = "io.github.qqoauth2.loginError";

	private static final Pattern STORED = Pattern.compile("[12]\\|([A-Z_]+)\\|([0-9a-f]+)\\|(-?[0-9]*)(?:\\|(.*))?");

	private final StringKeyGenerator ids = KeyGenerators.string();

	private final LoginState state;

	LoginErrorRepository(LoginState state) {
		this.state = state;
	}

	/**
	 * A new error, with the number under which it goes into the log.
	 */
	Shown create(HttpServletRequest request, LoginError error, @Nullable Integer qqCode, @Nullable String next) {
		LoginError told = (error == LoginError.EXPIRED && !this.state.cookieCame(request)) ? LoginError.NO_SESSION
				: error;
		return new Shown(told, this.ids.generateKey(), qqCode, next);
	}

	boolean cookieCame(HttpServletRequest request) {
		return this.state.cookieCame(request);
	}

	void save(HttpServletRequest request, HttpServletResponse response, Shown shown) {
		if (this.state.isOpen(request)) {
			String code = (shown.qqCode() != null) ? shown.qqCode().toString() : "";
			String path = (shown.next() != null) ? shown.next() : "";
			this.state.put(request, response, "2|" + shown.error().name() + "|" + shown.id() + "|" + code + "|" + path);
		}
	}

	Shown load(HttpServletRequest request) {
		String text = this.state.get(request);
		Shown shown = (text != null) ? read(text) : null;
		return (shown != null) ? shown : new Shown(
				this.state.cookieCame(request) ? LoginError.EXPIRED : LoginError.NO_SESSION, null, null, null);
	}

	private static @Nullable Shown read(String text) {
		var matcher = STORED.matcher(text);
		if (!matcher.matches()) {
			return null;
		}
		try {
			Integer code = matcher.group(3).isEmpty() ? null : Integer.valueOf(matcher.group(3));
			return new Shown(LoginError.valueOf(matcher.group(1)), matcher.group(2), code, matcher.group(4));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * An error as the page shows it.
	 *
	 * @param error what happened
	 * @param id the number by which the operator finds it in the log
	 * @param qqCode QQ's own number, where it had one
	 * @param next the page that the login was started for, a path of this application
	 */
	record Shown(LoginError error, @Nullable String id, @Nullable Integer qqCode, @Nullable String next) {

		Shown {
			next = LocalPath.orNull(next);
		}

	}

}
