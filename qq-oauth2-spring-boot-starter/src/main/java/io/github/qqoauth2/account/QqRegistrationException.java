package io.github.qqoauth2.account;

import java.util.Map;

/**
 * Says which values of a registration will not do. The form is shown again with each
 * error beside its field.
 */
public class QqRegistrationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Map<String, String> errors;

	/**
	 * Creates the exception for one field.
	 * @param field the field's name
	 * @param code what is wrong with its value, a word of the application's such as
	 * {@code taken}, for which there is a message {@code qq.oauth2.register.FIELD.CODE}
	 */
	public QqRegistrationException(String field, String code) {
		this(Map.of(field, code));
	}

	/**
	 * Creates the exception for several fields.
	 * @param errors the codes by the fields' names
	 */
	public QqRegistrationException(Map<String, String> errors) {
		super("Fields that will not do: " + errors);
		this.errors = Map.copyOf(errors);
	}

	/**
	 * What is wrong.
	 * @return the codes by the fields' names
	 */
	public Map<String, String> getErrors() {
		return this.errors;
	}

}
