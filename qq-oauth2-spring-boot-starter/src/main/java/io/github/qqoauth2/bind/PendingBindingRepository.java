package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.security.crypto.keygen.StringKeyGenerator;

import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * Stores the pending binding of a browser, one at a time, as a versioned string. Another
 * version may refuse to read it.
 */
final class PendingBindingRepository {

	/**
	 * Attributes with this prefix survive the session fixation strategy
	 * {@code newSession}.
	 */
	static final String ATTRIBUTE = "SPRING_SECURITY_QQ_PENDING";

	private static final List<UnaryOperator<PendingBinding>> REDUCTIONS = List.of(PendingBinding::withoutValues,
			PendingBinding::withShortProfile, PendingBinding::withoutTarget);

	private final PasswordTries tries = new PasswordTries();

	private final StringKeyGenerator ids = KeyGenerators.string();

	private final LoginStore store;

	private final Predicate<PendingBinding> usedUp;

	private final Duration timeout;

	private final Clock clock;

	PendingBindingRepository(LoginStore store, Predicate<PendingBinding> usedUp, Duration timeout, Clock clock) {
		this.store = store;
		this.usedUp = usedUp;
		this.timeout = timeout;
		this.clock = clock;
	}

	PendingBinding create(QqIdentity identity, @Nullable QqProfile profile, @Nullable String target) {
		String id = this.ids.generateKey() + this.ids.generateKey();
		return new PendingBinding(id, identity, profile, this.clock.instant().plus(this.timeout), 0, null, target, null,
				null);
	}

	/**
	 * Saves a pending binding. If it is too long for the store, first the values of a
	 * refused registration are left out, then most fields of the profile, then the
	 * target.
	 */
	void save(HttpServletRequest request, HttpServletResponse response, PendingBinding pending) {
		PendingBinding kept = pending;
		for (UnaryOperator<PendingBinding> reduction : REDUCTIONS) {
			kept = this.store.fits(kept.write()) ? kept : reduction.apply(kept);
		}
		this.store.put(request, response, kept.write());
	}

	/**
	 * Returns the pending binding, unless it has expired or is used up.
	 */
	@Nullable PendingBinding load(HttpServletRequest request) {
		PendingBinding pending = stored(request);
		return (pending != null && this.clock.instant().isBefore(pending.expiresAt()) && !this.usedUp.test(pending))
				? pending : null;
	}

	/**
	 * Returns the error for a request without a pending binding.
	 */
	LoginError absence(HttpServletRequest request) {
		return this.store.isDamaged(request) ? LoginError.EXPIRED : LoginError.BINDING_EXPIRED;
	}

	/**
	 * Returns the page that was requested first, even if the pending binding has expired.
	 */
	@Nullable String target(HttpServletRequest request) {
		PendingBinding pending = stored(request);
		return (pending != null) ? pending.target() : null;
	}

	private @Nullable PendingBinding stored(HttpServletRequest request) {
		String text = this.store.get(request);
		return (text != null) ? PendingBinding.read(text) : null;
	}

	PasswordTries tries() {
		return this.tries;
	}

	void remove(HttpServletRequest request, HttpServletResponse response) {
		this.store.remove(request, response);
	}

}
