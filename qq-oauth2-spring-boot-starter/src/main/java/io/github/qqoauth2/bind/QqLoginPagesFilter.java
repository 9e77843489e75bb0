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
final class QqLoginPagesFilter extends OncePerRequestFilter {

	private final PendingBindingRepository pendings;

	private final QqPage page;

	private final LoginPages pages;

	private final Answers answers;

	private final SignedIn signedIn;

	private final EndedLogins ended;

	private final RepeatedCallback repeated;

	QqLoginPagesFilter(PendingBindingRepository pendings, QqPage page, LoginPages pages, Answers answers,
			SignedIn signedIn, EndedLogins ended, RepeatedCallback repeated) {
		this.pendings = pendings;
		this.page = page;
		this.pages = pages;
		this.answers = answers;
		this.signedIn = signedIn;
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
		if (this.page.isStyleSheet(request)) {
			this.page.writeStyleSheet(response);
			return;
		}
		if (LoginPaths.isAt(request, LoginPaths.ERROR_PAGE)) {
			answerError(request, response);
			return;
		}
		boolean ours = LoginPaths.isAt(request, LoginPaths.BIND_PAGE)
				&& (this.pages.bindPagePath().equals(LoginPaths.BIND_PAGE) || ApiRequest.isWanted(request));
		PendingBinding pending = (ours || LoginPaths.isAt(request, this.pages.bindPagePath()))
				? this.pendings.load(request) : null;
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
		if (shown == null && this.signedIn.get() != null) {
			this.answers.to(request, response).noError(this.ended.latestTarget(request));
		}
		else if (!page || shown == null || !this.repeated.answer(request, response, shown.state())) {
			this.answers.to(request, response).error(this.pages.errors().load(request));
		}
	}

	private void answer(HttpServletRequest request, HttpServletResponse response, @Nullable PendingBinding pending)
			throws IOException {
		if (pending != null) {
			this.answers.to(request, response).pending(pending);
		}
		else {
			this.answers.error(request, response, this.pendings.absence(request));
		}
	}

}
