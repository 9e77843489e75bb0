package io.github.qqoauth2.bind;

import java.text.ParseException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.nimbusds.jose.util.JSONObjectUtils;
import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * A QQ identity that was authenticated in this browser and is to be bound to an account.
 *
 * @param id the id, which forms send back so that a form of another tab cannot bind
 * another identity
 * @param identity the QQ identity
 * @param profile its profile, if QQ returned one
 * @param expiresAt the time at which it expires
 * @param failures the number of wrong passwords, at most {@value #FAILURES_ALLOWED}
 * @param error the error to show on the page, if any
 * @param target the page that was requested first, a path of this application
 * @param moveTo the account to which its user has asked to move the identity from any
 * other account, if any
 * @param registration the refused registration, if any
 */
record PendingBinding(String id, QqIdentity identity, @Nullable QqProfile profile, Instant expiresAt, int failures,
		@Nullable LoginError error, @Nullable String target, @Nullable String moveTo,
		@Nullable RefusedRegistration registration) {

	static final int FAILURES_ALLOWED = 5;

	private static final String VERSION = "1";

	private static final Set<String> KEPT_FIELDS = Set.of("nickname", "gender", "is_lost");

	@Nullable String nickname() {
		return (this.profile != null) ? this.profile.nickname() : null;
	}

	@Nullable String avatarUrl() {
		return (this.profile != null) ? this.profile.avatarUrl() : null;
	}

	/**
	 * Returns a copy with one more wrong password. Its error is
	 * {@link LoginError#CREDENTIALS} instead of {@link LoginError#WRONG_PASSWORD},
	 * because the bind page shows it and must not reveal whether the username exists.
	 */
	PendingBinding withFailure() {
		return new PendingBinding(this.id, this.identity, this.profile, this.expiresAt, this.failures + 1,
				LoginError.CREDENTIALS, this.target, this.moveTo, null);
	}

	PendingBinding withError(@Nullable LoginError error) {
		return new PendingBinding(this.id, this.identity, this.profile, this.expiresAt, this.failures, error,
				this.target, this.moveTo, null);
	}

	PendingBinding withoutValues() {
		return (this.registration != null)
				? withRegistration(new RefusedRegistration(Map.of(), this.registration.errors())) : this;
	}

	/**
	 * Returns a copy whose profile has only the fields that a binding stores.
	 */
	PendingBinding withShortProfile() {
		if (this.profile == null) {
			return this;
		}
		Map<String, String> fields = new HashMap<>(this.profile.attributes());
		fields.entrySet()
			.removeIf((field) -> !KEPT_FIELDS.contains(field.getKey()) && !field.getValue().equals(avatarUrl()));
		return new PendingBinding(this.id, this.identity, QqProfile.of(fields), this.expiresAt, this.failures,
				this.error, this.target, this.moveTo, this.registration);
	}

	PendingBinding withoutTarget() {
		return new PendingBinding(this.id, this.identity, this.profile, this.expiresAt, this.failures, this.error, null,
				this.moveTo, this.registration);
	}

	PendingBinding withRegistration(RefusedRegistration registration) {
		return new PendingBinding(this.id, this.identity, this.profile, this.expiresAt, this.failures, null,
				this.target, this.moveTo, registration);
	}

	PendingBinding withMoveTo(@Nullable String account) {
		return new PendingBinding(this.id, this.identity, this.profile, this.expiresAt, this.failures, this.error,
				this.target, account, this.registration);
	}

	/**
	 * Returns what a page of the application may know: not the openid, and of the profile
	 * only nickname and avatar.
	 */
	Map<String, Object> model() {
		Map<String, Object> model = new LinkedHashMap<>();
		model.put("binding", this.id);
		model.put("expiresAt", this.expiresAt);
		putIfPresent(model, "nickname", nickname());
		putIfPresent(model, "avatarUrl", avatarUrl());
		putIfPresent(model, "next", this.target);
		putIfPresent(model, "error", (this.error != null) ? this.error.code() : null);
		if (this.registration != null) {
			model.put("values", this.registration.values());
			model.put("errors", this.registration.errors());
		}
		return model;
	}

	private static void putIfPresent(Map<String, Object> model, String name, @Nullable String value) {
		if (value != null) {
			model.put(name, value);
		}
	}

	/**
	 * Writes the pending binding as one versioned string.
	 */
	String write() {
		Map<String, Object> json = new LinkedHashMap<>();
		json.put("v", VERSION);
		json.put("id", this.id);
		json.put("appId", this.identity.appId());
		json.put("openid", this.identity.openid());
		json.put("unionid", this.identity.unionid());
		json.put("expiresAt", this.expiresAt.toString());
		json.put("failures", Integer.toString(this.failures));
		json.put("error", (this.error != null) ? this.error.name() : null);
		json.put("target", this.target);
		json.put("moveTo", this.moveTo);
		if (this.profile != null) {
			json.put("profile", this.profile.attributes());
		}
		if (this.registration != null) {
			json.put("registration",
					Map.of("values", this.registration.values(), "errors", this.registration.errors()));
		}
		return JSONObjectUtils.toJSONString(json);
	}

	/**
	 * Reads a pending binding.
	 * @return the pending binding, or {@code null} if the text is damaged or of another
	 * version
	 */
	static @Nullable PendingBinding read(String text) {
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
					JSONObjectUtils.getString(json, "target"), JSONObjectUtils.getString(json, "moveTo"),
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

	@Override
	public String toString() {
		return "PendingBinding[expiresAt=" + this.expiresAt + ", failures=" + this.failures + "]";
	}

	/**
	 * A registration that was refused, to be shown to the visitor again.
	 *
	 * @param values the submitted values by field, without passwords
	 * @param errors the codes of the errors by field
	 */
	record RefusedRegistration(Map<String, String> values, Map<String, String> errors) {

		RefusedRegistration {
			values = Map.copyOf(values);
			errors = Map.copyOf(errors);
		}

		@Override
		public String toString() {
			return "RefusedRegistration[errors=" + this.errors + "]";
		}

	}

}
