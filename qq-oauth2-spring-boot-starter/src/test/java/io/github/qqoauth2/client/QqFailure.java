package io.github.qqoauth2.client;

import java.util.Locale;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.security.oauth2.core.OAuth2Error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * The failure of a call. {@link #of} asserts everything that holds for all failures.
 */
record QqFailure(Fault fault, String code, String step, @Nullable Integer number, String message, Throwable thrown) {

	private static final String MESSAGE = "QQ_[A-Z_]+: (token|me|get_user_info) call for registration 'qq' "
			+ "[A-Za-z0-9_ ,.:/-]+ after \\d+ ms";

	private static final String EXPLANATION = "(: [A-Za-z][\\x20-\\x7E]+)?";

	static QqFailure of(ThrowingCallable call) {
		Throwable thrown = catchThrowable(call);
		assertThat(thrown).isInstanceOfAny(OAuth2AuthorizationException.class, OAuth2AuthenticationException.class);
		OAuth2Error error = (thrown instanceof OAuth2AuthorizationException ex) ? ex.getError()
				: ((OAuth2AuthenticationException) thrown).getError();
		assertThat(error).isInstanceOf(QqOAuth2Error.class);
		QqOAuth2Error qq = (QqOAuth2Error) error;
		String message = String.valueOf(thrown.getMessage());
		assertThat(message).isEqualTo(qq.getDescription()).matches(MESSAGE + EXPLANATION);
		assertThat(message)
			.endsWith(ErrorNumber.explanation(qq.getQqCode(), Step.valueOf(qq.getStep().toUpperCase(Locale.ROOT))));
		if (qq.getQqCode() == null) {
			assertThat(message).matches(MESSAGE);
		}
		assertThat(message).startsWith(qq.getFault() + ": " + qq.getStep() + " call");
		assertThat(qq.getErrorCode()).isIn(QqOAuth2Error.LOGIN_EXPIRED, QqOAuth2Error.MISCONFIGURED,
				QqOAuth2Error.UNAVAILABLE);
		return new QqFailure(qq.getFault(), qq.getErrorCode(), qq.getStep(), qq.getQqCode(), message, thrown);
	}

}
