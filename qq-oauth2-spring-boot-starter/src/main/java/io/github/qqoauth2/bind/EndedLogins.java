package io.github.qqoauth2.bind;

import java.time.Clock;
import java.util.List;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Stores in the session how the latest four logins ended. A callback with the same state,
 * after a reload or the back button, then gets the same result. Chains without sessions
 * store nothing.
 */
final class EndedLogins {

	/**
	 * Attributes with this prefix survive the session fixation strategy
	 * {@code newSession}.
	 */
	static final String PREFIX = "SPRING_SECURITY_QQ_ENDED.";

	private final RecentStrings ends;

	private final boolean stateless;

	EndedLogins(Clock clock, boolean stateless) {
		this.ends = new RecentStrings(PREFIX, clock);
		this.stateless = stateless;
	}

	/**
	 * Stores how a login ended, if there is a session.
	 * @param key the state of the authorization request, or the id of the pending binding
	 * @param end how the login ended
	 * @param detail the target, with {@link End#SIGNED_IN} and {@link End#SAME_ACCOUNT};
	 * the error, with {@link End#FAILED}; otherwise empty
	 */
	void add(HttpServletRequest request, String key, End end, String detail) {
		if (!this.stateless && request.getSession(false) != null) {
			this.ends.put(request, key, end.name() + " " + detail);
		}
	}

	/**
	 * Stores the target of a successful login. The target is stored as unknown if it is
	 * on another origin, or if it has a fragment, which may contain a token, other than
	 * that of the page with which the login was started.
	 */
	void addRedirect(HttpServletRequest request, String key, String location) {
		String origin = UriComponentsBuilder.fromUriString(request.getRequestURL().toString())
			.replacePath(null)
			.toUriString();
		String path = location.startsWith(origin + "/") ? location.substring(origin.length()) : location;
		boolean local = path.startsWith("/") && !path.startsWith("//")
				&& hasNoOtherFragment(path, (String) request.getAttribute(LoginPaths.NEXT_ATTRIBUTE));
		add(request, key, End.SIGNED_IN, local ? path : "");
	}

	private static boolean hasNoOtherFragment(String path, @Nullable String next) {
		String fragment = fragment(path);
		return fragment.isEmpty() || (next != null && fragment.equals(fragment(next)));
	}

	private static String fragment(String path) {
		return path.substring(LocalPath.withoutFragment(path).length());
	}

	/**
	 * Returns how the login with a key ended, or {@code null} if that is unknown.
	 */
	@Nullable Ended find(HttpServletRequest request, String key) {
		String text = this.stateless ? null : this.ends.get(request, key);
		return (text != null) ? read(text) : null;
	}

	/**
	 * Returns the target of the latest login that signed a user in. Unknown targets are
	 * skipped, and so are the bind page and the error page, which redirect to this target
	 * themselves; if no other is left, the target is the start page.
	 * @return the address, or {@code null} if no QQ login has signed a user in
	 */
	@Nullable String latestTarget(HttpServletRequest request) {
		List<String> targets = this.ends.all(request)
			.stream()
			.map(EndedLogins::read)
			.filter(Objects::nonNull)
			.filter((ended) -> ended.end() == End.SIGNED_IN)
			.map(Ended::detail)
			.toList();
		String start = request.getContextPath() + "/";
		return targets.isEmpty() ? null
				: targets.stream()
					.filter((target) -> !target.isEmpty() && !isBindOrErrorPage(request, target))
					.findFirst()
					.orElse(start);
	}

	private static boolean isBindOrErrorPage(HttpServletRequest request, String target) {
		String path = target.split("[?#]", 2)[0];
		return path.equals(request.getContextPath() + LoginPaths.BIND_PAGE)
				|| path.equals(request.getContextPath() + LoginPaths.ERROR_PAGE);
	}

	private static @Nullable Ended read(String text) {
		int space = text.indexOf(' ');
		try {
			return new Ended(End.valueOf(text.substring(0, Math.max(space, 0))), text.substring(space + 1));
		}
		catch (IllegalArgumentException ex) {
			return null;
		}
	}

	/**
	 * How a login ended.
	 *
	 * @param end the result
	 * @param detail the target, the error, or an empty string
	 */
	record Ended(End end, String detail) {

	}

	/**
	 * The results of a login.
	 */
	enum End {

		/** The visitor was signed in. */
		SIGNED_IN,

		/** The visitor was redirected to the bind page. */
		BINDING_REQUIRED,

		/** The signed-in user was asked for confirmation. */
		CONFIRMATION_REQUIRED,

		/** The QQ identity was that of the signed-in user. */
		SAME_ACCOUNT,

		/** The login failed. */
		FAILED

	}

}
