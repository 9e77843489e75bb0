package io.github.qqoauth2.bind;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What a page of the application is told of the identity that waits: neither openid nor
 * anything else that it could be taken for.
 */
final class PendingBindingModel {

	private PendingBindingModel() {
	}

	static Map<String, Object> of(PendingBinding pending) {
		Map<String, Object> binding = new LinkedHashMap<>();
		binding.put("binding", pending.id());
		binding.put("expiresAt", pending.expiresAt());
		putIfPresent(binding, "nickname", pending.nickname());
		putIfPresent(binding, "avatarUrl", pending.avatarUrl());
		putIfPresent(binding, "next", pending.target());
		putIfPresent(binding, "error", (pending.error() != null) ? pending.error().code() : null);
		if (pending.registration() != null) {
			binding.put("values", pending.registration().values());
			binding.put("errors", pending.registration().errors());
		}
		return binding;
	}

	private static void putIfPresent(Map<String, Object> binding, String name, @Nullable String value) {
		if (value != null) {
			binding.put(name, value);
		}
	}

}
