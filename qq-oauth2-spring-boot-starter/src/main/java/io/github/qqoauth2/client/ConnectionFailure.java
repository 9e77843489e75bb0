package io.github.qqoauth2.client;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * Names what broke an exchange. A cause is kept only where it is from before anything was
 * sent: later ones may quote what the other side said, which may be what we said.
 */
final class ConnectionFailure {

	private ConnectionFailure() {
	}

	static OAuth2AuthorizationException of(Call call, Throwable failure) {
		Throwable cause = find(failure, SSLException.class);
		if (cause != null) {
			return call.failure(Fault.QQ_TLS, "got no trusted connection", cause);
		}
		if (find(failure, UnresolvedAddressException.class) != null
				|| find(failure, UnknownHostException.class) != null) {
			return call.failure(Fault.QQ_DNS, "found no address for the host");
		}
		if (find(failure, HttpConnectTimeoutException.class) != null) {
			return call.failure(Fault.QQ_CONNECT_TIMEOUT, "got no connection");
		}
		if (find(failure, ConnectException.class) != null) {
			return call.failure(Fault.QQ_CONNECT, "was refused a connection");
		}
		if (find(failure, HttpTimeoutException.class) != null) {
			return call.failure(Fault.QQ_READ_TIMEOUT, "got no complete answer");
		}
		if (find(failure, BoundedBodySubscriber.TooLargeException.class) != null) {
			return call.failure(Fault.QQ_TOO_LARGE, "was answered with more than is read");
		}
		return call.failure(Fault.QQ_IO, "broke off");
	}

	private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (type.isInstance(cause)) {
				return type.cast(cause);
			}
		}
		return null;
	}

}
