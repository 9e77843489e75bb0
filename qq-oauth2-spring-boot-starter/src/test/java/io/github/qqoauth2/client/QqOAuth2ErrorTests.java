package io.github.qqoauth2.client;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;

import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;

import static org.assertj.core.api.Assertions.assertThat;

class QqOAuth2ErrorTests {

	@Test
	void errorWhenSerializedThenDeserialized() throws Exception {
		QqOAuth2Error error = new QqOAuth2Error(QqOAuth2Error.LOGIN_EXPIRED, "description", Fault.QQ_ERROR, "token",
				100020);
		OAuth2AuthenticationException read = (OAuth2AuthenticationException) copy(
				new OAuth2AuthenticationException(error, "description"));
		assertThat(read.getError()).isInstanceOf(QqOAuth2Error.class).usingRecursiveComparison().isEqualTo(error);
		assertThat(((QqOAuth2Error) read.getError()).getQqCode()).isEqualTo(100020);
		assertThat(((QqOAuth2Error) read.getError()).getStep()).isEqualTo("token");
		assertThat(read.getError().getErrorCode()).isEqualTo("qq_login_expired");
	}

	@Test
	void exceptionWhenCallFailedThenSerializable() throws Exception {
		try (RawServer server = new RawServer().always(RawServer.reply("{\"ret\":1002}"))) {
			QqFailure failure = QqFailure.of(() -> QqLogins.profile(QqLogins.client(server), server));
			assertThat(copy(failure.thrown())).hasMessage(failure.message());
		}
	}

	private static Object deserialize(byte[] bytes) throws IOException, ClassNotFoundException {
		try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
			return in.readObject();
		}
	}

	private static Throwable copy(Throwable thrown) throws IOException, ClassNotFoundException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
			out.writeObject(thrown);
		}
		return (Throwable) deserialize(bytes.toByteArray());
	}

}
