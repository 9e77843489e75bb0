package io.github.qqoauth2.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow.Subscriber;

/**
 * The empty body of a request that must not be sent twice. The JDK client repeats a GET
 * if the connection closes before the first byte of the reply, although QQ may already
 * have used the code. In each attempt it asks for the content length, after connecting
 * and before writing the request; this class throws when it is asked a second time. An
 * attempt that could not connect has not asked yet, so that the client may repeat it.
 */
final class OneShotBodyPublisher implements BodyPublisher {

	private final BodyPublisher body = BodyPublishers.noBody();

	private final CompletableFuture<Boolean> sent = new CompletableFuture<>();

	// Completes when the connection is established, TLS handshake included.
	CompletableFuture<Boolean> sent() {
		return this.sent;
	}

	@Override
	public long contentLength() {
		if (!this.sent.complete(true)) {
			throw new IllegalStateException("The request has already been sent");
		}
		return this.body.contentLength();
	}

	@Override
	public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
		this.body.subscribe(subscriber);
	}

}
