package io.github.qqoauth2.demo.login;

import java.net.URI;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;

/**
 * Determines the target of a login. Only pages of the shop are allowed.
 */
final class NextPage {

	static final String PARAMETER = "next";

	private static final Pattern ALLOWED_PAGES = Pattern
		.compile("/|/shelf|/me|/account/qq|/books/[0-9]{1,18}|/books/[0-9]{1,18}/notes");

	private NextPage() {
	}

	/**
	 * Returns the page named by the parameter {@code next}.
	 */
	static @Nullable String requested(HttpServletRequest request) {
		return allowed(request.getParameter(PARAMETER));
	}

	/**
	 * Returns the page of the saved request. It takes precedence over the parameter.
	 */
	static @Nullable String saved(RequestCache cache, HttpServletRequest request, HttpServletResponse response) {
		SavedRequest saved = cache.getRequest(request, response);
		if (saved == null) {
			return null;
		}
		String path = URI.create(saved.getRedirectUrl()).getPath();
		return allowed(
				path.startsWith(request.getContextPath()) ? path.substring(request.getContextPath().length()) : path);
	}

	private static @Nullable String allowed(@Nullable String path) {
		return (path != null && ALLOWED_PAGES.matcher(path).matches()) ? path : null;
	}

}
