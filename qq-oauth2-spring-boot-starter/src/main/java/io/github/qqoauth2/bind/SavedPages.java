package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
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
		return LocalPath
			.encodedOrNull(path.startsWith(contextPath + "/") ? path.substring(contextPath.length()) : path);
	}

	/**
	 * Returns the page to which a login leads: the saved one, or {@code next}, with which
	 * the login was started, if there is none or if only {@code next} has a fragment.
	 */
	@Nullable String target(HttpServletRequest request, HttpServletResponse response, @Nullable String next) {
		String saved = path(request, response);
		return (next == null || (saved != null && !saved.equals(LocalPath.withoutFragment(next)))) ? saved : next;
	}

	/**
	 * Returns a response that adds the fragment of {@code next} to the redirect to the
	 * saved page, if that is the same page. A saved request has none.
	 */
	HttpServletResponse withFragment(HttpServletRequest request, HttpServletResponse response, String next) {
		String page = LocalPath.withoutFragment(next);
		SavedRequest saved = this.requestCache.getRequest(request, response);
		if (saved == null || !page.equals(path(request, response))) {
			return response;
		}
		return new HttpServletResponseWrapper(response) {

			@Override
			public void sendRedirect(String location) throws IOException {
				boolean toPage = location.equals(saved.getRedirectUrl());
				super.sendRedirect(toPage ? location + next.substring(page.length()) : location);
			}

		};
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
