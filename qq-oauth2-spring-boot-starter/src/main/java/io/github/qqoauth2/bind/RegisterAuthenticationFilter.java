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
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;

import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.bind.PendingBinding.RefusedRegistration;

/**
 * The bind page's form "I am new": makes an account for the waiting QQ, and logs in to
 * it.
 */
final class RegisterAuthenticationFilter extends PendingBindingAuthenticationFilter {

	private static final Log logger = LogFactory.getLog(RegisterAuthenticationFilter.class);

	private final PendingBindingRepository pendingBindings;

	private final RegistrationForm form;

	private final LoginResponses responses;

	private final Consumer<String> outcomes;

	RegisterAuthenticationFilter(LoginChain chain, PendingBindingRepository pendingBindings, EndedLogins ended,
			RegistrationForm form, LoginResponses responses, Consumer<String> outcomes) {
		super(LoginPaths.REGISTER_PAGE, chain, pendingBindings, ended, responses);
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
		bound(request, response, pending);
		return authenticate(request, registered.account().getUsername(), registered.password());
	}

	private RegistrationForm.@Nullable Registered register(HttpServletRequest request, HttpServletResponse response,
			PendingBinding pending) throws IOException, ServletException {
		Map<String, String> typed = this.form.read(request);
		try {
			return this.form.register(pending, typed);
		}
		catch (QqRegistrationException ex) {
			refuse(request, response, pending
				.withRegistration(new RefusedRegistration(this.form.withoutPasswords(typed), ex.getErrors())));
		}
		catch (RegistrationForm.QqBoundMeanwhileException ex) {
			this.outcomes.accept(LoginError.OTHER_ACCOUNT.code());
			this.responses.error(request, response, LoginError.OTHER_ACCOUNT);
		}
		catch (RuntimeException ex) {
			logger.warn("An account for a QQ was not made", ex);
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
	 * Account and binding are there. An account that has to be activated first is told
	 * so; one that takes no passwords at all logs in by its QQ.
	 */
	@Override
	void failed(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException, ServletException {
		if (failure instanceof AccountStatusException || failure instanceof SessionAuthenticationException) {
			this.responses.failed(request, response, LoginError.ACCOUNT_STATUS, failure, null);
			return;
		}
		this.responses.to(request, response).login();
	}

}
