package io.github.qqoauth2.simulator;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Validates arguments.
 */
final class Checks {

	private static final Duration MAX_DURATION = Duration.ofHours(1);

	private Checks() {
	}

	static Duration atMostAnHour(Duration duration) {
		if (duration.isNegative() || duration.compareTo(MAX_DURATION) > 0) {
			throw new IllegalArgumentException("duration must be between zero and one hour");
		}
		return duration;
	}

	static String loopback(String host) {
		try {
			if (!InetAddress.getByName(host).isLoopbackAddress()) {
				throw new IllegalArgumentException("host must be a loopback address");
			}
			return host;
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException("host must be a loopback address", ex);
		}
	}

}
