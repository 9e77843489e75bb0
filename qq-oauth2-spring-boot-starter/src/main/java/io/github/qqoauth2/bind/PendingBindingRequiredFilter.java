package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers requests for the bind page and its forms if there is no pending binding: with
 * an error or, if the visitor has been signed in meanwhile, with a redirect.
 * <p>
 * Runs before the CSRF check, which a form fails too once its session has expired; the
 * visitor should read the error and not a bare 403. {@code defaultAccessDeniedHandlerFor}
 * is no alternative: Spring Security ignores it as soon as the application sets an
 * {@code AccessDeniedHandler} of its own.
 */
final class PendingBindingRequiredFilter extends OncePerRequestFilter {

	private final PendingBindingRepository pendingBindings;

	private final CurrentAuthentication currentAuthentication;

	private final EndedLogins ended;

	private final LoginResponses responses;

	PendingBindingRequiredFilter(PendingBindingRepository pendingBindings, CurrentAuthentication currentAuthentication,
			EndedLogins ended, LoginResponses responses) {
		this.pendingBindings = pendingBindings;
		this.currentAuthentication = currentAuthentication;
		this.ended = ended;
		this.responses = responses;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !LoginPaths.isAt(request, LoginPaths.BIND_PAGE) && !LoginPaths.isAt(request, LoginPaths.REGISTER_PAGE);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.pendingBindings.load(request) == null) {
			answer(request, response);
			return;
		}
		chain.doFilter(request, new RefusalResponse(response, (status) -> {
			boolean form = status == HttpServletResponse.SC_FORBIDDEN && !ApiRequest.matches(request);
			if (form) {
				this.responses.error(request, response, LoginError.FORM_REFUSED);
			}
			return form;
		}));
	}

	private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
		Authentication account = isVisitOfBindPage(request) ? this.currentAuthentication.get() : null;
		String target = (account != null) ? this.ended.latestTarget(request) : null;
		if (account != null && target != null) {
			response.sendRedirect(target);
		}
		else {
			this.responses.error(request, response, this.pendingBindings.absence(request));
		}
	}

	private static boolean isVisitOfBindPage(HttpServletRequest request) {
		return LoginPaths.isAt(request, LoginPaths.BIND_PAGE) && !ApiRequest.matches(request)
				&& (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
	}

}
