package io.github.qqoauth2.demo.password;

import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

import io.github.qqoauth2.account.QqRegistrationField;

/**
 * What holds for every password that somebody chooses here.
 */
final class NewPassword {

	/** More than the encoder takes. */
	private static final int MAX_BYTES = 72;

	private NewPassword() {
	}

	/**
	 * What is wrong with a password.
	 * @return a code with a message {@code qq.oauth2.register.password.CODE}, or
	 * {@code null}
	 */
	static @Nullable String check(@Nullable String password) {
		String error = QqRegistrationField.PASSWORD.check(password);
		boolean tooLong = password != null && password.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES;
		return (error == null && tooLong) ? "too-long" : error;
	}

}
