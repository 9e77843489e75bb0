package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers requests at the start and the callback of {@code qq} that are not navigations,
 * so that a prefetching browser or a link scanner neither starts a login nor uses up a
 * state. A prefetch gets 503, because a browser would show a successful response to the
 * visitor later.
 *
 * @see <a href="https://wicg.github.io/nav-speculation/prefetch.html">Sec-Purpose</a>
 */
final class PrefetchFilter extends OncePerRequestFilter {

	private final RequestMatcher start;

	private final RequestMatcher callback;

	PrefetchFilter(RequestMatcher start, RequestMatcher callback) {
		this.start = start;
		this.callback = callback;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return (!isPrefetch(request) && !isWithoutBody(request))
				|| (!this.start.matches(request) && !this.callback.matches(request));
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
			throws ServletException, IOException {
		response.setStatus(
				isPrefetch(request) ? HttpServletResponse.SC_SERVICE_UNAVAILABLE : HttpServletResponse.SC_NO_CONTENT);
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store, private");
		response.addHeader(HttpHeaders.VARY, "Sec-Purpose, Purpose, X-Moz");
	}

	private static boolean isPrefetch(HttpServletRequest request) {
		return isPrefetch(request.getHeader("Sec-Purpose")) || isPrefetch(request.getHeader("Purpose"))
				|| isPrefetch(request.getHeader("X-Moz"));
	}

	private static boolean isPrefetch(@Nullable String header) {
		return header != null
				&& (header.contains("prefetch") || header.contains("prerender") || header.contains("preview"));
	}

	private static boolean isWithoutBody(HttpServletRequest request) {
		return request.getMethod().equals("HEAD") || request.getMethod().equals("OPTIONS");
	}

}
