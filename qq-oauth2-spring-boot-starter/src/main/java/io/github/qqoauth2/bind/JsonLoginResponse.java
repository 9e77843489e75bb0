package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

/**
 * Writes JSON for a front end: the requested object, or a problem (RFC 9457).
 */
final class JsonLoginResponse implements LoginResponse {

	private static final Log logger = LogFactory.getLog(JsonLoginResponse.class);

	private final ApiModels models;

	private final LoginChain chain;

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	JsonLoginResponse(ApiModels models, LoginChain chain, HttpServletRequest request, HttpServletResponse response) {
		this.models = models;
		this.chain = chain;
		this.request = request;
		this.response = response;
	}

	@Override
	public void bindingRequired(PendingBinding pending) throws IOException {
		problem(this.models.bindingRequired(this.request, pending));
	}

	@Override
	public void pending(PendingBinding pending) throws IOException {
		write(this.models.pending(this.request, pending));
	}

	@Override
	public void tryAgain(PendingBinding pending, @Nullable AuthenticationException failure)
			throws IOException, ServletException {
		PendingBinding.RefusedRegistration registration = pending.registration();
		if (registration != null) {
			problem(this.models.invalidRegistration(this.request, registration.errors()));
			return;
		}
		LoginError error = (pending.error() != null) ? pending.error() : LoginError.INTERNAL;
		LoginErrorRepository.logTry(pending, error, failure);
		failed(new LoginErrorRepository.Shown(error, null, null, null), failure);
	}

	@Override
	public void toAccount(Authentication account) throws IOException {
		write(account, null);
	}

	@Override
	public void question(BindingQuestion question, @Nullable LoginError error) throws IOException {
		if (error != null) {
			LoginErrorRepository.logTry(question.pending(), error, null);
		}
		account(question.account(), error);
	}

	@Override
	public void account(Authentication account, @Nullable LoginError error) throws IOException {
		if (error != null) {
			problem(this.models.problem(this.request, error, null, null));
			return;
		}
		write(account, null);
	}

	@Override
	public void signIn() throws IOException {
		write(Map.of("loginPage", this.chain.loginPage()));
	}

	@Override
	public void link(Authentication account) throws IOException {
		toQq(this.chain.start().begin(this.request, this.response, account.getName()));
	}

	@Override
	public void move(Authentication account) throws IOException {
		toQq(this.chain.start().beginMove(this.request, this.response, account.getName()));
	}

	@Override
	public void login() throws IOException {
		toQq(this.chain.start().begin(this.request, this.response, null));
	}

	void toQq(String authorizationUrl) throws IOException {
		write(Map.of("authorizationUrl", authorizationUrl));
	}

	@Override
	public void done(Authentication account, @Nullable String target) throws IOException {
		write(account, target);
	}

	/**
	 * Writes a problem. If the application has a failure handler of its own, that handler
	 * answers instead, with the problem as a request attribute.
	 */
	@Override
	public void failed(LoginErrorRepository.Shown error, @Nullable AuthenticationException cause)
			throws IOException, ServletException {
		AuthenticationFailureHandler own = this.chain.ownFailureHandler(this.request);
		if (own == null) {
			error(error);
			return;
		}
		Map<String, Object> problem = problem(error);
		String sentence = String.valueOf(problem.get("detail"));
		this.request.setAttribute(LoginPaths.ANSWER_ATTRIBUTE, problem);
		own.onAuthenticationFailure(this.request, this.response, new OAuth2AuthenticationException(
				new OAuth2Error(error.error().code(), sentence, null), sentence, cause));
	}

	@Override
	public void refused(LoginErrorRepository.Shown error) throws IOException {
		error(error);
	}

	@Override
	public void noError(@Nullable String target) throws IOException {
		headers(HttpServletResponse.SC_NO_CONTENT);
		this.response.flushBuffer();
	}

	@Override
	public void error(LoginErrorRepository.Shown error) throws IOException {
		problem(problem(error));
	}

	private Map<String, Object> problem(LoginErrorRepository.Shown error) {
		return this.models.problem(this.request, error.error(), error.id(), error.qqCode());
	}

	private void write(Authentication account, @Nullable String next) throws IOException {
		Map<String, Object> model;
		try {
			model = this.models.account(this.request, account, next);
		}
		catch (RuntimeException ex) {
			logger.warn("The data of account '" + account.getName() + "' could not be looked up for a front end", ex);
			problem(this.models.problem(this.request, LoginError.INTERNAL, null, null));
			return;
		}
		write(model);
	}

	void write(Map<String, Object> model) throws IOException {
		write(HttpServletResponse.SC_OK, MediaType.APPLICATION_JSON_VALUE, model);
	}

	private void problem(Map<String, Object> model) throws IOException {
		write((Integer) Objects.requireNonNull(model.get("status")), MediaType.APPLICATION_PROBLEM_JSON_VALUE, model);
	}

	/**
	 * Flushes the response. A session store that refuses to save the session thus throws
	 * while the response can still be replaced.
	 */
	private void write(int status, String contentType, Map<String, Object> model) throws IOException {
		headers(status);
		this.response.setContentType(contentType);
		this.response.setCharacterEncoding("UTF-8");
		this.response.getWriter().write(JSONObjectUtils.toJSONString(model));
		this.response.flushBuffer();
	}

	private void headers(int status) {
		this.response.resetBuffer();
		this.response.setStatus(status);
		this.response.setHeader("Cache-Control", "no-store, private");
		this.response.setHeader("X-Content-Type-Options", "nosniff");
		this.response.addHeader("Vary", "Accept, Accept-Language, X-Requested-With");
	}

}
