package io.github.qqoauth2.autoconfigure;

import java.util.Locale;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The language of a visitor.
 */
@FunctionalInterface
interface VisitorLocale {

	Locale of(HttpServletRequest request);

	/**
	 * What the browser asks for; English where it asks for nothing.
	 */
	static Locale fromHeader(HttpServletRequest request) {
		return (request.getHeader("Accept-Language") != null) ? request.getLocale() : Locale.ENGLISH;
	}

}
