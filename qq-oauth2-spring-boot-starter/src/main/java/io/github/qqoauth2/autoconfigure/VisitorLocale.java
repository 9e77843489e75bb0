package io.github.qqoauth2.autoconfigure;

import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;

/**
 * Determines the language of a visitor.
 */
@FunctionalInterface
interface VisitorLocale {

	Locale of(HttpServletRequest request);

	/**
	 * Returns the language of the {@code Accept-Language} header, or English if there is
	 * none.
	 */
	static Locale fromHeader(HttpServletRequest request) {
		return (request.getHeader("Accept-Language") != null) ? request.getLocale() : Locale.ENGLISH;
	}

}
