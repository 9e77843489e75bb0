package io.github.qqoauth2.client;

/**
 * What resolves an error: the visitor starts again, the operator corrects the
 * configuration, or a later attempt succeeds.
 */
enum Remedy {

	VISITOR(QqOAuth2Error.LOGIN_EXPIRED, "The visitor starts again"),

	OPERATOR(QqOAuth2Error.MISCONFIGURED, "Correct the configuration"),

	LATER(QqOAuth2Error.UNAVAILABLE, "Try again later");

	private final String errorCode;

	private final String action;

	Remedy(String errorCode, String action) {
		this.errorCode = errorCode;
		this.action = action;
	}

	String errorCode() {
		return this.errorCode;
	}

	String action() {
		return this.action;
	}

}
