package io.github.qqoauth2.client;

import java.util.logging.Logger;

/**
 * Silences the internal debug log of the JDK's HTTP client. On JDK 17 it shows an
 * application that logs at DEBUG every URI, with secret, code and token, and any invalid
 * HTTP that the server sends.
 */
final class JdkClientLog {

	// a strong reference, since the JDK holds loggers weakly
	private static final Logger logger = Logger.getLogger("jdk.internal.httpclient.debug");

	private JdkClientLog() {
	}

	static void silence() {
		// a filter, since logging systems reset the level
		logger.setFilter((entry) -> false);
	}

}
