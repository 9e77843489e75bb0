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
 * Removes the binding of the signed-in user, who must have proved the account without QQ,
 * and so has another way in.
 */
final class Unlinking {

	private static final Log logger = LogFactory.getLog(Unlinking.class);

	private final QqAccountBindings bindings;

	private final AccountProofs proofs;

	private final AccountPassword password;

	private final SignInAgain signInAgain;

	private final OtherSessions otherSessions;

	private final LoginResponses responses;

	private final Consumer<String> outcomes;

	Unlinking(QqAccountBindings bindings, AccountProofs proofs, AccountPassword password, SignInAgain signInAgain,
			OtherSessions otherSessions, LoginResponses responses, Consumer<String> outcomes) {
		this.bindings = bindings;
		this.proofs = proofs;
		this.signInAgain = signInAgain;
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
		LoginError obstacle = (binding != null) ? obstacle(request, account) : null;
		if (obstacle != null) {
			this.responses.to(request, response).account(account, obstacle);
			return;
		}
		if (binding != null) {
			this.otherSessions.end(request, account.getName());
		}
		this.signInAgain.done(request, response);
		this.responses.to(request, response).toAccount(account);
	}

	private @Nullable LoginError obstacle(HttpServletRequest request, Authentication account) {
		if (!this.proofs.isFreshWithoutQq(request, account)) {
			LoginError obstacle = this.password.isPresent(request) ? this.password.check(request, account)
					: LoginError.PROOF_REQUIRED;
			if (obstacle != null) {
				return obstacle;
			}
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
