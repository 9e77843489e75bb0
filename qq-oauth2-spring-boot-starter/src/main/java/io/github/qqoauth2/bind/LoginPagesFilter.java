package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Writes the bind page and the error page, which a visitor who is not signed in may see.
 * If the bind page is a page of the application, describes the pending binding in a
 * request attribute instead.
 */
final class LoginPagesFilter extends OncePerRequestFilter {

	private final PendingBindingRepository pendingBindings;

	private final LoginPages pages;

	private final LoginResponses responses;

	private final CurrentAuthentication currentAuthentication;

	private final EndedLogins ended;

	private final RepeatedCallback repeated;

	LoginPagesFilter(PendingBindingRepository pendingBindings, LoginPages pages, LoginResponses responses,
			CurrentAuthentication currentAuthentication, EndedLogins ended, RepeatedCallback repeated) {
		this.pendingBindings = pendingBindings;
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
		if (LoginPaths.isAt(request, LoginPaths.ERROR_PAGE)) {
			answerError(request, response);
			return;
		}
		boolean servesBindPage = LoginPaths.isAt(request, LoginPaths.BIND_PAGE)
				&& (this.pages.bindPagePath().equals(LoginPaths.BIND_PAGE) || ApiRequest.matches(request));
		PendingBinding pending = (servesBindPage || LoginPaths.isAt(request, this.pages.bindPagePath()))
				? this.pendingBindings.load(request) : null;
		if (servesBindPage) {
			answer(request, response, pending);
			return;
		}
		if (pending != null) {
			request.setAttribute(LoginPaths.BINDING_ATTRIBUTE, pending.model());
		}
		chain.doFilter(request, response);
	}

	/**
	 * Writes the last error. If there is none, a signed-in user is redirected, or gets
	 * 204 as a front end. If the state of the error has since ended in another request of
	 * this session, the page is answered with the result of that login.
	 */
	private void answerError(HttpServletRequest request, HttpServletResponse response)
			throws IOException, ServletException {
		LoginErrorRepository.Shown shown = this.pages.errors().stored(request);
		boolean page = !ApiRequest.matches(request);
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
