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
 * Before all other parts, at the addresses of the QQ login and for front ends only: takes
 * a POST's JSON apart, and makes problems of what other filters of the chain refuse.
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
		return !isOurs(request) || !ApiRequest.isWanted(request);
	}

	private boolean isOurs(HttpServletRequest request) {
		return isAtAccount(request) || LoginPaths.isAt(request, LoginPaths.BIND_PAGE)
				|| LoginPaths.isAt(request, LoginPaths.REGISTER_PAGE) || LoginPaths.isAt(request, LoginPaths.ERROR_PAGE)
				|| this.start.matches(request) || this.callback.matches(request);
	}

	private static boolean isAtAccount(HttpServletRequest request) {
		return LoginPaths.isAt(request, LoginPaths.ACCOUNT_PAGE) || LoginPaths.isAt(request, LoginPaths.LINK)
				|| LoginPaths.isAt(request, LoginPaths.UNLINK);
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
	 * What a front end got from QQ it passes on by POST, as all that changes something:
	 * an answer to a login may carry a token, which is for the body of a POST.
	 */
	private String allowedMethods(HttpServletRequest request) {
		if (LoginPaths.isAt(request, LoginPaths.ACCOUNT_PAGE) || LoginPaths.isAt(request, LoginPaths.BIND_PAGE)) {
			return READ + ", POST";
		}
		return (LoginPaths.isAt(request, LoginPaths.ERROR_PAGE) || this.start.matches(request)) ? READ : "POST";
	}

	/**
	 * An entry point that only sets a status, as that of a resource server does, leaves
	 * the body to us.
	 */
	private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
			throws ServletException, IOException {
		filters.doFilter(request, new ProblemResponse(request, response));
		if (!response.isCommitted() && response.getContentType() == null) {
			isAnswered(request, response, response.getStatus());
		}
	}

	/**
	 * A browser that brings no cookie fails the CSRF check of its callback for that, and
	 * is told so.
	 */
	private boolean isAnswered(HttpServletRequest request, HttpServletResponse response, int status)
			throws IOException {
		LoginError error = refusal(status);
		if (error == LoginError.FORBIDDEN && this.callback.matches(request) && !this.responses.cookieCame(request)) {
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
	 * Neither an error nor, where a login is due, a redirect to a page.
	 */
	private final class ProblemResponse extends RefusalResponse {

		private final HttpServletRequest request;

		ProblemResponse(HttpServletRequest request, HttpServletResponse response) {
			super(response, (status) -> isAnswered(request, response, status));
			this.request = request;
		}

		@Override
		public void sendRedirect(String location) throws IOException {
			if (isAtAccount(this.request)) {
				sendError(SC_UNAUTHORIZED);
				return;
			}
			super.sendRedirect(location);
		}

	}

}
