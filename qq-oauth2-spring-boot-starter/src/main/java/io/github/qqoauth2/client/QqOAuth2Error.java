package io.github.qqoauth2.client;

import java.io.Serial;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2Error;

/**
 * The error of a failed call to QQ: one of three constant codes that say whose turn it
 * is, the step that failed and QQ's own number where QQ sent one.
 * <p>
 * The description is fit for a log: event code, step, registration, number and elapsed
 * time. It holds no URL, no text from QQ and nothing secret or personal. It is not meant
 * for visitors.
 *
 * @see <a href="https://wiki.connect.qq.com/公共返回码说明">QQ's error numbers</a>
 */
public final class QqOAuth2Error extends OAuth2Error {

	/**
	 * The login is used up or was revoked: the visitor starts again.
	 */
	public static final String LOGIN_EXPIRED = "qq_login_expired";

	/**
	 * QQ refuses the application as it is set up: its operator has to act.
	 */
	public static final String MISCONFIGURED = "qq_misconfigured";

	/**
	 * QQ cannot be reached or does not answer as it should: later it may work.
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
	 * Returns QQ's error number, positive or negative.
	 * @return the number, or {@code null} where QQ sent none
	 */
	public @Nullable Integer getQqCode() {
		return this.qqCode;
	}

}
