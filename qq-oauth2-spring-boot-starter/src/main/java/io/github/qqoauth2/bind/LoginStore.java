package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Stores one string of a login in progress, for one browser.
 */
interface LoginStore {

	/**
	 * Returns the string, or {@code null} if there is none or it was not issued by this
	 * application.
	 */
	@Nullable String get(HttpServletRequest request);

	void put(HttpServletRequest request, HttpServletResponse response, String value);

	void remove(HttpServletRequest request, HttpServletResponse response);

	/**
	 * Returns whether the browser sent a string that this application did not issue or no
	 * longer accepts.
	 */
	default boolean isDamaged(HttpServletRequest request) {
		return false;
	}

	/**
	 * Returns whether the browser sent any cookie that a login could have set.
	 */
	boolean hasCookie(HttpServletRequest request);

	/**
	 * Returns whether a string can be stored without creating a session.
	 */
	boolean canStoreWithoutSession(HttpServletRequest request);

	/**
	 * Returns whether a string is short enough to be stored.
	 */
	default boolean fits(String value) {
		return true;
	}

}
