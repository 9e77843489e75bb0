package io.github.qqoauth2.client;

import java.net.Authenticator;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLContext;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.OAuth2AuthorizationException;
import org.springframework.util.function.SingletonSupplier;

/**
 * Makes the calls to QQ with the JDK's HTTP client. It keeps connections open, needs no
 * dependency, and a timeout on its future covers the whole exchange, however slowly the
 * body arrives. Spring's {@code RestClient} is not used: decompression differs between
 * the supported lines of Spring Boot, its timeout applies to a client and not to a call,
 * its exceptions and observations contain the URI with secret and code, and it does not
 * accept {@link OneShotBodyPublisher} and {@link BoundedBodySubscriber}.
 * <p>
 * HTTP/1.1 only: a connection serves one call at a time, so that a stalled connection
 * delays no other login, and no request is repeated, as the client would do after a
 * GOAWAY of HTTP/2.
 */
final class HttpTransport {

	// Includes the TLS handshake, which takes seconds on a cold JVM with little CPU.
	private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(3500);

	private static final int BODY_LIMIT = 64 * 1024;

	private final HttpClient client;

	// Only for a proxy with a password: with an authenticator the JDK client accepts no
	// reply with status 401 that lacks a challenge.
	private final SingletonSupplier<HttpClient> authenticatingClient;

	private final Semaphore permits;

	private final ObservationRegistry observations;

	HttpTransport(int maxConcurrentCalls, ObservationRegistry observations, @Nullable SSLContext tls) {
		JdkClientLog.silence();
		this.client = builder(tls).build();
		this.authenticatingClient = SingletonSupplier
			.of(() -> builder(tls).authenticator(new OutgoingProxy.Passwords()).build());
		this.permits = new Semaphore(maxConcurrentCalls);
		this.observations = observations;
	}

	private static HttpClient.Builder builder(@Nullable SSLContext tls) {
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(Version.HTTP_1_1)
			.followRedirects(Redirect.NEVER)
			.connectTimeout(CONNECT_TIMEOUT);
		return (tls != null) ? builder.sslContext(tls) : builder;
	}

	void warmUp() throws Exception {
		WarmUp.run(this.client);
	}

	Reply get(Call call) {
		HttpRequest request = call.request();
		CallObservation observation = CallObservation.start(this.observations, call.step(), request.uri().getHost());
		try {
			HttpResponse<byte[]> response = exchange(call, request);
			observation.answered(response.statusCode());
			checkProxy(call, request, response);
			return new HttpReply(call, response).reply();
		}
		catch (OAuth2AuthorizationException ex) {
			observation.failed(ex);
			throw ex;
		}
		finally {
			observation.stop();
		}
	}

	// The refusal of a tunnel comes without a body.
	private static void checkProxy(Call call, HttpRequest request, HttpResponse<byte[]> response) {
		OutgoingProxy proxy = (response.statusCode() == 407) ? OutgoingProxy.of(request.uri()) : null;
		if (proxy != null || response.body() == null) {
			throw call.failure(Fault.QQ_PROXY,
					"was refused by the proxy " + proxy + ConnectionFailure.PASSWORD_REQUIRED);
		}
	}

	private HttpResponse<byte[]> exchange(Call call, HttpRequest request) {
		if (!this.permits.tryAcquire()) {
			throw call.failure(Fault.QQ_BUSY, "exceeded the limit of concurrent calls");
		}
		try {
			return send(call, request);
		}
		finally {
			this.permits.release();
		}
	}

	private HttpResponse<byte[]> send(Call call, HttpRequest request) {
		if (call.timeLeft().isNegative() || call.timeLeft().isZero()) {
			throw call.failure(Fault.QQ_READ_TIMEOUT, "had no time left");
		}
		OutgoingProxy proxy = OutgoingProxy.of(request.uri());
		CompletableFuture<HttpResponse<byte[]>> response = client(proxy).sendAsync(request,
				(info) -> new BoundedBodySubscriber(BODY_LIMIT));
		try {
			ConnectCheck.await(call, request.uri(), proxy, response);
			return response.get(call.replyTimeLeft().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw call.failure(Fault.QQ_READ_TIMEOUT, "got no complete reply in time");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw call.failure(Fault.QQ_IO, "was interrupted");
		}
		catch (ExecutionException ex) {
			throw ConnectionFailure.of(call, ex, proxy);
		}
		finally {
			response.cancel(true);
		}
	}

	private HttpClient client(@Nullable OutgoingProxy proxy) {
		return (proxy != null && Authenticator.getDefault() != null) ? this.authenticatingClient.obtain() : this.client;
	}

}
