package io.github.qqoauth2.bind;

import java.util.Locale;
import java.util.Set;

import org.springframework.security.authentication.AccountStatusException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.web.authentication.session.SessionAuthenticationException;

import io.github.qqoauth2.client.QqOAuth2Error;

/**
 * The errors that a visitor or a front end may get, each with its HTTP status, the target
 * of the error page's button, and a message in the bundle. Sessions and tickets store the
 * names of the constants, which consist of {@code [A-Z_]}. A stored error or pending
 * binding with an unknown name is dropped, so renaming a constant drops stored state.
 */
enum LoginError {

	/** The visitor cancelled at QQ. */
	CANCELLED(200, 400, Target.QQ, "try-again"),

	/**
	 * The state is unknown, used up or of another browser, or the code is no longer
	 * valid.
	 */
	EXPIRED(200, 400, Target.QQ, "start-again"),

	/**
	 * As {@link #EXPIRED}, if the browser sent no session cookie, which is the cause.
	 */
	NO_SESSION(200, 400, Target.QQ, "start-again"),

	/** This browser has no pending binding, or it has expired. */
	BINDING_EXPIRED(410, Target.QQ, "sign-in-with-qq"),

	/** The form belongs to another pending binding, or names another binding to move. */
	BINDING_CHANGED(409, Target.QQ, "start-again"),

	/** The form has no valid token of the application's CSRF protection. */
	FORM_REFUSED(403, Target.QQ, "start-again"),

	/** The password is wrong or the username unknown; visitors cannot tell which. */
	CREDENTIALS(200, 401, Target.LOGIN, "back-to-login"),

	/** Too many wrong passwords were sent for one pending binding. */
	TOO_MANY_ATTEMPTS(200, 429, Target.QQ, "sign-in-with-qq"),

	/** The account is locked, disabled or expired. */
	ACCOUNT_STATUS(200, 403, Target.LOGIN, "back-to-login"),

	/**
	 * The account has as many sessions as the application allows, and they take
	 * precedence over a new one.
	 */
	SESSION_LIMIT(200, 403, Target.BACK, "back"),

	/**
	 * A confirmation or unlinking requires a proof of the account, and the login is too
	 * old or of a kind that proves nothing.
	 */
	PROOF_REQUIRED(403, Target.LOGIN, "back-to-login"),

	/** The password that was sent with a confirmation or unlinking is wrong. */
	WRONG_PASSWORD(403, Target.LOGIN, "back-to-login"),

	/** Too many wrong passwords were sent for a confirmation or unlinking. */
	PASSWORD_LIMIT(429, Target.LOGIN, "back-to-login"),

	/** The QQ identity is bound to another account. */
	OTHER_ACCOUNT(409, Target.BACK, "back"),

	/**
	 * As {@link #OTHER_ACCOUNT}, to the signed-in user who has just authenticated the QQ
	 * identity, and so may move it.
	 */
	OTHER_ACCOUNT_MOVABLE(409, Target.BACK, "back"),

	/** The account is bound to another QQ identity. */
	OTHER_QQ(409, Target.BACK, "back"),

	/** QQ does not respond, or its response is invalid. */
	UNAVAILABLE(503, Target.QQ, "retry"),

	/** QQ refuses the application, usually because of its configuration. */
	MISCONFIGURED(503, Target.LOGIN, "back-to-login"),

	/** The binding could not be written. */
	NOT_SAVED(503, Target.QQ, "retry"),

	/** The application could not complete the login. */
	INTERNAL(503, Target.QQ, "retry"),

	/** As {@link #INTERNAL}, after the QQ identity has been bound. */
	INTERNAL_BOUND(503, Target.QQ, "sign-in-with-qq"),

	/**
	 * For front ends: the QQ identity has no account, and a pending binding was saved.
	 */
	BINDING_REQUIRED(401, Target.QQ, "sign-in-with-qq"),

	/** For front ends: fields of the registration form are invalid. */
	INVALID_REGISTRATION(400, Target.BACK, "back"),

	/** For front ends: the body is not a JSON object. */
	INVALID_REQUEST(400, Target.BACK, "back"),

	/** For front ends: the content type of the body is not JSON. */
	UNSUPPORTED_MEDIA_TYPE(415, Target.BACK, "back"),

	/** For front ends: the address does not support the method. */
	METHOD_NOT_ALLOWED(405, Target.BACK, "back"),

	/** For front ends: no user is signed in, or a further authentication is required. */
	LOGIN_REQUIRED(401, Target.LOGIN, "back-to-login"),

	/**
	 * For front ends: the application's authorization rules or CSRF protection deny the
	 * request.
	 */
	FORBIDDEN(403, Target.BACK, "back");

	private static final Set<String> EXPIRED_CODES = Set.of(QqOAuth2Error.LOGIN_EXPIRED,
			OAuth2ErrorCodes.INVALID_REQUEST, "authorization_request_not_found", "invalid_state_parameter");

	/** The OAuth2 error code of a login that failed after the binding was written. */
	static final String NOT_SIGNED_IN = "bound_not_signed_in";

	private final int status;

	private final int problemStatus;

	private final Target target;

	private final String button;

	LoginError(int status, Target target, String button) {
		this(status, status, target, button);
	}

	LoginError(int status, int problemStatus, Target target, String button) {
		this.status = status;
		this.problemStatus = problemStatus;
		this.target = target;
		this.button = button;
	}

	static LoginError of(AuthenticationException failure) {
		if (failure instanceof AccountStatusException) {
			return ACCOUNT_STATUS;
		}
		if (failure instanceof SessionAuthenticationException) {
			return SESSION_LIMIT;
		}
		String code = (failure instanceof OAuth2AuthenticationException oauth2) ? oauth2.getError().getErrorCode() : "";
		if (EXPIRED_CODES.contains(code)) {
			return EXPIRED;
		}
		return switch (code) {
			case OAuth2ErrorCodes.ACCESS_DENIED -> CANCELLED;
			case QqOAuth2Error.UNAVAILABLE -> UNAVAILABLE;
			case QqOAuth2Error.MISCONFIGURED -> MISCONFIGURED;
			case NOT_SIGNED_IN -> INTERNAL_BOUND;
			default -> INTERNAL;
		};
	}

	/**
	 * Returns the HTTP status of a page with this error.
	 */
	int status() {
		return this.status;
	}

	/**
	 * Returns the HTTP status of a problem with this error, for a front end.
	 */
	int problemStatus() {
		return this.problemStatus;
	}

	Target target() {
		return this.target;
	}

	/**
	 * Returns the last part of the message key of the button's text.
	 */
	String button() {
		return this.button;
	}

	/**
	 * Returns the code of this error.
	 */
	String code() {
		return switch (this) {
			case INTERNAL_BOUND -> INTERNAL.messageKey();
			case OTHER_ACCOUNT_MOVABLE -> OTHER_ACCOUNT.messageKey();
			default -> messageKey();
		};
	}

	/**
	 * Returns the last part of the message key of this error's sentence.
	 */
	String messageKey() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * The target of the error page's button.
	 */
	enum Target {

		/** QQ, for another login. */
		QQ,

		/** The application's login page. */
		LOGIN,

		/** The start page. */
		BACK

	}

}
