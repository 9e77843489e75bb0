package io.github.qqoauth2.autoconfigure;

/**
 * Thrown at start-up if the configuration of the QQ login is invalid. The message
 * describes the problem, the action its solution.
 */
final class InvalidConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	InvalidConfigurationException(String description, String action) {
		super(description);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
