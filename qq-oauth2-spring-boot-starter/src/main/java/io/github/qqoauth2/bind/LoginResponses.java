package io.github.qqoauth2.bind;

import java.io.IOException;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;

/**
 * Gives each request the kind of answer that it wants.
 */
final class LoginResponses {

	private final LoginPages pages;

	private final ApiModels models;

	private final PendingBindingRepository pendingBindings;

	LoginResponses(LoginPages pages, ApiModels models, PendingBindingRepository pendingBindings) {
		this.pages = pages;
		this.models = models;
		this.pendingBindings = pendingBindings;
	}

	LoginResponse to(HttpServletRequest request, HttpServletResponse response) {
		return ApiRequest.isWanted(request) ? json(request, response)
				: new PageLoginResponse(this.pages, request, response);
	}

	JsonLoginResponse json(HttpServletRequest request, HttpServletResponse response) {
		return new JsonLoginResponse(this.models, this.pages.chain(), request, response);
	}

	/**
	 * A login that has failed.
	 */
	void failed(HttpServletRequest request, HttpServletResponse response, LoginError error,
			@Nullable AuthenticationException cause, @Nullable String next) throws IOException, ServletException {
		to(request, response).failed(this.pages.errors().create(request, error, null, next), cause);
	}

	/**
	 * Whether the browser sent any cookie that a login could have set.
	 */
	boolean cookieCame(HttpServletRequest request) {
		return this.pages.errors().cookieCame(request);
	}

	/**
	 * An error around the identity that waits, or did so until its time was over.
	 */
	void error(HttpServletRequest request, HttpServletResponse response, LoginError error) throws IOException {
		error(request, response, error, this.pendingBindings.target(request));
	}

	/**
	 * An error whose identity waits no longer.
	 */
	void error(HttpServletRequest request, HttpServletResponse response, LoginError error, @Nullable String next)
			throws IOException {
		to(request, response).error(new LoginErrorRepository.Shown(error, null, null, next));
	}

}
