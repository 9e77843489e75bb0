package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Instant;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/**
 * Stores the proof of one account for a browser: in the session, or in a ticket for
 * chains that have none.
 */
final class AccountProofRepository {

	/**
	 * Attributes with this prefix survive the session fixation strategy
	 * {@code newSession}.
	 */
	static final String ATTRIBUTE = "SPRING_SECURITY_QQ_PROOF";

	private final LoginStore store;

	private final Clock clock;

	AccountProofRepository(LoginStore store, Clock clock) {
		this.store = store;
		this.clock = clock;
	}

	/**
	 * Records that an account has just been authenticated by an interactive login. Does
	 * not create a session for it.
	 */
	void add(HttpServletRequest request, HttpServletResponse response, String account) {
		if (!this.store.canStoreWithoutSession(request)) {
			return;
		}
		boolean byQq = LoginCallback.current(request) != null || LoginPaths.isAt(request, LoginPaths.REGISTER_PAGE);
		Instant now = this.clock.instant();
		AccountProof before = load(request);
		AccountProof proof = (before != null && before.isOf(account)) ? before.with(now, byQq)
				: new AccountProof(account, now, byQq ? null : now);
		this.store.put(request, response, proof.write());
	}

	/**
	 * Returns the stored proof, of whatever age.
	 */
	@Nullable AccountProof load(HttpServletRequest request) {
		String text = this.store.get(request);
		return (text != null) ? AccountProof.read(text) : null;
	}

	void remove(HttpServletRequest request, HttpServletResponse response) {
		this.store.remove(request, response);
	}

}
