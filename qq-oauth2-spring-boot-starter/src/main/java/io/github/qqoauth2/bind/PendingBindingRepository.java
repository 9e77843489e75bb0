package io.github.qqoauth2.bind;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.security.crypto.keygen.StringKeyGenerator;

import io.github.qqoauth2.bind.PendingBinding.RefusedRegistration;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * Keeps the one waiting identity of a browser, as one versioned string that any later
 * version may refuse.
 */
final class PendingBindingRepository {

	static final String ATTRIBUTE = "io.github.qqoauth2.pendingBinding";

	private static final String VERSION = "1";

	private static final List<UnaryOperator<PendingBinding>> LESS = List.of(PendingBinding::withoutValues,
			PendingBinding::withShortProfile, PendingBinding::withoutTarget);

	private final PasswordTries tries = new PasswordTries();

	private final StringKeyGenerator ids = KeyGenerators.string();

	private final LoginState state;

	private final Predicate<QqIdentity> usedUp;

	private final Duration timeout;

	private final Clock clock;

	PendingBindingRepository(LoginState state, Predicate<QqIdentity> usedUp, Duration timeout, Clock clock) {
		this.state = state;
		this.usedUp = usedUp;
		this.timeout = timeout;
		this.clock = clock;
	}

	PendingBinding create(QqIdentity identity, @Nullable QqProfile profile, @Nullable String target,
			boolean afterAccount) {
		String id = this.ids.generateKey() + this.ids.generateKey();
		return new PendingBinding(id, identity, profile, this.clock.instant().plus(this.timeout), 0, null, target,
				afterAccount, null, null);
	}

	/**
	 * Keeps it; where there is no room, without what it can do without.
	 */
	void save(HttpServletRequest request, HttpServletResponse response, PendingBinding pending) {
		PendingBinding kept = pending;
		for (UnaryOperator<PendingBinding> less : LESS) {
			kept = this.state.hasRoomFor(write(kept)) ? kept : less.apply(kept);
		}
		this.state.put(request, response, write(kept));
	}

	@Nullable PendingBinding load(HttpServletRequest request) {
		PendingBinding pending = stored(request);
		return (pending != null && this.clock.instant().isBefore(pending.expiresAt())
				&& !this.usedUp.test(pending.identity())) ? pending : null;
	}

	/**
	 * Why nothing waits.
	 */
	LoginError absence(HttpServletRequest request) {
		return this.state.isDamaged(request) ? LoginError.EXPIRED : LoginError.BINDING_EXPIRED;
	}

	/**
	 * The page first wanted, which outlives the identity's time.
	 */
	@Nullable String target(HttpServletRequest request) {
		PendingBinding pending = stored(request);
		return (pending != null) ? pending.target() : null;
	}

	private @Nullable PendingBinding stored(HttpServletRequest request) {
		String text = this.state.get(request);
		return (text != null) ? read(text) : null;
	}

	PasswordTries tries() {
		return this.tries;
	}

	void remove(HttpServletRequest request, HttpServletResponse response) {
		this.state.remove(request, response);
	}

	private static String write(PendingBinding pending) {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("v", VERSION);
		json.put("id", pending.id());
		json.put("appId", pending.identity().appId());
		json.put("openid", pending.identity().openid());
		json.put("unionid", pending.identity().unionid());
		json.put("expiresAt", pending.expiresAt().toString());
		json.put("failures", Integer.toString(pending.failures()));
		json.put("error", (pending.error() != null) ? pending.error().name() : null);
		json.put("target", pending.target());
		json.put("afterAccount", Boolean.toString(pending.afterAccount()));
		json.put("provedAccount", pending.provedAccount());
		if (pending.profile() != null) {
			json.put("profile", pending.profile().attributes());
		}
		if (pending.registration() != null) {
			json.put("registration",
					Map.of("values", pending.registration().values(), "errors", pending.registration().errors()));
		}
		return JSONObjectUtils.toJSONString(json);
	}

	/**
	 * A string of another version or a damaged one is no waiting identity: start again.
	 */
	private static @Nullable PendingBinding read(String text) {
		try {
			Map<String, Object> json = JSONObjectUtils.parse(text);
			if (!VERSION.equals(json.get("v"))) {
				return null;
			}
			String error = JSONObjectUtils.getString(json, "error");
			return new PendingBinding(required(json, "id"),
					new QqIdentity(required(json, "appId"), required(json, "openid"),
							JSONObjectUtils.getString(json, "unionid")),
					profile(json), Instant.parse(required(json, "expiresAt")),
					Integer.parseInt(required(json, "failures")), (error != null) ? LoginError.valueOf(error) : null,
					JSONObjectUtils.getString(json, "target"), Boolean.parseBoolean(required(json, "afterAccount")),
					JSONObjectUtils.getString(json, "provedAccount"), registration(json));
		}
		catch (ParseException | RuntimeException ex) {
			return null;
		}
	}

	private static @Nullable QqProfile profile(Map<String, Object> json) throws ParseException {
		Map<String, Object> object = JSONObjectUtils.getJSONObject(json, "profile");
		return (object != null) ? QqProfile.of(object) : null;
	}

	private static @Nullable RefusedRegistration registration(Map<String, Object> json) throws ParseException {
		Map<String, Object> object = JSONObjectUtils.getJSONObject(json, "registration");
		return (object != null) ? new RefusedRegistration(texts(object, "values"), texts(object, "errors")) : null;
	}

	private static Map<String, String> texts(Map<String, Object> json, String name) throws ParseException {
		Map<String, String> texts = new HashMap<>();
		JSONObjectUtils.getJSONObject(json, name).forEach((key, value) -> texts.put(key, String.valueOf(value)));
		return texts;
	}

	private static String required(Map<String, Object> json, String name) throws ParseException {
		String value = JSONObjectUtils.getString(json, name);
		if (value == null) {
			throw new ParseException(name, 0);
		}
		return value;
	}

}
