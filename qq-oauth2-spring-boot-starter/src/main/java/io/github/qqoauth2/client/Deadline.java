package io.github.qqoauth2.client;

import java.time.Duration;
import java.util.Map;

/**
 * When the calls of one login must have ended. It travels from the token call to the
 * later ones among the additional parameters of the token response. Counted by the
 * monotonic clock, since a step of the wall clock must not end or stretch a login.
 */
record Deadline(long nanoTime) {

	private static final String PARAMETER = "io.github.qqoauth2.deadline";

	static Deadline in(Duration time) {
		return new Deadline(System.nanoTime() + time.toNanos());
	}

	static Deadline from(Map<String, Object> parameters, Duration otherwise) {
		return (parameters.get(PARAMETER) instanceof Long nanoTime) ? new Deadline(nanoTime) : in(otherwise);
	}

	void addTo(Map<String, Object> parameters) {
		parameters.put(PARAMETER, this.nanoTime);
	}

	Duration left() {
		return Duration.ofNanos(this.nanoTime - System.nanoTime());
	}

}
