package io.github.qqoauth2.bind;

import java.time.Clock;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/**
 * Stores the latest four strings of one kind in the HTTP session, each in its own
 * attribute. Session stores that save changed attributes, as Spring Session's for Redis
 * does, therefore keep the strings of concurrent requests.
 */
final class RecentStrings {

	static final int KEPT = 4;

	private final String prefix;

	private final Clock clock;

	/**
	 * Creates the storage.
	 * @param prefix the prefix of the attribute names. Attributes whose name starts with
	 * {@code SPRING_SECURITY_} survive a login with the session fixation strategy
	 * {@code newSession}
	 * @param clock the clock, which determines the oldest string
	 */
	RecentStrings(String prefix, Clock clock) {
		this.prefix = prefix;
		this.clock = clock;
	}

	void put(HttpServletRequest request, String key, String value) {
		HttpSession session = request.getSession();
		synchronized (WebUtils.getSessionMutex(session)) {
			session.setAttribute(this.prefix + key, this.clock.millis() + " " + value);
			List<String> names = names(session);
			names.remove(this.prefix + key);
			names.stream()
				.sorted(Comparator.comparingLong((String name) -> time(session, name)).reversed())
				.skip(KEPT - 1)
				.forEach(session::removeAttribute);
		}
	}

	@Nullable String get(HttpServletRequest request, String key) {
		HttpSession session = request.getSession(false);
		return (session != null && session.getAttribute(this.prefix + key) instanceof String text) ? value(text) : null;
	}

	/**
	 * Returns a string and removes it. Of concurrent requests that share the session
	 * object, only one gets it.
	 */
	@Nullable String take(HttpServletRequest request, String key) {
		HttpSession session = request.getSession(false);
		if (session == null) {
			return null;
		}
		synchronized (WebUtils.getSessionMutex(session)) {
			String value = get(request, key);
			if (value != null) {
				session.removeAttribute(this.prefix + key);
			}
			return value;
		}
	}

	/**
	 * Returns the stored strings, the latest first.
	 */
	List<String> all(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session == null) {
			return List.of();
		}
		return names(session).stream()
			.sorted(Comparator.comparingLong((String name) -> time(session, name)).reversed())
			.map((name) -> get(request, name.substring(this.prefix.length())))
			.filter(Objects::nonNull)
			.toList();
	}

	private List<String> names(HttpSession session) {
		List<String> names = Collections.list(session.getAttributeNames());
		names.removeIf((name) -> !name.startsWith(this.prefix));
		return names;
	}

	private static long time(HttpSession session, String name) {
		try {
			return (session.getAttribute(name) instanceof String text)
					? Long.parseLong(text.substring(0, Math.max(text.indexOf(' '), 0))) : 0;
		}
		catch (NumberFormatException ex) {
			return 0;
		}
	}

	private static String value(String text) {
		return text.substring(text.indexOf(' ') + 1);
	}

}
