package io.github.qqoauth2.bind;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Counts, on this node, the passwords tried for each pending binding and in each session,
 * before they are checked. The count in the session is too late for concurrent requests:
 * all of them read it before one has written it, and with Spring Session each has its own
 * copy.
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
	boolean begin(PendingBinding pending) {
		return begin(pending.id(), pending.failures());
	}

	/**
	 * Counts an attempt that is about to be made.
	 * @param key identifies what has a limited number of attempts
	 * @param failures the failures known to all nodes
	 * @return {@code false} if no attempt is left, so that none may be made
	 */
	synchronized boolean begin(String key, int failures) {
		int before = Math.max(failures, this.attempts.getOrDefault(key, 0));
		if (before >= PendingBinding.FAILURES_ALLOWED) {
			return false;
		}
		this.attempts.put(key, before + 1);
		return true;
	}

	/**
	 * Ends an attempt in which the password was right or was not checked, which does not
	 * count.
	 */
	void undo(PendingBinding pending) {
		undo(pending.id());
	}

	synchronized void undo(String key) {
		this.attempts.computeIfPresent(key, (id, count) -> count - 1);
	}

	/**
	 * Ends a failed attempt. It does not count if the password was not checked.
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

}
