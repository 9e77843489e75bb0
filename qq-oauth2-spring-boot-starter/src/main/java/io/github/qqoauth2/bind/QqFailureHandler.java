package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

import io.github.qqoauth2.client.QqOAuth2Error;

/**
 * Stands before the failure handler of a chain's {@code oauth2Login}: a failed QQ login
 * is logged once and reaches the application's handler with the visitor's sentence, or
 * our error page where the application has no handler of its own.
 */
final class QqFailureHandler implements AuthenticationFailureHandler {

	private static final Log logger = LogFactory.getLog(QqFailureHandler.class);

	private static final String SPRING_SESSION = "org.springframework.session.SessionRepository.CURRENT_SESSION";

	private final AuthenticationFailureHandler delegate;

	private final LoginChain chain;

	private final Answers answers;

	private final ApiModels models;

	private final LoginErrorRepository errors;

	private final QqMessages messages;

	private final OutcomeCounter outcomes;

	QqFailureHandler(AuthenticationFailureHandler delegate, QqLoginParts parts) {
		this.delegate = delegate;
		this.chain = parts.chain();
		this.answers = parts.answers();
		this.models = parts.models();
		this.errors = parts.errors();
		this.messages = parts.messages();
		this.outcomes = parts.outcomes();
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException, ServletException {
		QqCallbackFilter.Callback callback = QqCallbackFilter.current(request);
		if (callback == null) {
			this.delegate.onAuthenticationFailure(request, response, failure);
			return;
		}
		LoginError error = LoginError.of(failure);
		Integer qqCode = qqCode(failure);
		LoginErrorRepository.Shown shown = this.errors.create(request, error, qqCode, callback.next());
		log(error, shown, failure);
		this.outcomes.count(error.code());
		if (this.chain.ownFailureHandler(request) == null) {
			answer(request, response, shown);
			return;
		}
		request.setAttribute(LoginPaths.ANSWER_ATTRIBUTE,
				this.models.problem(request, shown.error(), shown.id(), qqCode));
		String sentence = this.messages.in(request).sentence(shown.error(), qqCode);
		OAuth2Error oauth2Error = new OAuth2Error(code(failure, error), sentence, null);
		this.delegate.onAuthenticationFailure(request, response,
				new OAuth2AuthenticationException(oauth2Error, sentence, failure));
	}

	/**
	 * Of two clicks, the second finds that the first has logged in and the session has
	 * got another id. Spring Session writes a session before an answer and once more
	 * after all filters, and Redis refuses one of that kind. Taken from the request it is
	 * not written again, and the visitor gets no 500.
	 */
	private void answer(HttpServletRequest request, HttpServletResponse response, LoginErrorRepository.Shown shown)
			throws IOException, ServletException {
		Answer answer = this.answers.to(request, response);
		try {
			answer.failed(shown, null);
			request.removeAttribute(SPRING_SESSION);
		}
		catch (IllegalStateException ex) {
			request.removeAttribute(SPRING_SESSION);
			answer.failed(shown, null);
		}
	}

	private static String code(AuthenticationException failure, LoginError error) {
		return (failure instanceof OAuth2AuthenticationException oauth2) ? oauth2.getError().getErrorCode()
				: error.code();
	}

	private static @Nullable Integer qqCode(AuthenticationException failure) {
		return (failure instanceof OAuth2AuthenticationException oauth2
				&& oauth2.getError() instanceof QqOAuth2Error qqError) ? qqError.getQqCode() : null;
	}

	private static void log(LoginError error, LoginErrorRepository.Shown shown, AuthenticationException failure) {
		String message = "QQ login ended with '" + error.code() + "' [" + shown.id() + "]: " + failure.getMessage();
		if (error == LoginError.CANCELLED) {
			logger.info("QQ_DENIED: " + message);
		}
		else {
			logger.warn(message);
		}
	}

}
