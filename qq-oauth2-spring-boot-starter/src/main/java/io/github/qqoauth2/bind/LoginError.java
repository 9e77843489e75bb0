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
 * Everything that can go wrong for a visitor, each with its sentence in the message
 * bundle, its status and the way on.
 */
enum LoginError {

	/** The visitor said no at QQ. */
	CANCELLED(200, 400, Way.QQ, "try-again"),

	/** The state is unknown, used or of another browser, or the code is. */
	EXPIRED(200, 400, Way.QQ, "start-again"),

	/** The same, and the browser sent no session cookie at all, which tells the cause. */
	NO_SESSION(200, 400, Way.QQ, "start-again"),

	/** No identity waits in this browser, or no longer. */
	BINDING_EXPIRED(410, Way.QQ, "sign-in-with-qq"),

	/** The form belongs to another identity than the one that waits. */
	BINDING_CHANGED(409, Way.QQ, "start-again"),

	/** The form came without the token of the application's CSRF protection. */
	FORM_REFUSED(403, Way.QQ, "start-again"),

	/** Wrong password or unknown name, which look the same. */
	CREDENTIALS(200, 401, Way.LOGIN, "back-to-login"),

	/** Too many of them. */
	TOO_MANY_ATTEMPTS(200, 429, Way.QQ, "sign-in-with-qq"),

	/** The account is locked, disabled or expired. */
	ACCOUNT_STATUS(200, 403, Way.LOGIN, "back-to-login"),

	/** The password that a confirmation asks for is missing. */
	PASSWORD_REQUIRED(403, Way.LOGIN, "back-to-login"),

	/** The password that a confirmation asks for is wrong. */
	WRONG_PASSWORD(403, Way.LOGIN, "back-to-login"),

	/**
	 * The same, and the account may never have had one, since automatic registration made
	 * it.
	 */
	SET_PASSWORD_FIRST(403, Way.LOGIN, "back-to-login"),

	/** The QQ is bound to another account. */
	OTHER_ACCOUNT(409, Way.BACK, "back"),

	/** The account is bound to another QQ. */
	OTHER_QQ(409, Way.BACK, "back"),

	/** QQ does not answer, or not as it should. */
	UNAVAILABLE(503, Way.QQ, "retry"),

	/** QQ refuses the site. */
	MISCONFIGURED(503, Way.LOGIN, "back-to-login"),

	/** The binding could not be written. */
	NOT_SAVED(503, Way.QQ, "retry"),

	/** The site itself could not finish the login. */
	INTERNAL(503, Way.QQ, "retry"),

	/** For front ends: a QQ without an account waits for one. */
	BINDING_REQUIRED(401, Way.QQ, "sign-in-with-qq"),

	/** For front ends: fields of the form for a new account will not do. */
	INVALID_REGISTRATION(400, Way.BACK, "back"),

	/** For front ends: the body is no JSON object. */
	INVALID_REQUEST(400, Way.BACK, "back"),

	/** For front ends: the body does not even claim to be JSON. */
	UNSUPPORTED_MEDIA_TYPE(415, Way.BACK, "back"),

	/** For front ends: the address takes other methods. */
	METHOD_NOT_ALLOWED(405, Way.BACK, "back"),

	/** For front ends: nobody is signed in, or not far enough. */
	LOGIN_REQUIRED(401, Way.LOGIN, "back-to-login"),

	/** For front ends: the application's rules or its CSRF protection refuse. */
	FORBIDDEN(403, Way.BACK, "back");

	private static final Set<String> EXPIRED_CODES = Set.of(QqOAuth2Error.LOGIN_EXPIRED,
			OAuth2ErrorCodes.INVALID_REQUEST, "authorization_request_not_found", "invalid_state_parameter");

	private final int status;

	private final int problemStatus;

	private final Way way;

	private final String button;

	LoginError(int status, Way way, String button) {
		this(status, status, way, button);
	}

	LoginError(int status, int problemStatus, Way way, String button) {
		this.status = status;
		this.problemStatus = problemStatus;
		this.way = way;
		this.button = button;
	}

	static LoginError of(AuthenticationException failure) {
		if (failure instanceof AccountStatusException || failure instanceof SessionAuthenticationException) {
			return ACCOUNT_STATUS;
		}
		String code = (failure instanceof OAuth2AuthenticationException oauth2) ? oauth2.getError().getErrorCode() : "";
		if (EXPIRED_CODES.contains(code)) {
			return EXPIRED;
		}
		return switch (code) {
			case OAuth2ErrorCodes.ACCESS_DENIED -> CANCELLED;
			case QqOAuth2Error.UNAVAILABLE -> UNAVAILABLE;
			case QqOAuth2Error.MISCONFIGURED -> MISCONFIGURED;
			default -> INTERNAL;
		};
	}

	/**
	 * Of a page.
	 */
	int status() {
		return this.status;
	}

	/**
	 * Of a problem that a front end is told.
	 */
	int problemStatus() {
		return this.problemStatus;
	}

	Way way() {
		return this.way;
	}

	/**
	 * The last part of the key of the button's text.
	 */
	String button() {
		return this.button;
	}

	/**
	 * The constant code of this error, also the last part of its message's key.
	 */
	String code() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Where the page's button leads.
	 */
	enum Way {

		/** To QQ, once more. */
		QQ,

		/** To the site's own login page. */
		LOGIN,

		/** To where the visitor was. */
		BACK

	}

}
