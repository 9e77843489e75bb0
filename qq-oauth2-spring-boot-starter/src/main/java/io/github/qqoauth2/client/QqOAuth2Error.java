package io.github.qqoauth2.client;

import java.io.Serial;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * The error of a failed call to QQ: one of three error codes that say who has to act, the
 * failed step, and QQ's error number if QQ sent one.
 * <p>
 * The description is suitable for logs: event code, step, registration, error number and
 * elapsed time. It contains no URL, no message from QQ, and no secret or personal data.
 * It is not intended for visitors.
 *
 * @see <a href="https://wiki.connect.qq.com/公共返回码说明">QQ's error numbers</a>
 */
public final class QqOAuth2Error extends OAuth2Error {

	/**
	 * The code or token was used, has expired or was revoked: the visitor has to start
	 * again.
	 */
	public static final String LOGIN_EXPIRED = "qq_login_expired";

	/**
	 * QQ rejects the application as configured, or the registration has no valid
	 * endpoint: the operator has to act.
	 */
	public static final String MISCONFIGURED = "qq_misconfigured";

	/**
	 * QQ cannot be reached or does not reply as expected: a later attempt may succeed.
	 */
	public static final String UNAVAILABLE = "qq_unavailable";

	@Serial
	private static final long serialVersionUID = 1L;

	private final Fault fault;

	private final String step;

	private final @Nullable Integer qqCode;

	QqOAuth2Error(String errorCode, String description, Fault fault, String step, @Nullable Integer qqCode) {
		super(errorCode, description, null);
		this.fault = fault;
		this.step = step;
		this.qqCode = qqCode;
	}

	Fault getFault() {
		return this.fault;
	}

	/**
	 * Returns the step that failed.
	 * @return {@code token}, {@code me} or {@code get_user_info}
	 */
	public String getStep() {
		return this.step;
	}

	/**
	 * Returns QQ's error number, which may be negative.
	 * @return the number, or {@code null} if QQ sent none
	 */
	public @Nullable Integer getQqCode() {
		return this.qqCode;
	}

}
