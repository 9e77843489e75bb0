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
 * Converts an exception of the JDK client to a failure of the call. The cause is kept
 * only for a TLS failure, which precedes the request: other exceptions may quote the
 * server, which may echo the request.
 */
final class ConnectionFailure {

	private ConnectionFailure() {
	}

	static OAuth2AuthorizationException of(Call call, Throwable failure) {
		Throwable cause = find(failure, SSLException.class);
		if (cause != null) {
			return call.failure(Fault.QQ_TLS, "could not establish a trusted connection", cause);
		}
		if (find(failure, UnresolvedAddressException.class) != null
				|| find(failure, UnknownHostException.class) != null) {
			return call.failure(Fault.QQ_DNS, "could not resolve the host");
		}
		if (find(failure, HttpConnectTimeoutException.class) != null) {
			return call.failure(Fault.QQ_CONNECT_TIMEOUT, "could not connect in time");
		}
		if (find(failure, ConnectException.class) != null) {
			return call.failure(Fault.QQ_CONNECT, "could not connect");
		}
		if (find(failure, HttpTimeoutException.class) != null) {
			return call.failure(Fault.QQ_READ_TIMEOUT, "got no complete reply in time");
		}
		if (find(failure, BoundedBodySubscriber.TooLargeException.class) != null) {
			return call.failure(Fault.QQ_TOO_LARGE, "got a reply above the size limit");
		}
		return call.failure(Fault.QQ_IO, "failed with an I/O error");
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
