package io.github.qqoauth2.autoconfigure;

/**
 * The QQ login cannot work as it is set up: what is wrong, and what to do.
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
