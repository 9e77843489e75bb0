package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Shows the pages that a visitor who is not signed in may see, and tells a page of the
 * application which identity waits.
 */
final class QqLoginPagesFilter extends OncePerRequestFilter {

	private final PendingBindingRepository pendings;

	private final QqPage page;

	private final QqBindPage bindPage;

	private final QqErrorPage errorPage;

	private final String bindPagePath;

	QqLoginPagesFilter(PendingBindingRepository pendings, QqPage page, QqBindPage bindPage, QqErrorPage errorPage,
			String bindPagePath) {
		this.pendings = pendings;
		this.page = page;
		this.bindPage = bindPage;
		this.errorPage = errorPage;
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
		if (QqLogin.isAt(request, QqLogin.ERROR_PAGE)) {
			this.errorPage.writeLast(request, response);
			return;
		}
		PendingBinding pending = QqLogin.isAt(request, this.bindPagePath) ? this.pendings.load(request) : null;
		if (pending != null && this.bindPagePath.equals(QqLogin.BIND_PAGE)) {
			this.bindPage.write(request, response, pending);
			return;
		}
		if (pending != null) {
			request.setAttribute(QqLogin.BINDING_ATTRIBUTE, PendingBindingModel.of(pending));
		}
		chain.doFilter(request, response);
	}

}
