package io.github.qqoauth2.demo.login;

import java.net.URI;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/**
 * Where a login leads: one of the shop's own pages and nothing else.
 */
final class NextPage {

	static final String PARAMETER = "next";

	private static final Pattern OWN_PAGES = Pattern
		.compile("/|/shelf|/me|/account/qq|/books/[0-9]{1,18}|/books/[0-9]{1,18}/notes");

	private NextPage() {
	}

	/**
	 * The page that the login's address names.
	 */
	static @Nullable String asked(HttpServletRequest request) {
		return own(request.getParameter(PARAMETER));
	}

	/**
	 * The page that was asked for and needs the login, which comes first.
	 */
	static @Nullable String saved(RequestCache cache, HttpServletRequest request, HttpServletResponse response) {
		SavedRequest saved = cache.getRequest(request, response);
		if (saved == null) {
			return null;
		}
		String path = URI.create(saved.getRedirectUrl()).getPath();
		return own(
				path.startsWith(request.getContextPath()) ? path.substring(request.getContextPath().length()) : path);
	}

	private static @Nullable String own(@Nullable String path) {
		return (path != null && OWN_PAGES.matcher(path).matches()) ? path : null;
	}

}
