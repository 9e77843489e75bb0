package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;

/**
 * Decides whether the signed-in user has proved the account recently: by an interactive
 * login in this browser that is not older than the time for which a binding is pending.
 * In sessions the proof is the starter's own record of the login, the time of a factor in
 * Spring Security 7, or else the creation of the session, which cannot be later than the
 * login. In chains without sessions only what the application reported with
 * {@link QqLogin#accountProved} counts, since a token does not tell when the user logged
 * in.
 */
final class AccountProofs implements SessionAuthenticationStrategy {

	private final CurrentAuthentication currentAuthentication;

	private final AccountProofRepository proofs;

	private final boolean passwords;

	private final Duration timeout;

	private final Clock clock;

	private final boolean stateless;

	/**
	 * Creates the decision.
	 * @param passwords whether the accounts of the chain have passwords
	 * @param timeout the greatest age of a proof
	 */
	AccountProofs(CurrentAuthentication currentAuthentication, AccountProofRepository proofs, boolean passwords,
			Duration timeout, Clock clock, boolean stateless) {
		this.currentAuthentication = currentAuthentication;
		this.proofs = proofs;
		this.passwords = passwords;
		this.timeout = timeout;
		this.clock = clock;
		this.stateless = stateless;
	}

	/**
	 * Returns whether exactly this account has been proved recently, by whatever means.
	 */
	boolean isFresh(HttpServletRequest request, Authentication account) {
		AccountProof proof = find(request, account);
		return proof != null && isFresh(proof.loginAt());
	}

	/**
	 * As {@link #isFresh}, by a login that was not by QQ. Such a user has another way in
	 * without QQ.
	 */
	boolean isFreshWithoutQq(HttpServletRequest request, Authentication account) {
		AccountProof proof = find(request, account);
		return proof != null && proof.withoutQqAt() != null && isFresh(proof.withoutQqAt());
	}

	private boolean isFresh(Instant login) {
		return !login.plus(this.timeout).isBefore(this.clock.instant());
	}

	/**
	 * Returns the ways in which the signed-in user can prove the account now.
	 */
	List<String> ways() {
		return this.passwords ? List.of("password", "login") : List.of("login");
	}

	/**
	 * Returns whether the accounts have passwords, so that a page may ask for one.
	 */
	boolean acceptsPasswords() {
		return this.passwords;
	}

	private @Nullable AccountProof find(HttpServletRequest request, Authentication account) {
		if (this.currentAuthentication.isByOtherMeans(account)) {
			return null;
		}
		AccountProof stored = this.proofs.load(request);
		if (stored != null && !stored.isOf(account.getName())) {
			return null;
		}
		return this.stateless ? stored : inSession(request, account, stored);
	}

	/**
	 * Returns the proof of an account that the session holds. A session without any
	 * record was not signed in by QQ, which always leaves one.
	 */
	private @Nullable AccountProof inSession(HttpServletRequest request, Authentication account,
			@Nullable AccountProof stored) {
		Authentication kept = this.currentAuthentication.inSession(request, account);
		if (kept == null || this.currentAuthentication.isByOtherMeans(kept)
				|| this.currentAuthentication.isByToken(kept)) {
			return null;
		}
		AccountProof proof = stored;
		if (proof == null) {
			Instant created = Instant.ofEpochMilli(request.getSession().getCreationTime());
			proof = new AccountProof(account.getName(), created, created);
		}
		for (Map.Entry<String, Instant> factor : AuthenticationFactors.of(kept).entrySet()) {
			if (!factor.getKey().equals(AuthenticationFactors.X509)) {
				proof = proof.with(factor.getValue(), factor.getKey().equals(AuthenticationFactors.AUTHORIZATION_CODE)
						|| isOfRecordedLogin(factor.getValue(), stored));
			}
		}
		return proof;
	}

	/**
	 * Returns whether a factor belongs to a login that has been recorded. The record says
	 * whether that one was by QQ; registration grants the factor of a password that the
	 * visitor may not know.
	 */
	private static boolean isOfRecordedLogin(Instant factor, @Nullable AccountProof stored) {
		return stored != null && !factor.isAfter(stored.loginAt());
	}

	/**
	 * Records an interactive login of the chain in the session.
	 */
	@Override
	public void onAuthentication(Authentication account, HttpServletRequest request, HttpServletResponse response) {
		if (!this.stateless && !this.currentAuthentication.isByOtherMeans(account)) {
			this.proofs.add(request, response, account.getName());
		}
	}

	/**
	 * Records that the password of an account has been typed just now.
	 */
	void passwordTyped(HttpServletRequest request, HttpServletResponse response, Authentication account) {
		this.proofs.add(request, response, account.getName());
	}

	/**
	 * Forgets the proof.
	 */
	void remove(HttpServletRequest request, HttpServletResponse response) {
		this.proofs.remove(request, response);
	}

}
