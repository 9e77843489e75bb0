package io.github.qqoauth2.bind;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Counts, on this node, the passwords tried for each pending binding, before they are
 * checked. The count in the session is too late for concurrent requests: all of them read
 * it before one has written it, and with Spring Session each has its own copy.
 */
final class PasswordTries {

	static final int MAX_ENTRIES = 10_000;

	private final Map<String, Integer> attempts = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
			return size() > MAX_ENTRIES;
		}

	};

	/**
	 * Counts an attempt that is about to be made.
	 * @return {@code false} if no attempt is left, so that none may be made
	 */
	synchronized boolean begin(PendingBinding pending) {
		int before = Math.max(pending.failures(), this.attempts.getOrDefault(pending.id(), 0));
		if (before >= PendingBinding.FAILURES_ALLOWED) {
			return false;
		}
		this.attempts.put(pending.id(), before + 1);
		return true;
	}

	/**
	 * Ends a failed attempt. It does not count if the password was not tested.
	 * @param error the reason for the failure
	 * @return the pending binding after the attempt, or {@code null} if it was the last
	 * one
	 */
	@Nullable PendingBinding end(PendingBinding pending, LoginError error) {
		if (error == LoginError.WRONG_PASSWORD) {
			PendingBinding failed = pending.withFailure();
			return (failed.failures() < PendingBinding.FAILURES_ALLOWED) ? failed : null;
		}
		undo(pending);
		return pending.withError(error);
	}

	private synchronized void undo(PendingBinding pending) {
		this.attempts.computeIfPresent(pending.id(), (id, count) -> count - 1);
	}

}
