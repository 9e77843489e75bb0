package io.github.qqoauth2.bind;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The passwords tried on this node for each waiting identity, counted before they are
 * checked. The session's own count comes too late for posts in parallel: all of them read
 * it before any has written, and behind Spring Session each has a copy of its own.
 */
final class PasswordTries {

	static final int IDENTITIES_REMEMBERED = 10_000;

	private final Map<String, Integer> made = new LinkedHashMap<>(16, 0.75f, true) {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
			return size() > IDENTITIES_REMEMBERED;
		}

	};

	/**
	 * Counts a try that is about to be made.
	 * @return {@code false} where none is left and none must be made
	 */
	synchronized boolean begin(PendingBinding pending) {
		int before = Math.max(pending.failures(), this.made.getOrDefault(pending.id(), 0));
		if (before >= PendingBinding.FAILURES_ALLOWED) {
			return false;
		}
		this.made.put(pending.id(), before + 1);
		return true;
	}

	/**
	 * Ends a try that failed. One that says nothing about the password is given back.
	 * @param error why it failed
	 * @return the pending binding after it, or {@code null} if this was the last try
	 */
	@Nullable PendingBinding end(PendingBinding pending, LoginError error) {
		if (error == LoginError.WRONG_PASSWORD) {
			PendingBinding failed = pending.withFailure();
			return (failed.failures() < PendingBinding.FAILURES_ALLOWED) ? failed : null;
		}
		giveBack(pending);
		return pending.withError(error);
	}

	private synchronized void giveBack(PendingBinding pending) {
		this.made.computeIfPresent(pending.id(), (id, tries) -> tries - 1);
	}

}
