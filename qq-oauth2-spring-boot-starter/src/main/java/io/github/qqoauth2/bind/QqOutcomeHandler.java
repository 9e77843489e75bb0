package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Answers a callback that was neither a login nor a failure. Nothing here touches the
 * security context, the session's id or a cookie.
 */
final class QqOutcomeHandler {

	private final RedirectStrategy redirects = new DefaultRedirectStrategy();

	private final LoginChain chain;

	private final PendingBindingRepository pendings;

	private final LoginErrorRepository errors;

	private final OutcomeCounter outcomes;

	private final String bindPage;

	private @Nullable AuthenticationFailureHandler failureHandler;

	QqOutcomeHandler(LoginChain chain, PendingBindingRepository pendings, LoginErrorRepository errors,
			OutcomeCounter outcomes, String bindPage) {
		this.chain = chain;
		this.pendings = pendings;
		this.errors = errors;
		this.outcomes = outcomes;
		this.bindPage = bindPage;
	}

	void failureHandler(AuthenticationFailureHandler failureHandler) {
		this.failureHandler = failureHandler;
	}

	void handle(HttpServletRequest request, HttpServletResponse response, QqLoginOutcome outcome,
			QqCallbackFilter.Callback callback) throws IOException, ServletException {
		if (outcome.kind() != QqLoginOutcome.Kind.FAILED_WHILE_SIGNED_IN) {
			this.outcomes.count(outcome.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
		}
		switch (outcome.kind()) {
			case BINDING_REQUIRED -> bindingRequired(request, response, outcome, callback);
			case CONFIRMATION_REQUIRED -> {
				String target = target(request, response, callback);
				this.pendings.save(request, this.pendings.create(outcome.identity(), outcome.profile(), target, true));
				this.redirects.sendRedirect(request, response, QqLogin.ACCOUNT_PAGE);
			}
			case SAME_ACCOUNT -> {
				String target = target(request, response, callback);
				this.redirects.sendRedirect(request, response, (target != null) ? target : "/");
			}
			case OTHER_ACCOUNT -> {
				this.errors.save(request, LoginError.OTHER_ACCOUNT, null, null);
				this.redirects.sendRedirect(request, response, QqLogin.ERROR_PAGE);
			}
			case FAILED_WHILE_SIGNED_IN -> Objects.requireNonNull(this.failureHandler)
				.onAuthenticationFailure(request, response, outcome.failure());
		}
	}

	/**
	 * Where the application binds at its own login page, that login leads on to the
	 * confirmation, and the confirmation to the page first wanted.
	 */
	private void bindingRequired(HttpServletRequest request, HttpServletResponse response, QqLoginOutcome outcome,
			QqCallbackFilter.Callback callback) throws IOException {
		String target = target(request, response, callback);
		this.pendings.save(request, this.pendings.create(outcome.identity(), outcome.profile(), target, false));
		if (!this.bindPage.equals(QqLogin.BIND_PAGE)) {
			this.chain.savePath(request, response, QqLogin.ACCOUNT_PAGE);
		}
		this.redirects.sendRedirect(request, response, this.bindPage);
	}

	private @Nullable String target(HttpServletRequest request, HttpServletResponse response,
			QqCallbackFilter.Callback callback) {
		String saved = this.chain.savedPath(request, response);
		return (saved != null) ? saved : callback.next();
	}

}
