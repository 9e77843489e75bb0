package io.github.qqoauth2.bind;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import com.nimbusds.jose.util.JSONObjectUtils;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.keygen.KeyGenerators;
import org.springframework.security.crypto.keygen.StringKeyGenerator;

import io.github.qqoauth2.bind.PendingBinding.RefusedRegistration;
import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * Keeps the one waiting identity of a session, as one versioned string that any session
 * serializer carries and any later version may refuse.
 */
final class PendingBindingRepository {

	private static final String ATTRIBUTE = "io.github.qqoauth2.pendingBinding";

	private static final String VERSION = "1";

	private final PasswordTries tries = new PasswordTries();

	private final StringKeyGenerator ids = KeyGenerators.string();

	private final Duration timeout;

	private final Clock clock;

	PendingBindingRepository(Duration timeout, Clock clock) {
		this.timeout = timeout;
		this.clock = clock;
	}

	PendingBinding create(QqIdentity identity, @Nullable QqProfile profile, @Nullable String target,
			boolean afterAccount) {
		String id = this.ids.generateKey() + this.ids.generateKey();
		return new PendingBinding(id, identity, profile, this.clock.instant().plus(this.timeout), 0, null, target,
				afterAccount, null);
	}

	void save(HttpServletRequest request, PendingBinding pending) {
		request.getSession().setAttribute(ATTRIBUTE, write(pending));
	}

	@Nullable PendingBinding load(HttpServletRequest request) {
		PendingBinding pending = stored(request);
		return (pending != null && this.clock.instant().isBefore(pending.expiresAt())) ? pending : null;
	}

	/**
	 * The page first wanted, which outlives the identity's time.
	 */
	@Nullable String target(HttpServletRequest request) {
		PendingBinding pending = stored(request);
		return (pending != null) ? pending.target() : null;
	}

	private static @Nullable PendingBinding stored(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		Object value = (session != null) ? session.getAttribute(ATTRIBUTE) : null;
		return (value instanceof String text) ? read(text) : null;
	}

	PasswordTries tries() {
		return this.tries;
	}

	void remove(HttpServletRequest request) {
		HttpSession session = request.getSession(false);
		if (session != null) {
			session.removeAttribute(ATTRIBUTE);
		}
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
					registration(json));
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
