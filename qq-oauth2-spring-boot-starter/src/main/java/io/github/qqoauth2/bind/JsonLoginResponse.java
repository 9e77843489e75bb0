package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;

import io.github.qqoauth2.bind.QqJsonResponseMapper.Kind;
import io.github.qqoauth2.bind.QqJsonResponseMapper.Response;

/**
 * Answers a front end with JSON: the requested object, or a problem (RFC 9457).
 */
final class JsonLoginResponse implements LoginResponse {

	private static final Log logger = LogFactory.getLog(JsonLoginResponse.class);

	private final ApiModels models;

	private final LoginChain chain;

	private final JsonResponseWriter writer;

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	JsonLoginResponse(ApiModels models, LoginChain chain, JsonResponseWriter writer, HttpServletRequest request,
			HttpServletResponse response) {
		this.models = models;
		this.chain = chain;
		this.writer = writer;
		this.request = request;
		this.response = response;
	}

	@Override
	public void bindingRequired(PendingBinding pending) throws IOException {
		problem(this.models.bindingRequired(this.request, pending));
	}

	@Override
	public void pending(PendingBinding pending) throws IOException {
		write(Kind.PENDING_BINDING, this.models.pending(this.request, pending));
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
		write(Kind.LOGIN_PAGE, Map.of("loginPage", this.chain.loginPage()));
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
		write(Kind.AUTHORIZATION_URL, AuthorizationStart.model(authorizationUrl));
	}

	@Override
	public void done(Authentication account, @Nullable String target) throws IOException {
		write(account, target);
	}

	/**
	 * Writes a problem. If the application has a failure handler of its own and no
	 * mapper, that handler answers instead.
	 */
	@Override
	public void failed(LoginErrorRepository.Shown error, @Nullable AuthenticationException cause)
			throws IOException, ServletException {
		AuthenticationFailureHandler own = this.writer.hasMapper() ? null : this.chain.ownFailureHandler(this.request);
		if (own == null) {
			error(error);
			return;
		}
		String sentence = this.models.sentence(this.request, error);
		own.onAuthenticationFailure(this.request, this.response, new OAuth2AuthenticationException(
				new OAuth2Error(error.error().code(), sentence, null), sentence, cause));
	}

	@Override
	public void refused(LoginErrorRepository.Shown error) throws IOException {
		error(error);
	}

	@Override
	public void noError(@Nullable String target) throws IOException {
		write(new Response(Kind.NO_ERROR, HttpServletResponse.SC_NO_CONTENT, Map.of()));
	}

	@Override
	public void error(LoginErrorRepository.Shown error) throws IOException {
		problem(this.models.problem(this.request, error.error(), error.id(), error.qqCode()));
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
		write(Kind.ACCOUNT, model);
	}

	/**
	 * Writes the response to a successful login. The exceptions of the application's
	 * mapper undo the login.
	 */
	void signedIn(Map<String, Object> account) throws IOException {
		this.writer.write(this.response, this.writer.map(this.request, ok(Kind.ACCOUNT, account)));
	}

	private void write(Kind kind, Map<String, Object> body) throws IOException {
		write(ok(kind, body));
	}

	private static Response ok(Kind kind, Map<String, Object> body) {
		return new Response(kind, HttpServletResponse.SC_OK, new LinkedHashMap<>(body));
	}

	private void problem(Map<String, Object> body) throws IOException {
		write(new Response(Kind.PROBLEM, (Integer) Objects.requireNonNull(body.get("status")),
				new LinkedHashMap<>(body)));
	}

	private void write(Response original) throws IOException {
		JsonResponseWriter.Mapped mapped;
		try {
			mapped = this.writer.map(this.request, original);
		}
		catch (RuntimeException ex) {
			logger.warn("The QqJsonResponseMapper failed for " + original + ", so a front end got the problem '"
					+ LoginError.INTERNAL.code() + "'", ex);
			problem(this.models.problem(this.request, LoginError.INTERNAL, null, null));
			return;
		}
		this.writer.write(this.response, mapped);
	}

}
