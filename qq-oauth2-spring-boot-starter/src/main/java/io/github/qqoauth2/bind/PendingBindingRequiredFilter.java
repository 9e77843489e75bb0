package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers requests around the bind page while no identity waits: with its sentence, or,
 * to a visitor who has bound meanwhile, with the way on. Before the CSRF check, because a
 * form whose session has gone fails that check too, and its visitor deserves the sentence
 * and not a bare 403.
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
			boolean form = status == HttpServletResponse.SC_FORBIDDEN && !ApiRequest.isWanted(request);
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
		return LoginPaths.isAt(request, LoginPaths.BIND_PAGE) && !ApiRequest.isWanted(request)
				&& (request.getMethod().equals("GET") || request.getMethod().equals("HEAD"));
	}

}
