package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Before the CSRF check, because a form whose session has gone fails that check too, and
 * its visitor deserves the sentence and not a bare 403.
 */
final class QqNothingPendingFilter extends OncePerRequestFilter {

	private final PendingBindingRepository pendings;

	private final Answers answers;

	QqNothingPendingFilter(PendingBindingRepository pendings, Answers answers) {
		this.pendings = pendings;
		this.answers = answers;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !QqLogin.isAt(request, QqLogin.BIND_PAGE) && !QqLogin.isAt(request, QqLogin.REGISTER_PAGE);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.pendings.load(request) == null) {
			this.answers.error(request, response, this.pendings.absence(request));
			return;
		}
		chain.doFilter(request, new FormResponse(request, response));
	}

	/**
	 * A form refused for want of a CSRF token ends here: the container's error page may
	 * itself want a login, and would make a redirect of the refusal.
	 */
	private final class FormResponse extends HttpServletResponseWrapper {

		private final HttpServletRequest request;

		private final HttpServletResponse response;

		FormResponse(HttpServletRequest request, HttpServletResponse response) {
			super(response);
			this.request = request;
			this.response = response;
		}

		@Override
		public void sendError(int status) throws IOException {
			if (status == HttpServletResponse.SC_FORBIDDEN && !ApiRequest.isWanted(this.request)) {
				QqNothingPendingFilter.this.answers.error(this.request, this.response, LoginError.FORM_REFUSED);
				return;
			}
			super.sendError(status);
		}

		@Override
		public void sendError(int status, String message) throws IOException {
			if (status == HttpServletResponse.SC_FORBIDDEN) {
				sendError(status);
				return;
			}
			super.sendError(status, message);
		}

	}

}
