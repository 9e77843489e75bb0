package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;

/**
 * Removes the binding of the signed-in user, after the account's password.
 */
final class Unlinking {

	private static final Log logger = LogFactory.getLog(Unlinking.class);

	private final QqAccountBindings bindings;

	private final AccountPassword password;

	private final OtherSessions otherSessions;

	private final LoginResponses responses;

	private final Consumer<String> outcomes;

	Unlinking(QqAccountBindings bindings, AccountPassword password, OtherSessions otherSessions,
			LoginResponses responses, Consumer<String> outcomes) {
		this.bindings = bindings;
		this.password = password;
		this.otherSessions = otherSessions;
		this.responses = responses;
		this.outcomes = outcomes;
	}

	/**
	 * The account is who is signed in, whatever the request says.
	 */
	void unlink(HttpServletRequest request, HttpServletResponse response, Authentication account) throws IOException {
		QqAccountBinding binding = this.bindings.find(account.getName());
		LoginError obstacle = (binding != null) ? obstacle(request, account, binding) : null;
		if (obstacle != null) {
			this.responses.to(request, response).account(account, obstacle);
			return;
		}
		if (binding != null) {
			this.otherSessions.end(request, account.getName());
		}
		this.responses.to(request, response).toAccount(account);
	}

	private @Nullable LoginError obstacle(HttpServletRequest request, Authentication account,
			QqAccountBinding binding) {
		if (!this.password.came(request)) {
			return LoginError.PASSWORD_REQUIRED;
		}
		LoginError obstacle = this.password.check(request, account);
		if (obstacle != null) {
			return (obstacle == LoginError.WRONG_PASSWORD && binding.registered()) ? LoginError.SET_PASSWORD_FIRST
					: obstacle;
		}
		return remove(account.getName()) ? null : LoginError.NOT_SAVED;
	}

	/**
	 * Of two at once one finds nothing left to remove, and both have what they wanted.
	 * @return {@code false} where it is still there
	 */
	private boolean remove(String account) {
		try {
			if (this.bindings.remove(account)) {
				this.outcomes.accept("unbound");
			}
			return true;
		}
		catch (RuntimeException ex) {
			logger.warn("The binding of account '" + account + "' was not removed", ex);
			return false;
		}
	}

}
