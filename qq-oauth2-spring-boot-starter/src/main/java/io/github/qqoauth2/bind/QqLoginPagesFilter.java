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

	private final Answers answers;

	private final LoginErrorRepository errors;

	private final String bindPagePath;

	QqLoginPagesFilter(PendingBindingRepository pendings, QqPage page, Answers answers, LoginErrorRepository errors,
			String bindPagePath) {
		this.pendings = pendings;
		this.page = page;
		this.answers = answers;
		this.errors = errors;
		this.bindPagePath = bindPagePath;
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
			this.answers.to(request, response).error(this.errors.load(request));
			return;
		}
		boolean ours = LoginPaths.isAt(request, LoginPaths.BIND_PAGE)
				&& (this.bindPagePath.equals(LoginPaths.BIND_PAGE) || ApiRequest.isWanted(request));
		PendingBinding pending = (ours || LoginPaths.isAt(request, this.bindPagePath)) ? this.pendings.load(request)
				: null;
		if (ours) {
			answer(request, response, pending);
			return;
		}
		if (pending != null) {
			request.setAttribute(LoginPaths.BINDING_ATTRIBUTE, PendingBindingModel.of(pending));
		}
		chain.doFilter(request, response);
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
