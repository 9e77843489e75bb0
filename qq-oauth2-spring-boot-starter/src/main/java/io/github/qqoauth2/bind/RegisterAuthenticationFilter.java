package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;
import org.springframework.transaction.TransactionException;

import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.bind.PendingBinding.RefusedRegistration;

/**
 * Processes the bind page's registration form: creates an account for the pending QQ
 * identity and logs in to it.
 */
final class RegisterAuthenticationFilter extends PendingBindingAuthenticationFilter {

	private static final Log logger = LogFactory.getLog(RegisterAuthenticationFilter.class);

	private final PendingBindingRepository pendingBindings;

	private final RegistrationForm form;

	private final LoginResponses responses;

	private final Consumer<String> outcomes;

	RegisterAuthenticationFilter(LoginChain chain, PendingBindingRepository pendingBindings, EndedLogins ended,
			RegistrationForm form, LoginResponses responses, CurrentAuthentication currentAuthentication,
			Consumer<String> outcomes) {
		super(LoginPaths.REGISTER_PAGE, chain, pendingBindings, ended, responses, currentAuthentication);
		this.pendingBindings = pendingBindings;
		this.form = form;
		this.responses = responses;
		this.outcomes = outcomes;
	}

	@Override
	@Nullable Authentication attempt(HttpServletRequest request, HttpServletResponse response, PendingBinding pending)
			throws IOException, ServletException {
		RegistrationForm.Registered registered = register(request, response, pending);
		if (registered == null) {
			return null;
		}
		this.outcomes.accept("registered");
		bound(request, response, pending, registered.account().getUsername());
		return authenticate(request, registered.account().getUsername(), registered.password());
	}

	private RegistrationForm.@Nullable Registered register(HttpServletRequest request, HttpServletResponse response,
			PendingBinding pending) throws IOException, ServletException {
		Map<String, String> values = this.form.read(request);
		try {
			return this.form.register(pending, values);
		}
		catch (QqRegistrationException ex) {
			refuse(request, response, pending
				.withRegistration(new RefusedRegistration(this.form.withoutPasswords(values), ex.getErrors())));
		}
		catch (RegistrationForm.AlreadyBoundException ex) {
			this.outcomes.accept(LoginError.OTHER_ACCOUNT.code());
			this.responses.error(request, response, LoginError.OTHER_ACCOUNT);
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("No account was created for a QQ identity", ex);
			this.outcomes.accept(LoginError.NOT_SAVED.code());
			this.responses.error(request, response, LoginError.NOT_SAVED);
		}
		return null;
	}

	private void refuse(HttpServletRequest request, HttpServletResponse response, PendingBinding refused)
			throws IOException, ServletException {
		this.pendingBindings.save(request, response, refused);
		this.responses.to(request, response).tryAgain(refused, null);
	}

	/**
	 * Answers a failed login after the account and its binding have been created. For an
	 * account that must be activated first, the error says so; an account that cannot log
	 * in by password logs in by QQ.
	 */
	@Override
	void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException, ServletException {
		if (failure instanceof AccountStatusException || failure instanceof SessionAuthenticationException) {
			this.responses.failed(request, response, LoginError.of(failure), failure, null);
			return;
		}
		if (failure instanceof AuthenticationServiceException) {
			failInternally(request, response, failure);
			return;
		}
		this.responses.to(request, response).login();
	}

	/**
	 * Does nothing: the binding has been written together with the account.
	 */
	@Override
	boolean complete(HttpServletRequest request, HttpServletResponse response, Authentication account) {
		return true;
	}

}
