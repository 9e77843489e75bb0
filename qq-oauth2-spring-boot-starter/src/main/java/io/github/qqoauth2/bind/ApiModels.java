package io.github.qqoauth2.bind;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.oauth2.core.OAuth2AccessToken;

import io.github.qqoauth2.account.QqAccountBinding;
import io.github.qqoauth2.account.QqAccountBindings;
import io.github.qqoauth2.account.QqRegistrationField;
import io.github.qqoauth2.account.QqTokenIssuer;

/**
 * Creates the JSON objects that front ends receive, as described in
 * {@code docs/openapi.yaml}.
 */
final class ApiModels {

	/** JavaScript may round longer numbers, so these are written as strings. */
	private static final int MAX_DIGITS = 15;

	private final QqAccountBindings bindings;

	private final BindingDecision decision;

	private final PendingBindingRepository pendingBindings;

	private final @Nullable RegistrationForm registration;

	private final Supplier<@Nullable QqTokenIssuer> tokens;

	private final LoginMessages messages;

	private final Clock clock;

	ApiModels(QqAccountBindings bindings, BindingDecision decision, PendingBindingRepository pendingBindings,
			@Nullable RegistrationForm registration, Supplier<@Nullable QqTokenIssuer> tokens, LoginMessages messages,
			Clock clock) {
		this.bindings = bindings;
		this.decision = decision;
		this.pendingBindings = pendingBindings;
		this.registration = registration;
		this.tokens = tokens;
		this.messages = messages;
		this.clock = clock;
	}

	/**
	 * Creates the response to a successful login, with a token if the application issues
	 * one.
	 */
	Map<String, Object> login(HttpServletRequest request, Authentication account, @Nullable String next) {
		Map<String, Object> model = account(request, account, next);
		QqTokenIssuer issuer = this.tokens.get();
		OAuth2AccessToken token = (issuer != null) ? issuer.issue(account) : null;
		if (token != null) {
			model.put("token", token(token));
		}
		return model;
	}

	private Map<String, Object> token(OAuth2AccessToken token) {
		Map<String, Object> model = new LinkedHashMap<>();
		model.put("accessToken", token.getTokenValue());
		model.put("tokenType", token.getTokenType().getValue());
		if (token.getExpiresAt() != null) {
			expiry(model, token.getExpiresAt());
		}
		return model;
	}

	Map<String, Object> account(HttpServletRequest request, Authentication account, @Nullable String next) {
		Map<String, Object> model = new LinkedHashMap<>();
		model.put("username", account.getName());
		putIfPresent(model, "id", id(account.getPrincipal()));
		QqAccountBinding binding = this.bindings.find(account.getName());
		model.put("bound", binding != null);
		if (binding != null) {
			putIfPresent(model, "nickname", binding.nickname());
			putIfPresent(model, "avatarUrl", binding.avatarUrl());
			model.put("boundAt", binding.createdAt().toString());
			model.put("lastLoginAt", binding.lastLoginAt().toString());
		}
		putIfPresent(model, "next", next);
		PendingBinding pending = this.pendingBindings.load(request);
		if (pending != null) {
			model.put("pending", question(this.decision.question(request, pending, account)));
		}
		return model;
	}

	/**
	 * Returns the property {@code id} of the application's user object. A token as
	 * principal is ignored: its id is not that of the account.
	 */
	private static @Nullable Object id(@Nullable Object principal) {
		if (!(principal instanceof UserDetails)) {
			return null;
		}
		BeanWrapper user = PropertyAccessorFactory.forBeanPropertyAccess(principal);
		Object id = user.isReadableProperty("id") ? user.getPropertyValue("id") : null;
		boolean number = id instanceof Number && id.toString().length() <= MAX_DIGITS;
		return (id == null || number) ? id : id.toString();
	}

	private Map<String, Object> question(BindingQuestion question) {
		Map<String, Object> model = identity(question.pending());
		model.put("passwordRequired", question.passwordRequired());
		putIfPresent(model, "from", question.from());
		return model;
	}

	Map<String, Object> pending(HttpServletRequest request, PendingBinding pending) {
		Map<String, Object> model = identity(pending);
		if (this.registration != null) {
			LoginMessages.Localized texts = this.messages.in(request);
			model.put("fields",
					this.registration.fields().stream().map((field) -> field(field, texts, pending)).toList());
		}
		return model;
	}

	private Map<String, Object> identity(PendingBinding pending) {
		Map<String, Object> model = new LinkedHashMap<>();
		model.put("binding", pending.id());
		putIfPresent(model, "nickname", pending.nickname());
		putIfPresent(model, "avatarUrl", pending.avatarUrl());
		expiry(model, pending.expiresAt());
		putIfPresent(model, "next", pending.target());
		return model;
	}

	private void expiry(Map<String, Object> model, Instant expiresAt) {
		model.put("expiresAt", expiresAt.toString());
		model.put("expiresIn", Math.max(0, Duration.between(this.clock.instant(), expiresAt).toSeconds()));
	}

	private static Map<String, Object> field(QqRegistrationField field, LoginMessages.Localized texts,
			PendingBinding pending) {
		Map<String, Object> model = new LinkedHashMap<>();
		model.put("name", field.name());
		model.put("label", RegistrationInput.label(texts, field));
		model.put("type", field.type());
		model.put("required", field.required());
		model.put("minLength", field.minLength());
		model.put("maxLength", field.maxLength());
		putIfPresent(model, "pattern", (field.pattern() != null) ? field.pattern().pattern() : null);
		putIfPresent(model, "value", RegistrationInput.proposal(field, pending));
		return model;
	}

	Map<String, Object> bindingRequired(HttpServletRequest request, PendingBinding pending) {
		Map<String, Object> model = problem(request, LoginError.BINDING_REQUIRED, null, null);
		model.put("pending", pending(request, pending));
		return model;
	}

	Map<String, Object> invalidRegistration(HttpServletRequest request, Map<String, String> errors) {
		Map<String, Object> model = problem(request, LoginError.INVALID_REGISTRATION, null, null);
		LoginMessages.Localized texts = this.messages.in(request);
		List<Map<String, Object>> list = new ArrayList<>();
		for (QqRegistrationField field : Objects.requireNonNull(this.registration).fields()) {
			String code = errors.get(field.name());
			if (code != null) {
				list.add(Map.of("field", field.name(), "code", code, "detail",
						RegistrationInput.error(texts, field, code)));
			}
		}
		model.put("errors", list);
		return model;
	}

	Map<String, Object> problem(HttpServletRequest request, LoginError error, @Nullable String errorId,
			@Nullable Integer qqCode) {
		Map<String, Object> model = new LinkedHashMap<>();
		model.put("title", HttpStatus.valueOf(error.problemStatus()).getReasonPhrase());
		model.put("status", error.problemStatus());
		model.put("detail", this.messages.in(request).sentence(error, qqCode));
		model.put("code", error.code());
		putIfPresent(model, "errorId", errorId);
		putIfPresent(model, "qqCode", qqCode);
		return model;
	}

	/**
	 * Returns the sentence for the visitor.
	 */
	String sentence(HttpServletRequest request, LoginErrorRepository.Shown shown) {
		return this.messages.in(request).sentence(shown.error(), shown.qqCode());
	}

	private static void putIfPresent(Map<String, Object> model, String name, @Nullable Object value) {
		if (value != null) {
			model.put(name, value);
		}
	}

}
