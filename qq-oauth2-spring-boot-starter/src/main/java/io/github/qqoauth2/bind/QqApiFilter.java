package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Before all other parts, at the addresses of the QQ login and for front ends only: takes
 * a POST's JSON apart, and makes problems of what other filters of the chain refuse.
 */
final class QqApiFilter extends OncePerRequestFilter {

	private final LoginChain chain;

	private final Answers answers;

	QqApiFilter(LoginChain chain, Answers answers) {
		this.chain = chain;
		this.answers = answers;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !ApiRequest.isWanted(request) || !isOurs(request);
	}

	private boolean isOurs(HttpServletRequest request) {
		return isAtAccount(request) || QqLogin.isAt(request, QqLogin.BIND_PAGE)
				|| QqLogin.isAt(request, QqLogin.REGISTER_PAGE) || QqLogin.isAt(request, QqLogin.ERROR_PAGE)
				|| this.chain.isStart(request) || this.chain.isQqCallback(request);
	}

	private static boolean isAtAccount(HttpServletRequest request) {
		return QqLogin.isAt(request, QqLogin.ACCOUNT_PAGE) || QqLogin.isAt(request, QqLogin.LINK)
				|| QqLogin.isAt(request, QqLogin.UNLINK);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
			throws ServletException, IOException {
		if (!request.getMethod().equals("POST")) {
			pass(request, response, filters);
			return;
		}
		if (!ApiRequest.isJsonBody(request)) {
			this.answers.error(request, response, LoginError.UNSUPPORTED_MEDIA_TYPE, null);
			return;
		}
		ApiRequest read = ApiRequest.read(request);
		if (read == null) {
			this.answers.error(request, response, LoginError.INVALID_REQUEST, null);
			return;
		}
		pass(read, response, filters);
	}

	/**
	 * An entry point that only sets a status, as that of a resource server does, leaves
	 * the body to us.
	 */
	private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain filters)
			throws ServletException, IOException {
		filters.doFilter(request, new ProblemResponse(request, response));
		LoginError error = refusal(response.getStatus());
		if (error != null && !response.isCommitted() && response.getContentType() == null) {
			this.answers.error(request, response, error, null);
		}
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
	 * A refusal by the CSRF protection or by the application's rules would become the
	 * container's error page, and a login that is due a redirect to a page.
	 */
	private final class ProblemResponse extends HttpServletResponseWrapper {

		private final HttpServletRequest request;

		private final HttpServletResponse response;

		ProblemResponse(HttpServletRequest request, HttpServletResponse response) {
			super(response);
			this.request = request;
			this.response = response;
		}

		@Override
		public void sendError(int status) throws IOException {
			LoginError error = refusal(status);
			if (error == null) {
				super.sendError(status);
				return;
			}
			QqApiFilter.this.answers.error(this.request, this.response, error, null);
		}

		@Override
		public void sendError(int status, String message) throws IOException {
			if (refusal(status) == null) {
				super.sendError(status, message);
				return;
			}
			sendError(status);
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
