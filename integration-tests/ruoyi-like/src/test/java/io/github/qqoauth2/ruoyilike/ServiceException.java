package io.github.qqoauth2.ruoyilike;

/**
 * The application's own exception, with a sentence for the visitor.
 */
class ServiceException extends RuntimeException {

	static final int UNKNOWN_USER = 1001;

	static final int DELETED = 1002;

	static final int DISABLED = 1003;

	static final int WRONG_PASSWORD = 1004;

	static final int TOO_MANY_TRIES = 1005;

	private static final long serialVersionUID = 1L;

	private final int code;

	private final String message;

	ServiceException(int code, String message) {
		super(message);
		this.code = code;
		this.message = message;
	}

	@Override
	public String getMessage() {
		return this.message;
	}

	int code() {
		return this.code;
	}

}
