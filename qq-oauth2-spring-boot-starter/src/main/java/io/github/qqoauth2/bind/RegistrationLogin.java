package io.github.qqoauth2.bind;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Signs a visitor in to the account that was just registered without a password: by QQ,
 * as the next login will. The random password that such an account has proves nothing.
 */
final class RegistrationLogin {

	private final LoginFactor factor = new LoginFactor();

	private final RegistrationForm form;

	private final LoginDecision decision;

	private final AccountAuthentication authentication;

	RegistrationLogin(RegistrationForm form, LoginDecision decision, AccountAuthentication authentication) {
		this.form = form;
		this.decision = decision;
		this.authentication = authentication;
	}

	RegistrationForm form() {
		return this.form;
	}

	/**
	 * Creates the user's {@code Authentication}.
	 * @throws org.springframework.security.core.AuthenticationException if the status of
	 * the account refuses a login
	 */
	Authentication authenticate(HttpServletRequest request, PendingBinding pending,
			RegistrationForm.Registered registered, @Nullable Object details) {
		request.setAttribute(LoginPaths.REGISTERED_ATTRIBUTE, true);
		LoginResult result = this.decision.decideRegistered(pending.identity(), registered.loaded());
		if (result instanceof LoginResult.Refused refused) {
			throw refused.failure();
		}
		return this.authentication.create(((LoginResult.SignedIn) result).account(), this.factor.of(pending.identity()),
				details);
	}

}
