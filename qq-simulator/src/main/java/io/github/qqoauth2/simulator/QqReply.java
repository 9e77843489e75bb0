package io.github.qqoauth2.simulator;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;

import io.github.qqoauth2.simulator.Delivery.Ending;
import io.github.qqoauth2.simulator.Delivery.Framing;

/**
 * A reply for {@link QqSimulator#enqueue(QqEndpoint, QqReply)}: its content, and the
 * faults with which it is sent. Immutable; the modifiers return changed copies and can be
 * combined, as in {@code QqReply.normal().drip(1, Duration.ofSeconds(1)).cutAfter(20)}.
 * Byte counts refer to the body. Over HTTP/2 a fault that ends the connection ends the
 * whole connection, not only the stream.
 */
public final class QqReply {

	private final ReplyContent content;

	private final Delivery delivery;

	private QqReply(ReplyContent content, Delivery delivery) {
		this.content = content;
		this.delivery = delivery;
	}

	/**
	 * Creates the endpoint's own reply, to which modifiers can be applied.
	 */
	public static QqReply normal() {
		return new QqReply(ReplyContent.NORMAL, Delivery.PLAIN);
	}

	/**
	 * Creates a reply with a text body.
	 * @param status the HTTP status
	 * @param contentType the Content-Type, empty for none
	 * @param body the body, sent in UTF-8
	 */
	public static QqReply of(int status, String contentType, String body) {
		return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Creates a reply with any body, for example one in a wrong charset.
	 * @param status the HTTP status
	 * @param contentType the Content-Type, empty for none
	 * @param body the body, sent byte for byte
	 */
	public static QqReply of(int status, String contentType, byte[] body) {
		byte[] copy = body.clone();
		return plain(status, contentType, (request) -> new ByteArrayInputStream(copy));
	}

	/**
	 * Creates a reply with a status and a short HTML page.
	 * @param status the HTTP status
	 */
	public static QqReply status(int status) {
		return of(status, WireFormat.TEXT_HTML, "<html><body><h1>" + status + "</h1></body></html>");
	}

	/**
	 * Creates one of QQ's errors, with status 200 and in the format of the endpoint and
	 * the request's {@code fmt}: JSONP, JSON, a profile's {@code ret} or a page.
	 * @param number the error number; may be negative for a profile
	 * @param description the description
	 */
	public static QqReply error(int number, String description) {
		Refusal refusal = new Refusal(number, description);
		return plain(200, WireFormat.TEXT_HTML, (request) -> new ByteArrayInputStream(
				WireFormat.error(request, refusal).getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * Creates a redirect.
	 * @param location the value of the Location header
	 * @param status the HTTP status, 300 to 399
	 */
	public static QqReply redirect(URI location, int status) {
		if (status < 300 || status > 399) {
			throw new IllegalArgumentException("status must be 300 to 399");
		}
		return of(status, "", "").withHeader("Location", location.toString());
	}

	/**
	 * Creates a reply that sends nothing for the duration and then closes the connection.
	 * @param duration the time without a byte, at most an hour
	 */
	public static QqReply hang(Duration duration) {
		return of(200, "", "")
			.delivered(Delivery.PLAIN.framed(Framing.SILENT).after(Checks.atMostAnHour(duration)).ending(Ending.CLOSE));
	}

	/**
	 * Creates a reply that resets the connection (RST) before the first byte.
	 */
	public static QqReply reset() {
		return of(200, "", "").delivered(Delivery.PLAIN.framed(Framing.SILENT).ending(Ending.RESET));
	}

	/**
	 * Creates a reply with a chunked body that never ends.
	 */
	public static QqReply endless() {
		return plain(200, WireFormat.TEXT_HTML, (request) -> LargeBodies.endless());
	}

	/**
	 * Creates a gzip-encoded reply, whether or not the client accepts it.
	 * @param body the body before compression
	 */
	public static QqReply gzip(byte[] body) {
		return of(200, WireFormat.TEXT_HTML, body).gzipped();
	}

	/**
	 * Creates a small gzip-encoded reply that inflates to a large one. It is generated
	 * while it is sent, chunked; about a thousandth of the size is transferred.
	 * @param inflatedBytes the inflated size in bytes, rounded up to full MiB
	 */
	public static QqReply gzipBomb(long inflatedBytes) {
		return plain(200, WireFormat.TEXT_HTML, (request) -> LargeBodies.gzipBomb(inflatedBytes))
			.withHeader("Content-Encoding", "gzip");
	}

	/**
	 * Creates a reply that writes bytes to the connection instead of an HTTP response and
	 * then closes the connection.
	 * @param bytes the bytes
	 */
	public static QqReply notHttp(byte[] bytes) {
		return of(200, "", bytes).delivered(Delivery.PLAIN.framed(Framing.RAW).ending(Ending.CLOSE));
	}

	/**
	 * Delays the first byte.
	 * @param delay the delay, at most an hour
	 */
	public QqReply delayed(Duration delay) {
		return delivered(this.delivery.after(Checks.atMostAnHour(delay)));
	}

	/**
	 * Sends the body in small portions.
	 * @param bytes the bytes of one portion, at least 1
	 * @param period the delay between two portions, at most an hour
	 */
	public QqReply drip(int bytes, Duration period) {
		return delivered(this.delivery.sliced(Math.max(1, bytes), Checks.atMostAnHour(period)));
	}

	/**
	 * Declares the full Content-Length but closes the connection early.
	 * @param bytes the bytes of the body that are sent; 0 sends the headers only
	 */
	public QqReply cutAfter(int bytes) {
		return delivered(this.delivery.limited(Math.max(0, bytes)).ending(Ending.CLOSE));
	}

	/**
	 * Declares the full Content-Length but resets the connection (RST) early.
	 * @param bytes the bytes of the body that are sent; 0 sends the headers only
	 */
	public QqReply resetAfter(int bytes) {
		return delivered(this.delivery.limited(Math.max(0, bytes)).ending(Ending.RESET));
	}

	/**
	 * Declares the full Content-Length but stops early and keeps the connection open for
	 * a minute.
	 * @param bytes the bytes of the body that are sent; 0 sends the headers only
	 */
	public QqReply stallAfter(int bytes) {
		return delivered(this.delivery.limited(Math.max(0, bytes)).ending(Ending.HOLD));
	}

	/**
	 * Declares a wrong Content-Length and keeps the connection open for a minute. If it
	 * is too large, the client waits for the rest; if it is too small, surplus bytes stay
	 * on a connection that the client may reuse. HTTP/1.1 only.
	 * @param declared the declared length in bytes
	 */
	public QqReply wrongContentLength(long declared) {
		return delivered(this.delivery.declaring(Math.max(0, declared)).ending(Ending.HOLD));
	}

	/**
	 * Compresses the body and declares it in Content-Encoding; calling it twice
	 * compresses twice. Not applicable to {@link #endless()} and {@link #gzipBomb(long)}.
	 */
	public QqReply gzipped() {
		return new QqReply(this.content.gzipped(), this.delivery);
	}

	/**
	 * Sets a header field and replaces one of the same name.
	 * @param name the name; {@code Content-Type} replaces the reply's own
	 * @param value the value
	 */
	public QqReply withHeader(String name, String value) {
		return new QqReply(this.content.withHeader(name, value), this.delivery);
	}

	private static QqReply plain(int status, String contentType, Function<QqRequest, InputStream> body) {
		return new QqReply(ReplyContent.of(status, contentType, body), Delivery.PLAIN);
	}

	private QqReply delivered(Delivery changed) {
		return new QqReply(this.content, changed);
	}

	/**
	 * Applies this reply to the endpoint's own one if it was created by
	 * {@link #normal()}.
	 */
	QqReply over(Function<QqRequest, QqReply> endpoint, QqRequest request) {
		if (this.content.body() != null) {
			return this;
		}
		return new QqReply(this.content.over(endpoint.apply(request).content), this.delivery);
	}

	ReplyContent content() {
		return this.content;
	}

	Delivery delivery() {
		return this.delivery;
	}

}
