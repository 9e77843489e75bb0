package io.github.qqoauth2.client;

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

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

	private static final int BODY_LIMIT = 64 * 1024;

	private final HttpClient client;

	private final Semaphore permits;

	private final ObservationRegistry observations;

	HttpTransport(int maxConcurrentCalls, ObservationRegistry observations, @Nullable SSLContext tls) {
		JdkClientLog.silence();
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(Version.HTTP_1_1)
			.followRedirects(Redirect.NEVER)
			.connectTimeout(CONNECT_TIMEOUT);
		this.client = ((tls != null) ? builder.sslContext(tls) : builder).build();
		this.permits = new Semaphore(maxConcurrentCalls);
		this.observations = observations;
	}

	Reply get(Call call) {
		HttpRequest request = call.request();
		CallObservation observation = CallObservation.start(this.observations, call.step(), request.uri().getHost());
		try {
			HttpResponse<byte[]> response = exchange(call, request);
			observation.answered(response.statusCode());
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
		Duration time = call.timeLeft();
		if (time.isNegative() || time.isZero()) {
			throw call.failure(Fault.QQ_READ_TIMEOUT, "had no time left");
		}
		CompletableFuture<HttpResponse<byte[]>> response = this.client.sendAsync(request,
				(info) -> new BoundedBodySubscriber(BODY_LIMIT));
		try {
			return response.get(time.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException ex) {
			throw call.failure(Fault.QQ_READ_TIMEOUT, "got no complete reply in time");
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw call.failure(Fault.QQ_IO, "was interrupted");
		}
		catch (ExecutionException ex) {
			throw ConnectionFailure.of(call, ex);
		}
		finally {
			response.cancel(true);
		}
	}

}
