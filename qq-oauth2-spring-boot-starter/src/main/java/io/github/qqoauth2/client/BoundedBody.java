package io.github.qqoauth2.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

import org.jspecify.annotations.Nullable;

/**
 * Collects the body of a reply up to a limit. A larger one is not drained: the connection
 * is closed.
 */
final class BoundedBody implements BodySubscriber<byte[]> {

	private final int limit;

	private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

	private final CompletableFuture<byte[]> body = new CompletableFuture<>();

	private @Nullable Subscription subscription;

	BoundedBody(int limit) {
		this.limit = limit;
	}

	@Override
	public CompletionStage<byte[]> getBody() {
		return this.body;
	}

	@Override
	public void onSubscribe(Subscription subscription) {
		this.subscription = subscription;
		subscription.request(1);
	}

	@Override
	public void onNext(List<ByteBuffer> buffers) {
		for (ByteBuffer buffer : buffers) {
			byte[] next = new byte[Math.min(buffer.remaining(), this.limit + 1 - this.bytes.size())];
			buffer.get(next);
			this.bytes.write(next, 0, next.length);
		}
		if (this.subscription != null && this.bytes.size() > this.limit) {
			this.subscription.cancel();
			this.body.completeExceptionally(new TooLargeException());
		}
		else if (this.subscription != null) {
			this.subscription.request(1);
		}
	}

	@Override
	public void onError(Throwable failure) {
		this.body.completeExceptionally(failure);
	}

	@Override
	public void onComplete() {
		this.body.complete(this.bytes.toByteArray());
	}

	/**
	 * Says that the limit was passed.
	 */
	static final class TooLargeException extends IOException {

		private static final long serialVersionUID = 1L;

	}

}
