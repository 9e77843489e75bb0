package io.github.qqoauth2.simulator;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

import io.github.qqoauth2.simulator.Delivery.Ending;
import io.github.qqoauth2.simulator.Delivery.Framing;

/**
 * Writes one reply, slice by slice, without blocking a thread between slices.
 */
final class ReplyWriter {

	private static final Duration HOLD = Duration.ofMinutes(1);

	/**
	 * Gives the client time to read what was sent before an RST.
	 */
	private static final Duration BEFORE_RESET = Duration.ofMillis(50);

	private final ReplyContent content;

	private final Delivery delivery;

	private final ClientConnection connection;

	private final Response response;

	private final Callback callback;

	private final boolean raw;

	private InputStream body;

	private long sent;

	ReplyWriter(QqReply reply, QqRequest recorded, Request request, Response response, Callback callback) {
		this.content = reply.content();
		this.delivery = reply.delivery();
		this.connection = new ClientConnection(request.getConnectionMetaData());
		this.response = response;
		this.callback = callback;
		this.raw = this.delivery.framing() == Framing.RAW || this.delivery.declaredLength() >= 0;
		this.body = this.content.open(recorded);
	}

	void start() {
		afterOrNow(this.delivery.delay(), this::begin);
	}

	private void begin() {
		if (this.delivery.framing() == Framing.SILENT) {
			finish();
			return;
		}
		if (!this.raw) {
			this.response.setStatus(this.content.status());
			headers().forEach((name, value) -> this.response.getHeaders().put(name, value));
		}
		else if (this.delivery.framing() == Framing.HTTP) {
			byte[] head = head().getBytes(StandardCharsets.ISO_8859_1);
			this.body = new SequenceInputStream(new ByteArrayInputStream(head), this.body);
		}
		next();
	}

	private void next() {
		try {
			int room = (this.delivery.limit() < 0) ? this.delivery.slice()
					: (int) Math.min(this.delivery.slice(), this.delivery.limit() - this.sent);
			byte[] slice = this.body.readNBytes(room);
			this.sent += slice.length;
			boolean end = slice.length < this.delivery.slice();
			if (end && this.delivery.ending() == Ending.COMPLETE) {
				this.response.write(true, ByteBuffer.wrap(slice), this.callback);
			}
			else {
				write(slice, Callback.from(end ? this::finish : this::pause, this::fail));
			}
		}
		catch (IOException | RuntimeException ex) {
			fail(ex);
		}
	}

	private void write(byte[] slice, Callback written) {
		if (this.raw) {
			this.connection.write(slice, written);
		}
		else {
			this.response.write(false, ByteBuffer.wrap(slice), written);
		}
	}

	private void pause() {
		this.connection.after(this.delivery.period(), this::next);
	}

	private void finish() {
		switch (this.delivery.ending()) {
			case COMPLETE, CLOSE -> end(this.connection::close);
			case RESET -> this.connection.after(BEFORE_RESET, () -> end(this.connection::reset));
			case HOLD -> this.connection.after(HOLD, () -> end(this.connection::close));
		}
	}

	private void end(Runnable ending) {
		try {
			ending.run();
		}
		finally {
			// The server does not log this kind of failure.
			this.callback.failed(new EofException("The reply ends here on purpose"));
		}
	}

	private void fail(Throwable failure) {
		this.callback.failed(failure);
	}

	private void afterOrNow(Duration delay, Runnable task) {
		if (delay.isZero()) {
			task.run();
		}
		else {
			this.connection.after(delay, task);
		}
	}

	private Map<String, String> headers() {
		Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		if (this.body instanceof ByteArrayInputStream bytes) {
			headers.put("Content-Length", String.valueOf(bytes.available()));
		}
		if (this.content.gzipLayers() > 0) {
			headers.put("Content-Encoding", String.join(", ", Collections.nCopies(this.content.gzipLayers(), "gzip")));
		}
		headers.putAll(this.content.headers());
		return headers;
	}

	private String head() {
		Map<String, String> headers = headers();
		headers.put("Content-Length", String.valueOf(this.delivery.declaredLength()));
		StringBuilder head = new StringBuilder("HTTP/1.1 " + this.content.status() + " \r\n");
		headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
		return head.append("\r\n").toString();
	}

}
