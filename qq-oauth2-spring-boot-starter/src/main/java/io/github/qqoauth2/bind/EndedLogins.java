package io.github.qqoauth2.bind;

import java.time.Clock;
import java.util.List;
import java.util.Objects;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Remembers in the session how the latest logins ended, so that the same state, sent
 * again by reload or the back button, leads where it led. Chains without sessions
 * remember none.
 */
final class EndedLogins {

	/** Keeps its prefix with the session fixation strategy {@code newSession}. */
	static final String PREFIX = "SPRING_SECURITY_QQ_ENDED.";

	private final RecentStrings ends;

	private final boolean stateless;

	EndedLogins(Clock clock, boolean stateless) {
		this.ends = new RecentStrings(PREFIX, clock);
		this.stateless = stateless;
	}

	/**
	 * Remembers how a login ended, if there is a session.
	 * @param key the state of the authorization request, or the id of the pending binding
	 * @param end how it ended
	 * @param detail with {@link End#SIGNED_IN} and {@link End#SAME_ACCOUNT} where it led,
	 * with {@link End#FAILED} the error; otherwise empty
	 */
	void add(HttpServletRequest request, String key, End end, String detail) {
		if (!this.stateless && request.getSession(false) != null) {
			this.ends.put(request, key, end.name() + " " + detail);
		}
	}

	/**
	 * Remembers where a successful login leads. Of addresses elsewhere, and of those with
	 * a fragment, which may carry a token, only that they were there.
	 */
	void addRedirect(HttpServletRequest request, String key, String location) {
		String origin = UriComponentsBuilder.fromUriString(request.getRequestURL().toString())
			.replacePath(null)
			.toUriString();
		String path = location.startsWith(origin + "/") ? location.substring(origin.length()) : location;
		boolean local = path.startsWith("/") && !path.startsWith("//") && path.indexOf('#') < 0;
		add(request, key, End.SIGNED_IN, local ? path : "");
	}

	/**
	 * Finds how the login with a key ended.
	 */
	@Nullable Ended find(HttpServletRequest request, String key) {
		String text = this.stateless ? null : this.ends.get(request, key);
		return (text != null) ? read(text) : null;
	}

	/**
	 * Returns where the latest login that signed a user in led: the start page if that is
	 * not known, or if it was the bind page or the error page, which lead on to it.
	 * @return the address, or {@code null} if no login by QQ signed a user in
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
					.filter((target) -> !target.isEmpty() && !isPassedOn(request, target))
					.findFirst()
					.orElse(start);
	}

	private static boolean isPassedOn(HttpServletRequest request, String target) {
		String path = target.split("[?]", 2)[0];
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
	 * @param end how
	 * @param detail where it led, or the error
	 */
	record Ended(End end, String detail) {

	}

	/**
	 * The ways in which a login ends.
	 */
	enum End {

		/** The visitor was signed in. */
		SIGNED_IN,

		/** The visitor was sent to the bind page. */
		BINDING_REQUIRED,

		/** The signed-in user was asked to confirm. */
		CONFIRMATION_REQUIRED,

		/** The QQ identity was the signed-in user's. */
		SAME_ACCOUNT,

		/** It failed. */
		FAILED

	}

}
