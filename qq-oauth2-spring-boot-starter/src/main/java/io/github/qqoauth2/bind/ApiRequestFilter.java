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
 * Prepares the requests of front ends at the addresses of the QQ login: turns the JSON
 * body of a POST into parameters, and what other filters refuse into problems.
 * <p>
 * Runs before the CSRF check. {@code defaultAccessDeniedHandlerFor} is no alternative:
 * Spring Security ignores it as soon as the application sets an
 * {@code AccessDeniedHandler} of its own.
 */
final class ApiRequestFilter extends OncePerRequestFilter {

	private static final String READ = "GET, HEAD, OPTIONS";

	private final RequestMatcher start;

	private final RequestMatcher callback;

	private final LoginResponses responses;

	ApiRequestFilter(RequestMatcher start, RequestMatcher callback, LoginResponses responses) {
		this.start = start;
		this.callback = callback;
		this.responses = responses;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		boolean isAtQqLogin = LoginPaths.isAtPage(request) || this.start.matches(request)
				|| this.callback.matches(request);
		return !isAtQqLogin || !ApiRequest.matches(request);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
			throws ServletException, IOException {
		String allowed = allowedMethods(request);
		if (!allowed.contains(request.getMethod())) {
			response.setHeader(HttpHeaders.ALLOW, allowed);
			this.responses.error(request, response, LoginError.METHOD_NOT_ALLOWED, null);
			return;
		}
		if (!request.getMethod().equals("POST")) {
			pass(request, response, filters);
			return;
		}
		if (!ApiRequest.isJsonBody(request)) {
			this.responses.error(request, response, LoginError.UNSUPPORTED_MEDIA_TYPE, null);
			return;
		}
		ApiRequest read = ApiRequest.read(request);
		if (read == null) {
			this.responses.error(request, response, LoginError.INVALID_REQUEST, null);
			return;
		}
		pass(read, response, filters);
	}

	/**
	 * Returns the methods that an address allows. A front end sends the callback by POST,
	 * like every other change: the response to a login may contain a token, which must
	 * not be in the response to a GET.
	 */
	private String allowedMethods(HttpServletRequest request) {
		if (LoginPaths.isAt(request, LoginPaths.ACCOUNT_PAGE) || LoginPaths.isAt(request, LoginPaths.BIND_PAGE)) {
			return READ + ", POST";
		}
		return (LoginPaths.isAt(request, LoginPaths.ERROR_PAGE) || this.start.matches(request)) ? READ : "POST";
	}

	/**
	 * Continues the chain. Some entry points only set a status, as that of a resource
	 * server does; the body is added here.
	 */
	private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
			throws ServletException, IOException {
		filters.doFilter(request, new ProblemResponse(request, response));
		if (!response.isCommitted() && response.getContentType() == null) {
			answer(request, response, response.getStatus());
		}
	}

	/**
	 * Answers a refusal with a problem. A callback without a cookie fails the CSRF check
	 * for that reason; its problem says so.
	 * @return {@code false} if the status is no refusal
	 */
	private boolean answer(HttpServletRequest request, HttpServletResponse response, int status) throws IOException {
		LoginError error = refusal(status);
		if (error == LoginError.FORBIDDEN && this.callback.matches(request) && !this.responses.hasCookie(request)) {
			error = LoginError.NO_SESSION;
		}
		if (error != null) {
			this.responses.error(request, response, error, null);
		}
		return error != null;
	}

	private static @Nullable LoginError refusal(int status) {
		return switch (status) {
			case HttpServletResponse.SC_UNAUTHORIZED -> LoginError.LOGIN_REQUIRED;
			case HttpServletResponse.SC_FORBIDDEN -> LoginError.FORBIDDEN;
			case HttpServletResponse.SC_METHOD_NOT_ALLOWED -> LoginError.METHOD_NOT_ALLOWED;
			default -> null;
		};
	}

	/**
	 * Replaces errors by problems, and at the addresses of the signed-in user also
	 * redirects to a login page.
	 */
	private final class ProblemResponse extends RefusalResponse {

		private final HttpServletRequest request;

		ProblemResponse(HttpServletRequest request, HttpServletResponse response) {
			super(response, (status) -> answer(request, response, status));
			this.request = request;
		}

		@Override
		public void sendRedirect(String location) throws IOException {
			if (LoginPaths.isAtAccount(this.request)) {
				sendError(SC_UNAUTHORIZED);
				return;
			}
			super.sendRedirect(location);
		}

	}

}
