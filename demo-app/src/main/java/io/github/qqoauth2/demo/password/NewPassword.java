package io.github.qqoauth2.demo.password;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.account.QqRegistrationField;

/**
 * Validates new passwords.
 */
final class NewPassword {

	/** The limit of BCrypt. */
	private static final int MAX_BYTES = 72;

	private NewPassword() {
	}

	/**
	 * Validates a password.
	 * @return the error code, for the message {@code qq.oauth2.register.password.CODE},
	 * or {@code null} if the password is valid
	 */
	static @Nullable String check(@Nullable String password) {
		String error = QqRegistrationField.PASSWORD.check(password);
		boolean tooLong = password != null && password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
		return (error == null && tooLong) ? "too-long" : error;
	}

}
