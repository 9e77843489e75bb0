package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;

/**
 * Stands before the success handler of a chain's {@code oauth2Login}: after a QQ login
 * the {@code next} that it began with counts as the page that was asked for, unless one
 * was asked for already.
 */
final class QqSuccessHandler implements AuthenticationSuccessHandler {

	private final AuthenticationSuccessHandler delegate;

	private final LoginChain chain;

	private final OutcomeCounter outcomes;

	QqSuccessHandler(AuthenticationSuccessHandler delegate, LoginChain chain, OutcomeCounter outcomes) {
		this.delegate = delegate;
		this.chain = chain;
		this.outcomes = outcomes;
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws IOException, ServletException {
		QqCallbackFilter.Callback callback = QqCallbackFilter.current(request);
		if (callback != null && callback.stored() != null) {
			this.outcomes.count("logged-in");
		}
		String next = (callback != null) ? callback.next() : null;
		if (next != null && this.chain.savedPath(request, response) == null) {
			this.chain.savePath(request, response, next);
		}
		this.delegate.onAuthenticationSuccess(request, response, authentication);
	}

}
