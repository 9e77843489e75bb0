package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
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
		return !LoginPaths.isAt(request, LoginPaths.BIND_PAGE) && !LoginPaths.isAt(request, LoginPaths.REGISTER_PAGE);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.pendings.load(request) == null) {
			this.answers.error(request, response, this.pendings.absence(request));
			return;
		}
		chain.doFilter(request, new RefusalResponse(response, (status) -> {
			boolean form = status == HttpServletResponse.SC_FORBIDDEN && !ApiRequest.isWanted(request);
			if (form) {
				this.answers.error(request, response, LoginError.FORM_REFUSED);
			}
			return form;
		}));
	}

}
