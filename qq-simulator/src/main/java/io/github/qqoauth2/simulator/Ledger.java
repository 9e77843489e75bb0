package io.github.qqoauth2.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The codes and tokens that were handed out. It keeps the latest of each kind, so that a
 * long load run does not fill the memory.
 */
final class Ledger {

	static final Duration CODE_LIFETIME = Duration.ofMinutes(10);

	static final Duration TOKEN_LIFETIME = Duration.ofDays(60);

	static final Duration REFRESH_LIFETIME = Duration.ofDays(90);

	private final Clock clock;

	private final Map<String, Code> codes = new LatestMap<>();

	private final Map<String, Access> accesses = new LatestMap<>();

	private final Map<String, Refresh> refreshes = new LatestMap<>();

	Ledger(Clock clock) {
		this.clock = clock;
	}

	synchronized String issueCode(Grant grant, String redirectUri) {
		String code = Identifiers.random();
		this.codes.put(code, new Code(grant, redirectUri, this.clock.instant().plus(CODE_LIFETIME), false));
		return code;
	}

	/**
	 * Whether QQ wants the very redirect_uri of the authorize call or only a registered
	 * one is not known; the stricter is played.
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
	 * Only the second use of a refresh token is known to be answered with 100021; an
	 * unknown or outdated one is taken to be the same.
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
	 * Who agreed to which app.
	 */
	record Grant(String appId, QqPerson person) {

	}

	/**
	 * What a token call gives.
	 */
	record Tokens(String access, String refresh, QqPerson person) {

	}

	/**
	 * An access token's grant and end.
	 */
	record Access(Grant grant, Instant end) {

	}

	private record Code(Grant grant, String redirectUri, Instant end, boolean used) {

	}

	private record Refresh(Grant grant, Instant end) {

	}

}
