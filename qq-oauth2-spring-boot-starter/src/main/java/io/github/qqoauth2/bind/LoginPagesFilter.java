package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Shows the pages that a visitor who is not signed in may see, and tells a page of the
 * application which identity waits.
 */
final class LoginPagesFilter extends OncePerRequestFilter {

	private final PendingBindingRepository pendingBindings;

	private final PageLayout layout;

	private final LoginPages pages;

	private final LoginResponses responses;

	private final CurrentAuthentication currentAuthentication;

	private final EndedLogins ended;

	private final RepeatedCallback repeated;

	LoginPagesFilter(PendingBindingRepository pendingBindings, PageLayout layout, LoginPages pages,
			LoginResponses responses, CurrentAuthentication currentAuthentication, EndedLogins ended,
			RepeatedCallback repeated) {
		this.pendingBindings = pendingBindings;
		this.layout = layout;
		this.pages = pages;
		this.responses = responses;
		this.currentAuthentication = currentAuthentication;
		this.ended = ended;
		this.repeated = repeated;
	}

	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return !request.getMethod().equals("GET") && !request.getMethod().equals("HEAD");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (this.layout.isStyleSheet(request)) {
			this.layout.writeStyleSheet(response);
			return;
		}
		if (LoginPaths.isAt(request, LoginPaths.ERROR_PAGE)) {
			answerError(request, response);
			return;
		}
		boolean ours = LoginPaths.isAt(request, LoginPaths.BIND_PAGE)
				&& (this.pages.bindPagePath().equals(LoginPaths.BIND_PAGE) || ApiRequest.isWanted(request));
		PendingBinding pending = (ours || LoginPaths.isAt(request, this.pages.bindPagePath()))
				? this.pendingBindings.load(request) : null;
		if (ours) {
			answer(request, response, pending);
			return;
		}
		if (pending != null) {
			request.setAttribute(LoginPaths.BINDING_ATTRIBUTE, pending.model());
		}
		chain.doFilter(request, response);
	}

	/**
	 * Shows the last error. A signed-in user without one is redirected, or gets 204 as a
	 * front end. So is a visitor whose state has meanwhile ended in another request.
	 */
	private void answerError(HttpServletRequest request, HttpServletResponse response)
			throws IOException, ServletException {
		LoginErrorRepository.Shown shown = this.pages.errors().stored(request);
		boolean page = !ApiRequest.isWanted(request);
		if (shown == null && this.currentAuthentication.get() != null) {
			this.responses.to(request, response).noError(this.ended.latestTarget(request));
		}
		else if (!page || shown == null || !this.repeated.answer(request, response, shown.state())) {
			this.responses.to(request, response).error(this.pages.errors().load(request));
		}
	}

	private void answer(HttpServletRequest request, HttpServletResponse response, @Nullable PendingBinding pending)
			throws IOException {
		if (pending != null) {
			this.responses.to(request, response).pending(pending);
		}
		else {
			this.responses.error(request, response, this.pendingBindings.absence(request));
		}
	}

}
