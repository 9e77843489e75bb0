package io.github.qqoauth2.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Stores the issued codes and tokens. Only the latest of each kind are kept, so that a
 * long load test does not exhaust the memory.
 */
final class TokenStore {

	static final Duration CODE_LIFETIME = Duration.ofMinutes(10);

	static final Duration TOKEN_LIFETIME = Duration.ofDays(60);

	static final Duration REFRESH_LIFETIME = Duration.ofDays(90);

	private final Clock clock;

	private final Map<String, Code> codes = new BoundedMap<>();

	private final Map<String, Access> accesses = new BoundedMap<>();

	private final Map<String, Refresh> refreshes = new BoundedMap<>();

	TokenStore(Clock clock) {
		this.clock = clock;
	}

	synchronized String issueCode(Grant grant, String redirectUri) {
		String code = Identifiers.random();
		this.codes.put(code, new Code(grant, redirectUri, this.clock.instant().plus(CODE_LIFETIME), false));
		return code;
	}

	/**
	 * Requires the redirect_uri of the authorization request. Whether QQ does so, or
	 * accepts any registered one, is not known; this is the stricter rule.
	 */
	synchronized Tokens redeem(String value, QqApp app, @Nullable String redirectUri) {
		Code code = this.codes.get(value);
		if (code == null || !code.grant().appId().equals(app.appId())) {
			throw new RefusalException(Refusal.WRONG_CODE);
		}
		if (code.used()) {
			throw new RefusalException(Refusal.USED_CODE);
		}
		if (!this.clock.instant().isBefore(code.end())) {
			throw new RefusalException(Refusal.WRONG_CODE);
		}
		if (!code.redirectUri().equals(redirectUri)) {
			throw new RefusalException(Refusal.REDIRECT_URI);
		}
		this.codes.put(value, new Code(code.grant(), code.redirectUri(), code.end(), true));
		return issueTokens(code.grant(), this.clock.instant().plus(REFRESH_LIFETIME));
	}

	/**
	 * QQ is known to answer the second use of a refresh token with 100021. The same is
	 * assumed for an unknown or expired one.
	 */
	synchronized Tokens refresh(String value, QqApp app) {
		Refresh refresh = this.refreshes.get(value);
		if (refresh == null || !refresh.grant().appId().equals(app.appId())
				|| !this.clock.instant().isBefore(refresh.end())) {
			throw new RefusalException(Refusal.WRONG_REFRESH_TOKEN);
		}
		this.refreshes.remove(value);
		return issueTokens(refresh.grant(), refresh.end());
	}

	synchronized @Nullable Access access(String token) {
		return this.accesses.get(token);
	}

	boolean isExpired(Access access) {
		return !this.clock.instant().isBefore(access.end());
	}

	synchronized void clear() {
		this.codes.clear();
		this.accesses.clear();
		this.refreshes.clear();
	}

	private Tokens issueTokens(Grant grant, Instant chainEnd) {
		Tokens tokens = new Tokens(Identifiers.random(), Identifiers.random(), grant.person());
		this.accesses.put(tokens.access(), new Access(grant, this.clock.instant().plus(TOKEN_LIFETIME)));
		this.refreshes.put(tokens.refresh(), new Refresh(grant, chainEnd));
		return tokens;
	}

	/**
	 * The consent of a person to an app.
	 */
	record Grant(String appId, QqPerson person) {

	}

	/**
	 * The result of a token request.
	 */
	record Tokens(String access, String refresh, QqPerson person) {

	}

	/**
	 * The grant and the expiry of an access token.
	 */
	record Access(Grant grant, Instant end) {

	}

	private record Code(Grant grant, String redirectUri, Instant end, boolean used) {

	}

	private record Refresh(Grant grant, Instant end) {

	}

}
