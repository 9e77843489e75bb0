package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;

/**
 * Wraps the success handler of a chain's {@code oauth2Login}. After a QQ login, the
 * {@code next} with which it was started becomes the saved request, unless there is one
 * already. A front end gets JSON, or the response of the application's handler if it has
 * one and does not map JSON responses.
 */
final class QqAuthenticationSuccessHandler implements AuthenticationSuccessHandler {

	private final AuthenticationSuccessHandler delegate;

	private final LoginChain chain;

	private final LoginResponses responses;

	private final ApiModels models;

	private final LoginErrorRepository errors;

	QqAuthenticationSuccessHandler(AuthenticationSuccessHandler delegate, LoginChain chain, LoginResponses responses,
			ApiModels models, LoginErrorRepository errors) {
		this.delegate = delegate;
		this.chain = chain;
		this.responses = responses;
		this.models = models;
		this.errors = errors;
	}

	@Override
	public void onAuthenticationSuccess(HttpServletRequest request, HttpServletResponse response,
			Authentication authentication) throws IOException, ServletException {
		this.errors.remove(request, response);
		String next = (String) request.getAttribute(LoginPaths.NEXT_ATTRIBUTE);
		if (answers(request)) {
			String target = this.chain.savedPages().target(request, response, next);
			Map<String, Object> account = this.models.login(request, authentication, target);
			this.chain.savedPages().remove(request, response);
			this.responses.json(request, response).signedIn(account);
			return;
		}
		if (next != null && this.chain.savedPages().path(request, response) == null) {
			this.chain.savedPages().save(request, response, next);
		}
		this.delegate.onAuthenticationSuccess(request,
				(next != null) ? this.chain.savedPages().withFragment(request, response, next) : response,
				authentication);
	}

	/**
	 * Answers a callback whose login has already succeeded, in the same way: by the
	 * application's handler, if there is one. The starter issues no second token.
	 */
	void repeat(HttpServletRequest request, HttpServletResponse response, Authentication account)
			throws IOException, ServletException {
		if (answers(request)) {
			this.chain.savedPages().remove(request, response);
			this.responses.json(request, response).signedIn(this.models.account(request, account, null));
		}
		else {
			this.delegate.onAuthenticationSuccess(new ParameterRequest(request, Map.of()), response, account);
		}
	}

	/**
	 * Returns whether the starter answers: a front end, unless the application has a
	 * success handler of its own and does not map JSON responses.
	 */
	private boolean answers(HttpServletRequest request) {
		boolean isDefault = this.delegate.getClass() == SavedRequestAwareAuthenticationSuccessHandler.class;
		return (isDefault && ApiRequest.matches(request)) || this.responses.isMapped(request);
	}

}
