package io.github.qqoauth2.bind;

import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.security.crypto.keygen.StringKeyGenerator;

/**
 * Keeps the last error of a session for the error page, as one string. A visitor without
 * a session gets none for it: the page then says that the login is no longer valid, which
 * is true of whoever comes back without a session.
 */
final class LoginErrorRepository {

	private static final String ATTRIBUTE = "io.github.qqoauth2.loginError";

	private static final Pattern STORED = Pattern.compile("[12]\\|([A-Z_]+)\\|([0-9a-f]+)\\|(-?[0-9]*)(?:\\|(.*))?");

	private final StringKeyGenerator ids = KeyGenerators.string();

	Shown save(HttpServletRequest request, LoginError error, @Nullable Integer qqCode, @Nullable String next) {
		Shown shown = new Shown(error, this.ids.generateKey(), qqCode, next);
		HttpSession session = request.getSession(false);
		if (session != null) {
			String code = (qqCode != null) ? qqCode.toString() : "";
			String path = (next != null) ? next : "";
			session.setAttribute(ATTRIBUTE, "2|" + error.name() + "|" + shown.id() + "|" + code + "|" + path);
		}
		return shown;
	}

	Shown load(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		Object value = (session != null) ? session.getAttribute(ATTRIBUTE) : null;
		Shown shown = (value instanceof String text) ? read(text) : null;
		if (shown != null) {
			return shown;
		}
		boolean cookieCame = session != null || request.getRequestedSessionId() != null;
		return new Shown(cookieCame ? LoginError.EXPIRED : LoginError.NO_SESSION, null, null, null);
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
