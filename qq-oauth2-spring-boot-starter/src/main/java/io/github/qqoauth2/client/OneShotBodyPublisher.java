package io.github.qqoauth2.client;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The empty body of a request that must not be sent twice. The JDK's client sends a GET
 * again by itself when the connection ends before the first byte of an answer, although
 * the code in it may have been used. For each attempt it asks for the length of the body,
 * after the connection stands and before the request is written: the second time is
 * refused here. A connection that was refused has not asked yet and may be tried again.
 */
final class OneShotBodyPublisher implements BodyPublisher {

	private final BodyPublisher body = BodyPublishers.noBody();

	private final AtomicBoolean sent = new AtomicBoolean();

	@Override
	public long contentLength() {
		if (!this.sent.compareAndSet(false, true)) {
			throw new IllegalStateException("The request was sent already");
		}
		return this.body.contentLength();
	}

	@Override
	public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
		this.body.subscribe(subscriber);
	}

}
