package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;

/**
 * Creates the response that a request asks for: JSON for a front end, otherwise a page.
 */
final class LoginResponses {

	private final LoginPages pages;

	private final ApiModels models;

	private final JsonResponseWriter writer;

	private final PendingBindingRepository pendingBindings;

	LoginResponses(LoginPages pages, ApiModels models, JsonResponseWriter writer,
			PendingBindingRepository pendingBindings) {
		this.pages = pages;
		this.models = models;
		this.writer = writer;
		this.pendingBindings = pendingBindings;
	}

	/**
	 * Returns whether the starter answers a login, and not the application's handlers:
	 * one of a front end, if the application has a mapper.
	 */
	boolean isMapped(HttpServletRequest request) {
		return ApiRequest.matches(request) && this.writer.hasMapper();
	}

	LoginResponse to(HttpServletRequest request, HttpServletResponse response) {
		return ApiRequest.matches(request) ? json(request, response)
				: new PageLoginResponse(this.pages, request, response);
	}

	JsonLoginResponse json(HttpServletRequest request, HttpServletResponse response) {
		return new JsonLoginResponse(this.models, this.pages.chain(), this.writer, request, response);
	}

	/**
	 * Reports a failed login.
	 */
	void failed(HttpServletRequest request, HttpServletResponse response, LoginError error,
			@Nullable AuthenticationException cause, @Nullable String next) throws IOException, ServletException {
		to(request, response).failed(this.pages.errors().createLogged(request, error, cause, next), cause);
	}

	/**
	 * Returns whether the browser sent any cookie that a login could have set.
	 */
	boolean hasCookie(HttpServletRequest request) {
		return this.pages.errors().hasCookie(request);
	}

	/**
	 * Reports an error, with the target of the pending binding, which is known even after
	 * it has expired.
	 */
	void error(HttpServletRequest request, HttpServletResponse response, LoginError error) throws IOException {
		error(request, response, error, this.pendingBindings.target(request));
	}

	/**
	 * Reports an error. Only the end of a pending binding by wrong passwords is logged,
	 * and has an id: the operator looks for it.
	 * @param next the page to which the login was to lead, if any
	 */
	void error(HttpServletRequest request, HttpServletResponse response, LoginError error, @Nullable String next)
			throws IOException {
		to(request, response).error(
				(error == LoginError.TOO_MANY_ATTEMPTS) ? this.pages.errors().createLogged(request, error, null, next)
						: new LoginErrorRepository.Shown(error, null, null, next));
	}

}
