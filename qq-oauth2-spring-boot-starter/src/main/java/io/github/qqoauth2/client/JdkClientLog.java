package io.github.qqoauth2.client;

import java.util.logging.Logger;

/**
 * The log that the JDK's client keeps for its own developers. On JDK 17 an application at
 * DEBUG finds every URI there, with secret, code and token, and whatever the other side
 * sent instead of HTTP.
 */
final class JdkClientLog {

	// held, since the JDK itself holds loggers weakly
	private static final Logger logger = Logger.getLogger("jdk.internal.httpclient.debug");

	private JdkClientLog() {
	}

	static void silence() {
		// not by the level, which logging systems set anew
		logger.setFilter((entry) -> false);
	}

}
