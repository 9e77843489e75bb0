package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.DefaultRedirectStrategy;
import org.springframework.security.web.RedirectStrategy;

import io.github.qqoauth2.account.QqRegistrationException;
import io.github.qqoauth2.bind.PendingBinding.RefusedRegistration;

/**
 * The bind page's form "I am new": makes an account for the waiting QQ, and logs in to
 * it.
 */
final class QqRegisterAuthenticationFilter extends PendingBindingAuthenticationFilter {

	private static final Log logger = LogFactory.getLog(QqRegisterAuthenticationFilter.class);

	private final RedirectStrategy redirects = new DefaultRedirectStrategy();

	private final LoginChain chain;

	private final PendingBindingRepository pendings;

	private final RegistrationForm form;

	private final LoginErrorRepository errors;

	private final QqErrorPage errorPage;

	private final OutcomeCounter outcomes;

	private final String bindPage;

	QqRegisterAuthenticationFilter(LoginChain chain, PendingBindingRepository pendings, RegistrationForm form,
			LoginErrorRepository errors, QqErrorPage errorPage, OutcomeCounter outcomes, String bindPage) {
		super(QqLogin.REGISTER_PAGE, chain, pendings, errorPage);
		this.chain = chain;
		this.pendings = pendings;
		this.form = form;
		this.errors = errors;
		this.errorPage = errorPage;
		this.outcomes = outcomes;
		this.bindPage = bindPage;
		setAuthenticationFailureHandler(this::notLoggedIn);
	}

	@Override
	@Nullable Authentication attempt(HttpServletRequest request, HttpServletResponse response, PendingBinding pending)
			throws IOException {
		RegistrationForm.Registered registered = register(request, response, pending);
		if (registered == null) {
			return null;
		}
		this.outcomes.count("registered");
		bound(request, response, pending);
		return authenticate(request, registered.account().getUsername(), registered.password());
	}

	private RegistrationForm.@Nullable Registered register(HttpServletRequest request, HttpServletResponse response,
			PendingBinding pending) throws IOException {
		Map<String, String> typed = this.form.read(request);
		try {
			return this.form.register(pending, typed);
		}
		catch (QqRegistrationException ex) {
			this.pendings.save(request, pending
				.withRegistration(new RefusedRegistration(this.form.withoutPasswords(typed), ex.getErrors())));
			this.redirects.sendRedirect(request, response, this.bindPage);
		}
		catch (RegistrationForm.QqBoundMeanwhileException ex) {
			this.outcomes.count(LoginError.OTHER_ACCOUNT.code());
			this.errorPage.write(request, response, LoginError.OTHER_ACCOUNT);
		}
		catch (RuntimeException ex) {
			logger.warn("An account for a QQ was not made", ex);
			this.outcomes.count(LoginError.NOT_SAVED.code());
			this.errorPage.write(request, response, LoginError.NOT_SAVED);
		}
		return null;
	}

	/**
	 * Account and binding are there. An account that has to be activated first is told
	 * so; one that takes no passwords at all logs in by its QQ.
	 */
	private void notLoggedIn(HttpServletRequest request, HttpServletResponse response, AuthenticationException failure)
			throws IOException {
		if (failure instanceof AccountStatusException) {
			this.errors.save(request, LoginError.ACCOUNT_STATUS, null, null);
			this.redirects.sendRedirect(request, response, QqLogin.ERROR_PAGE);
			return;
		}
		this.redirects.sendRedirect(request, response, this.chain.authorizationUri());
	}

}
