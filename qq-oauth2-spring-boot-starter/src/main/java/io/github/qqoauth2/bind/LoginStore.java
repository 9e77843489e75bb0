package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Where one string of a login under way is kept for its browser.
 */
interface LoginStore {

	/**
	 * The string, or {@code null} where none was kept, or nobody but somebody else can
	 * have made it.
	 */
	@Nullable String get(HttpServletRequest request);

	void put(HttpServletRequest request, HttpServletResponse response, String value);

	void remove(HttpServletRequest request, HttpServletResponse response);

	/**
	 * Whether the browser sent something that is none of ours, or no longer.
	 */
	default boolean isDamaged(HttpServletRequest request) {
		return false;
	}

	/**
	 * Whether the browser sent any cookie that a login could have set.
	 */
	boolean cookieCame(HttpServletRequest request);

	/**
	 * Whether something can be kept without beginning a session for it.
	 */
	boolean isOpen(HttpServletRequest request);

	/**
	 * Whether a string is not too long to be kept.
	 */
	default boolean hasRoomFor(String value) {
		return true;
	}

}
