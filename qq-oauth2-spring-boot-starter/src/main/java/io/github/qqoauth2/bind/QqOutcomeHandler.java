package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Answers a callback that was neither a login nor a failure. Nothing here touches the
 * security context or the remember-me cookie.
 */
final class QqOutcomeHandler {

	private final LoginChain chain;

	private final PendingBindingRepository pendings;

	private final SignedIn signedIn;

	private final Answers answers;

	private final OutcomeCounter outcomes;

	private @Nullable AuthenticationFailureHandler failureHandler;

	QqOutcomeHandler(LoginChain chain, SignedIn signedIn, PendingBindingRepository pendings, Answers answers,
			OutcomeCounter outcomes) {
		this.chain = chain;
		this.signedIn = signedIn;
		this.pendings = pendings;
		this.answers = answers;
		this.outcomes = outcomes;
	}

	void failureHandler(AuthenticationFailureHandler failureHandler) {
		this.failureHandler = failureHandler;
	}

	void handle(HttpServletRequest request, HttpServletResponse response, QqLoginOutcome outcome,
			QqCallbackFilter.Callback callback) throws IOException, ServletException {
		if (outcome.kind() != QqLoginOutcome.Kind.FAILED_WHILE_SIGNED_IN) {
			this.outcomes.count(outcome.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
		}
		Answer answer = this.answers.to(request, response);
		switch (outcome.kind()) {
			case BINDING_REQUIRED -> answer.bindingRequired(keep(request, response, outcome, callback, false));
			case CONFIRMATION_REQUIRED -> {
				keep(request, response, outcome, callback, true);
				answer.confirmationRequired(account());
			}
			case SAME_ACCOUNT -> answer.done(account(), target(request, response, callback));
			case OTHER_ACCOUNT -> this.answers.refused(request, response, LoginError.OTHER_ACCOUNT);
			case FAILED_WHILE_SIGNED_IN -> Objects.requireNonNull(this.failureHandler)
				.onAuthenticationFailure(request, response, outcome.failure());
		}
	}

	private Authentication account() {
		return Objects.requireNonNull(this.signedIn.get());
	}

	/**
	 * What was proved here is for this browser alone: a session that somebody else knows
	 * gets another id, as at a login. Without sessions nothing tells how old the proof of
	 * an account is that may come with the next request, so it counts as the older one.
	 */
	private PendingBinding keep(HttpServletRequest request, HttpServletResponse response, QqLoginOutcome outcome,
			QqCallbackFilter.Callback callback, boolean signedIn) {
		if (!signedIn && !this.chain.isStateless() && request.getSession(false) != null) {
			request.changeSessionId();
		}
		PendingBinding pending = this.pendings.create(outcome.identity(), outcome.profile(),
				target(request, response, callback), signedIn || this.chain.isStateless());
		this.pendings.save(request, response, pending);
		return pending;
	}

	private @Nullable String target(HttpServletRequest request, HttpServletResponse response,
			QqCallbackFilter.Callback callback) {
		String saved = this.chain.savedPath(request, response);
		return (saved != null) ? saved : callback.next();
	}

}
