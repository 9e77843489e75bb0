package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.TransactionException;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;

/**
 * Removes the binding of the signed-in user after checking the account's password.
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
	 * Unlinks the signed-in user's account. The request cannot name another one.
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
		if (!this.password.isPresent(request)) {
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
	 * Removes the binding. Concurrent removals both succeed.
	 * @return {@code false} if the binding could not be removed
	 */
	private boolean remove(String account) {
		try {
			if (this.bindings.remove(account)) {
				this.outcomes.accept("unbound");
			}
			return true;
		}
		catch (DataAccessException | TransactionException ex) {
			logger.warn("The binding of account '" + account + "' was not removed", ex);
			return false;
		}
	}

}
