package io.github.qqoauth2.account;

import java.util.Map;

/**
 * Thrown by a {@link QqAccountRegistrar} if values of a registration are invalid. The
 * form is shown again with each error beside its field.
 */
public class QqRegistrationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Map<String, String> errors;

	/**
	 * Creates the exception for one field.
	 * @param field the field's name
	 * @param code the error code, defined by the application, such as {@code taken}; its
	 * message is {@code qq.oauth2.register.FIELD.CODE}
	 */
	public QqRegistrationException(String field, String code) {
		this(Map.of(field, code));
	}

	/**
	 * Creates the exception for several fields.
	 * @param errors the error codes by field name
	 */
	public QqRegistrationException(Map<String, String> errors) {
		super("Invalid registration fields: " + errors);
		this.errors = Map.copyOf(errors);
	}

	/**
	 * Returns the errors.
	 * @return the error codes by field name
	 */
	public Map<String, String> getErrors() {
		return this.errors;
	}

}
