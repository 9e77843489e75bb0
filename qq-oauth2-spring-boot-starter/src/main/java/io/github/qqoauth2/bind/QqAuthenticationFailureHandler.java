package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.function.Consumer;

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
 * Wraps the failure handler of a chain's {@code oauth2Login}. A failed QQ login is logged
 * once. The application's handler, if there is one, gets the visitor's message; otherwise
 * the visitor is redirected to the error page, and a front end gets a problem, as it does
 * if the application maps JSON responses.
 */
final class QqAuthenticationFailureHandler implements AuthenticationFailureHandler {

	private static final Log logger = LogFactory.getLog(QqAuthenticationFailureHandler.class);

	private final AuthenticationFailureHandler delegate;

	private final LoginChain chain;

	private final LoginResponses responses;

	private final ApiModels models;

	private final LoginErrorRepository errors;

	private final EndedLogins ended;

	private final Consumer<String> outcomes;

	QqAuthenticationFailureHandler(AuthenticationFailureHandler delegate, LoginChain chain, LoginResponses responses,
			ApiModels models, LoginErrorRepository errors, EndedLogins ended, Consumer<String> outcomes) {
		this.delegate = delegate;
		this.chain = chain;
		this.responses = responses;
		this.models = models;
		this.errors = errors;
		this.ended = ended;
		this.outcomes = outcomes;
	}

	@Override
	public void onAuthenticationFailure(HttpServletRequest request, HttpServletResponse response,
			AuthenticationException failure) throws IOException, ServletException {
		LoginError error = LoginError.of(failure);
		LoginErrorRepository.Shown shown = this.errors.create(request, error, qqCode(failure),
				(String) request.getAttribute(LoginPaths.NEXT_ATTRIBUTE));
		LoginCallback callback = LoginCallback.current(request);
		if (callback != null && callback.state() != null) {
			if (callback.stored() != null) {
				this.ended.add(request, callback.state(), EndedLogins.End.FAILED, shown.write());
			}
			else {
				shown = shown.withState(callback.state());
			}
		}
		log(request, shown, failure);
		this.outcomes.accept(error.code());
		answer(request, response, shown, failure);
	}

	/**
	 * Answers a callback whose login has already failed.
	 */
	void repeat(HttpServletRequest request, HttpServletResponse response, LoginErrorRepository.Shown shown)
			throws IOException, ServletException {
		OAuth2Error error = new OAuth2Error(shown.error().code());
		answer(request, response, shown, new OAuth2AuthenticationException(error, error.getErrorCode()));
	}

	private void answer(HttpServletRequest request, HttpServletResponse response, LoginErrorRepository.Shown shown,
			AuthenticationException failure) throws IOException, ServletException {
		if (this.chain.ownFailureHandler(request) == null || this.responses.isMapped(request)) {
			answer(request, response, shown);
			return;
		}
		String sentence = this.models.sentence(request, shown);
		OAuth2Error oauth2Error = new OAuth2Error(code(failure, shown.error()), sentence, null);
		this.delegate.onAuthenticationFailure(request, response,
				new OAuth2AuthenticationException(oauth2Error, sentence, failure));
	}

	/**
	 * Spring Session saves the session before the response is committed. Redis refuses a
	 * session whose id another request has changed meanwhile. The session is then removed
	 * from the request and not saved.
	 */
	private void answer(HttpServletRequest request, HttpServletResponse response, LoginErrorRepository.Shown shown)
			throws IOException, ServletException {
		try {
			this.responses.to(request, response).failed(shown, null);
		}
		catch (IllegalStateException ex) {
			CurrentSession.detach(request);
			this.responses.to(CurrentSession.without(request), response).failed(shown, null);
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

	private void log(HttpServletRequest request, LoginErrorRepository.Shown shown, AuthenticationException failure) {
		LoginError error = shown.error();
		String message = "QQ login ended with '" + error.code() + "' [" + shown.id() + "]: " + failure.getMessage();
		if (code(failure, error).equals(IdentityAuthenticator.NOT_FOUND)) {
			logNotFound(request, message);
		}
		else if (error == LoginError.CANCELLED) {
			logger.info("QQ_DENIED: " + message);
		}
		else if (error == LoginError.INTERNAL || error == LoginError.INTERNAL_BOUND) {
			logger.warn(message, failure.getCause());
		}
		else {
			logger.warn(message);
		}
	}

	/**
	 * Says why this browser has no authorization request for the callback. A request
	 * without a session is mostly one of a scanner, or of a visitor who was away for
	 * long.
	 */
	private void logNotFound(HttpServletRequest request, String message) {
		if (!this.errors.hasCookie(request)) {
			logger.info(message + " no session cookie came with the request");
		}
		else if (!this.errors.hasSession(request)) {
			logger.info(message + " a session cookie came with the request, but its session has ended");
		}
		else {
			logger.warn(message + " a cookie came with the request, but no login with this state was found");
		}
	}

}
