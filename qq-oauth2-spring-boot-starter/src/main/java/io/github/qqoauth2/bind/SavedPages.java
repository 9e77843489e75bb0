package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.savedrequest.RequestCache;
import org.springframework.security.web.savedrequest.SavedRequest;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * The page that was requested before a login, in the chain's request cache.
 */
final class SavedPages {

	private final RequestCache requestCache;

	SavedPages(RequestCache requestCache) {
		this.requestCache = requestCache;
	}

	/**
	 * Returns the page as a path of this application, or {@code null} if there is none.
	 */
	@Nullable String path(HttpServletRequest request, HttpServletResponse response) {
		SavedRequest saved = this.requestCache.getRequest(request, response);
		if (saved == null) {
			return null;
		}
		UriComponents uri = UriComponentsBuilder.fromUriString(saved.getRedirectUrl())
			.replaceQueryParam("continue")
			.build();
		String path = uri.getPath() + ((uri.getQuery() != null) ? "?" + uri.getQuery() : "");
		String contextPath = request.getContextPath();
		return LocalPath.orNull(path.startsWith(contextPath + "/") ? path.substring(contextPath.length()) : path);
	}

	/**
	 * Saves a path of this application as the page to which the next login leads.
	 */
	void save(HttpServletRequest request, HttpServletResponse response, String path) {
		this.requestCache.saveRequest(new LocalPathRequest(request, path), response);
	}

	void remove(HttpServletRequest request, HttpServletResponse response) {
		this.requestCache.removeRequest(request, response);
	}

}
