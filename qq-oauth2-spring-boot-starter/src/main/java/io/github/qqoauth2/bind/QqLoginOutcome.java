package io.github.qqoauth2.bind;

import java.util.Objects;

import org.jspecify.annotations.Nullable;
import org.springframework.security.core.AuthenticationException;

import io.github.qqoauth2.client.QqIdentity;
import io.github.qqoauth2.client.QqProfile;

/**
 * What a QQ login ends with when it shall end neither in the success nor in the failure
 * path of Spring's login filter. Deliberately no {@link AuthenticationException}: a
 * newcomer is no failed login, and a signed-in visitor's session and remember-me cookie
 * are none of its business. {@link QqCallbackFilter} turns it into the answer.
 */
final class QqLoginOutcome extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private final transient @Nullable QqIdentity identity;

	private final transient @Nullable QqProfile profile;

	private QqLoginOutcome(Kind kind, @Nullable QqIdentity identity, @Nullable QqProfile profile,
			@Nullable AuthenticationException failure) {
		super(kind.name(), failure, false, false);
		this.kind = kind;
		this.identity = identity;
		this.profile = profile;
	}

	static QqLoginOutcome bindingRequired(QqIdentity identity, @Nullable QqProfile profile) {
		return new QqLoginOutcome(Kind.BINDING_REQUIRED, identity, profile, null);
	}

	static QqLoginOutcome confirmationRequired(QqIdentity identity, @Nullable QqProfile profile) {
		return new QqLoginOutcome(Kind.CONFIRMATION_REQUIRED, identity, profile, null);
	}

	static QqLoginOutcome sameAccount() {
		return new QqLoginOutcome(Kind.SAME_ACCOUNT, null, null, null);
	}

	static QqLoginOutcome otherAccount() {
		return new QqLoginOutcome(Kind.OTHER_ACCOUNT, null, null, null);
	}

	static QqLoginOutcome failedWhileSignedIn(AuthenticationException failure) {
		return new QqLoginOutcome(Kind.FAILED_WHILE_SIGNED_IN, null, null, failure);
	}

	Kind kind() {
		return this.kind;
	}

	QqIdentity identity() {
		return Objects.requireNonNull(this.identity);
	}

	@Nullable QqProfile profile() {
		return this.profile;
	}

	AuthenticationException failure() {
		return (AuthenticationException) Objects.requireNonNull(getCause());
	}

	/**
	 * The five ends.
	 */
	enum Kind {

		/** Nobody is signed in and the QQ has no account. */
		BINDING_REQUIRED,

		/** Somebody is signed in and the QQ has no account. */
		CONFIRMATION_REQUIRED,

		/** Somebody is signed in and it is their QQ. */
		SAME_ACCOUNT,

		/** Somebody is signed in and it is the QQ of another account. */
		OTHER_ACCOUNT,

		/** Somebody is signed in and the QQ login failed. */
		FAILED_WHILE_SIGNED_IN

	}

}
