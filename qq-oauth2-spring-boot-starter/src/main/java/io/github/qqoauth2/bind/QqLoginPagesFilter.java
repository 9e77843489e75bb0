package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

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
			request.setAttribute(QqLogin.BINDING_ATTRIBUTE, describe(pending));
		}
		chain.doFilter(request, response);
	}

	private static Map<String, Object> describe(PendingBinding pending) {
		Map<String, Object> binding = new LinkedHashMap<>();
		binding.put("binding", pending.id());
		binding.put("expiresAt", pending.expiresAt());
		putIfPresent(binding, "nickname", pending.nickname());
		putIfPresent(binding, "avatarUrl", pending.avatarUrl());
		putIfPresent(binding, "error", (pending.error() != null) ? pending.error().code() : null);
		return binding;
	}

	private static void putIfPresent(Map<String, Object> binding, String name, @Nullable String value) {
		if (value != null) {
			binding.put(name, value);
		}
	}

}
