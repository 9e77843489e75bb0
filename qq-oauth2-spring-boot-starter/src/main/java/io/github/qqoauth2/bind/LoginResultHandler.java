package io.github.qqoauth2.bind;

import java.io.IOException;
import java.util.Objects;
import java.util.function.Consumer;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

import io.github.qqoauth2.bind.EndedLogins.End;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * Records the results of callbacks, and answers those that neither sign a user in nor
 * fail. Changes neither the security context nor the remember-me cookie.
 */
final class LoginResultHandler {

	private final LoginChain chain;

	private final PendingBindingRepository pendingBindings;

	private final EndedLogins ended;

	private final LoginErrorRepository errors;

	private final LoginResponses responses;

	private final Consumer<String> outcomes;

	LoginResultHandler(LoginChain chain, PendingBindingRepository pendingBindings, EndedLogins ended,
			LoginErrorRepository errors, LoginResponses responses, Consumer<String> outcomes) {
		this.chain = chain;
		this.pendingBindings = pendingBindings;
		this.ended = ended;
		this.errors = errors;
		this.responses = responses;
		this.outcomes = outcomes;
	}

	/**
	 * Answers a result.
	 * @param current the signed-in user, if any
	 */
	void answer(HttpServletRequest request, HttpServletResponse response, LoginResult result,
			@Nullable Authentication current) throws IOException {
		if (result instanceof LoginResult.BindingRequired required) {
			bindingRequired(request, response, required);
		}
		else if (result instanceof LoginResult.ConfirmationRequired required) {
			confirmationRequired(request, response, required, Objects.requireNonNull(current));
		}
		else if (result instanceof LoginResult.SameAccount) {
			sameAccount(request, response, Objects.requireNonNull(current));
		}
		else if (result instanceof LoginResult.OtherAccount) {
			otherAccount(request, response);
		}
		else {
			throw new IllegalArgumentException("Unsupported result: " + result.getClass());
		}
	}

	/**
	 * Records a successful login, before its response is written.
	 */
	void signedIn(HttpServletRequest request) {
		this.outcomes.accept("logged-in");
		end(request, End.SIGNED_IN, "");
	}

	/**
	 * Records the target of a successful login.
	 */
	void redirectedTo(HttpServletRequest request, String location) {
		this.ended.addRedirect(request, state(request), location);
	}

	private void bindingRequired(HttpServletRequest request, HttpServletResponse response,
			LoginResult.BindingRequired result) throws IOException {
		this.outcomes.accept("binding-required");
		if (!this.chain.isStateless() && request.getSession(false) != null) {
			// as after a login: a session id known to an attacker becomes useless
			request.changeSessionId();
		}
		PendingBinding pending = save(request, response, result.identity(), result.profile(), null);
		end(request, End.BINDING_REQUIRED, "");
		this.responses.to(request, response).bindingRequired(pending);
	}

	private void confirmationRequired(HttpServletRequest request, HttpServletResponse response,
			LoginResult.ConfirmationRequired result, Authentication account) throws IOException {
		this.outcomes.accept("confirmation-required");
		save(request, response, result.identity(), result.profile(), result.moves() ? account.getName() : null);
		end(request, End.CONFIRMATION_REQUIRED, "");
		this.responses.to(request, response).toAccount(account);
	}

	private void sameAccount(HttpServletRequest request, HttpServletResponse response, Authentication account)
			throws IOException {
		this.outcomes.accept("same-account");
		String target = target(request, response);
		end(request, End.SAME_ACCOUNT, (target != null) ? target : "");
		this.responses.to(request, response).done(account, target);
	}

	private void otherAccount(HttpServletRequest request, HttpServletResponse response) throws IOException {
		this.outcomes.accept("other-account");
		LoginErrorRepository.Shown shown = this.errors.createLogged(request, LoginError.OTHER_ACCOUNT_MOVABLE, null,
				null);
		end(request, End.FAILED, shown.write());
		this.responses.to(request, response).refused(shown);
	}

	private PendingBinding save(HttpServletRequest request, HttpServletResponse response, QqIdentity identity,
			@Nullable QqProfile profile, @Nullable String moveTo) {
		PendingBinding pending = this.pendingBindings.create(identity, profile, target(request, response))
			.withMoveTo(moveTo);
		this.pendingBindings.save(request, response, pending);
		return pending;
	}

	private @Nullable String target(HttpServletRequest request, HttpServletResponse response) {
		return this.chain.savedPages()
			.target(request, response, (String) request.getAttribute(LoginPaths.NEXT_ATTRIBUTE));
	}

	private void end(HttpServletRequest request, End end, String detail) {
		this.ended.add(request, state(request), end, detail);
	}

	private static String state(HttpServletRequest request) {
		return Objects.requireNonNull(Objects.requireNonNull(LoginCallback.current(request)).state());
	}

}
