package io.github.qqoauth2.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

/**
 * Limits the time of a connection. The JDK's connect timeout covers the TLS handshake
 * too, and a cold JVM with little CPU needs seconds for its first one. So a connection
 * that takes longer than a second is checked: if the host accepts no other connection
 * within another second, it does not answer at all; otherwise the handshake is slow.
 */
final class ConnectCheck {

	private static final Duration TIME = Duration.ofSeconds(1);

	private ConnectCheck() {
	}

	/**
	 * Waits until the request is sent or the call ends without that.
	 */
	static void await(Call call, URI uri, @Nullable OutgoingProxy proxy, CompletableFuture<?> response)
			throws InterruptedException, ExecutionException {
		CompletableFuture<?> connected = CompletableFuture.anyOf(call.sent(), response);
		if (isDone(connected, min(call.timeLeft())) || isDone(connected, check(uri, proxy, call.timeLeft()))) {
			connected.get();
			return;
		}
		throw ConnectionFailure.of(call, new HttpConnectTimeoutException("not connected"), proxy);
	}

	private static boolean isDone(CompletableFuture<?> connected, Duration time) throws InterruptedException {
		try {
			connected.get(time.toNanos(), TimeUnit.NANOSECONDS);
			return true;
		}
		catch (TimeoutException ex) {
			return false;
		}
		catch (ExecutionException ex) {
			return true;
		}
	}

	// Returns the time left after the check, which is none if it failed.
	private static Duration check(URI uri, @Nullable OutgoingProxy proxy, Duration left) throws InterruptedException {
		long start = System.nanoTime();
		int port = (uri.getPort() >= 0) ? uri.getPort() : 443;
		InetSocketAddress address = (proxy != null) ? proxy.address()
				: InetSocketAddress.createUnresolved(uri.getHost(), port);
		boolean accepts = !left.isNegative() && accepts(address, min(left));
		return accepts ? left.minusNanos(System.nanoTime() - start) : Duration.ZERO;
	}

	private static Duration min(Duration left) {
		return (left.compareTo(TIME) < 0) ? left : TIME;
	}

	// In a thread of its own, since the name may have to be resolved, which has no
	// timeout.
	private static boolean accepts(InetSocketAddress unresolved, Duration time) throws InterruptedException {
		FutureTask<Boolean> check = new FutureTask<>(() -> connects(unresolved, time));
		Thread thread = new Thread(check, "qq-connect-check");
		thread.setDaemon(true);
		thread.start();
		try {
			return check.get(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			return false;
		}
	}

	private static boolean connects(InetSocketAddress unresolved, Duration time) {
		try (Socket socket = new Socket(Proxy.NO_PROXY)) {
			socket.connect(new InetSocketAddress(unresolved.getHostString(), unresolved.getPort()),
					Math.max(1, (int) time.toMillis()));
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (IOException ex) {
			// the client gets the same answer and reports it
			return true;
		}
	}

}
