package io.github.qqoauth2.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;

/**
 * Converts an exception of the JDK client to a failure of the call. The cause is kept
 * only for a TLS failure, which precedes the request: other exceptions may quote the
 * server, which may echo the request.
 */
final class ConnectionFailure {

	static final String PASSWORD_REQUIRED = " with status 407, it requires a password";

	private static final Pattern REFUSAL = Pattern.compile("Tunnel failed, got: ([0-9]{3})|"
			+ "too many authentication attempts|No credentials provided|Proxy-Authenticate header missing");

	private ConnectionFailure() {
	}

	static OAuth2AuthorizationException of(Call call, Throwable failure, @Nullable OutgoingProxy proxy) {
		String way = (proxy != null) ? " through the proxy " + proxy : "";
		String refusal = (proxy != null) ? refusal(failure) : null;
		if (proxy != null && refusal != null) {
			return call.failure(Fault.QQ_PROXY, "was refused by the proxy " + proxy + refusal);
		}
		Throwable cause = find(failure, SSLException.class);
		if (cause != null) {
			return call.failure(Fault.QQ_TLS, "could not establish a trusted connection" + way, cause);
		}
		if (find(failure, UnresolvedAddressException.class) != null
				|| find(failure, UnknownHostException.class) != null) {
			return call.failure(Fault.QQ_DNS, "could not resolve the host" + way);
		}
		if (find(failure, HttpConnectTimeoutException.class) != null) {
			return call.failure(Fault.QQ_CONNECT_TIMEOUT, "could not connect in time" + way);
		}
		if (find(failure, ConnectException.class) != null) {
			return call.failure(Fault.QQ_CONNECT, "could not connect" + way);
		}
		if (find(failure, HttpTimeoutException.class) != null) {
			return call.failure(Fault.QQ_READ_TIMEOUT, "got no complete reply in time");
		}
		if (find(failure, BoundedBodySubscriber.TooLargeException.class) != null) {
			return call.failure(Fault.QQ_TOO_LARGE, "got a reply above the size limit");
		}
		return call.failure(Fault.QQ_IO, "failed with an I/O error" + way);
	}

	// The JDK has no exception type for a refusal of the proxy.
	private static @Nullable String refusal(Throwable failure) {
		IOException cause = find(failure, IOException.class);
		Matcher refusal = REFUSAL.matcher((cause != null) ? String.valueOf(cause.getMessage()) : "");
		if (!refusal.lookingAt()) {
			return null;
		}
		return (refusal.group(1) != null) ? " with status " + refusal.group(1) : PASSWORD_REQUIRED;
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
