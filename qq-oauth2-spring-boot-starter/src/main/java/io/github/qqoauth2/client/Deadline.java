package io.github.qqoauth2.client;

import java.time.Duration;
import java.util.Map;

/**
 * The time by which all calls of one login must end. The additional parameters of the
 * token response carry it from the token call to the later calls. It is based on the
 * monotonic clock, so that a change of the wall clock neither ends nor extends a login.
 */
record Deadline(long nanoTime) {

	private static final String PARAMETER = "io.github.qqoauth2.deadline";

	static Deadline in(Duration time) {
		return new Deadline(System.nanoTime() + time.toNanos());
	}

	static Deadline from(Map<String, Object> parameters, Duration defaultTime) {
		return (parameters.get(PARAMETER) instanceof Long nanoTime) ? new Deadline(nanoTime) : in(defaultTime);
	}

	void addTo(Map<String, Object> parameters) {
		parameters.put(PARAMETER, this.nanoTime);
	}

	Duration left() {
		return Duration.ofNanos(this.nanoTime - System.nanoTime());
	}

}
