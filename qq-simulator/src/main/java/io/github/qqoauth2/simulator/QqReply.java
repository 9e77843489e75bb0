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
 * A reply for {@link QqSimulator#enqueue(QqEndpoint, QqReply)}: what it says and how it
 * goes wrong on the wire. Immutable; the modifiers return changed copies and can be
 * combined, as in {@code QqReply.normal().drip(1, Duration.ofSeconds(1)).cutAfter(20)}.
 * Byte counts are those of the body. Over HTTP/2 a fault that ends the connection ends
 * the whole connection, not only the stream.
 */
public final class QqReply {

	private final ReplyContent content;

	private final Delivery delivery;

	private QqReply(ReplyContent content, Delivery delivery) {
		this.content = content;
		this.delivery = delivery;
	}

	/**
	 * The reply that the endpoint gives anyway, as a start for modifiers.
	 */
	public static QqReply normal() {
		return new QqReply(ReplyContent.NORMAL, Delivery.PLAIN);
	}

	/**
	 * A reply with a text body.
	 * @param status the HTTP status
	 * @param contentType the Content-Type, empty for none
	 * @param body the body, sent as UTF-8
	 */
	public static QqReply of(int status, String contentType, String body) {
		return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A reply with any body, such as one in a wrong charset.
	 * @param status the HTTP status
	 * @param contentType the Content-Type, empty for none
	 * @param body the body, sent byte for byte
	 */
	public static QqReply of(int status, String contentType, byte[] body) {
		byte[] copy = body.clone();
		return plain(status, contentType, (request) -> new ByteArrayInputStream(copy));
	}

	/**
	 * A reply with a status and a short HTML page.
	 * @param status the HTTP status
	 */
	public static QqReply status(int status) {
		return of(status, WireFormat.TEXT_HTML, "<html><body><h1>" + status + "</h1></body></html>");
	}

	/**
	 * One of QQ's errors, with status 200 and in the form that the endpoint and the
	 * request's {@code fmt} ask for: JSONP, JSON, a profile's {@code ret} or a page.
	 * @param number the error number; a profile's may be negative
	 * @param description the description
	 */
	public static QqReply error(int number, String description) {
		Refusal refusal = new Refusal(number, description);
		return plain(200, WireFormat.TEXT_HTML, (request) -> new ByteArrayInputStream(
				WireFormat.error(request, refusal).getBytes(StandardCharsets.UTF_8)));
	}

	/**
	 * A redirect.
	 * @param location the Location
	 * @param status the HTTP status, 300 to 399
	 */
	public static QqReply redirect(URI location, int status) {
		if (status < 300 || status > 399) {
			throw new IllegalArgumentException("status must be 300 to 399");
		}
		return of(status, "", "").withHeader("Location", location.toString());
	}

	/**
	 * Silence: not a byte for the duration, then the connection is closed.
	 * @param duration the silence, at most an hour
	 */
	public static QqReply hang(Duration duration) {
		return of(200, "", "")
			.delivered(Delivery.PLAIN.framed(Framing.SILENT).after(Checks.atMostAnHour(duration)).ending(Ending.CLOSE));
	}

	/**
	 * The connection is reset (RST) before any byte.
	 */
	public static QqReply reset() {
		return of(200, "", "").delivered(Delivery.PLAIN.framed(Framing.SILENT).ending(Ending.RESET));
	}

	/**
	 * A chunked body that never ends.
	 */
	public static QqReply endless() {
		return plain(200, WireFormat.TEXT_HTML, (request) -> LargeBodies.endless());
	}

	/**
	 * A gzip-encoded reply, whether or not the client asked for one.
	 * @param body the body before compression
	 */
	public static QqReply gzip(byte[] body) {
		return of(200, WireFormat.TEXT_HTML, body).gzipped();
	}

	/**
	 * A small gzip-encoded reply that inflates to a large one, made while it is sent:
	 * about a thousandth of the size goes over the wire, chunked.
	 * @param inflatedBytes the inflated size in bytes, rounded up to full MiB
	 */
	public static QqReply gzipBomb(long inflatedBytes) {
		return plain(200, WireFormat.TEXT_HTML, (request) -> LargeBodies.gzipOfBlanks(inflatedBytes))
			.withHeader("Content-Encoding", "gzip");
	}

	/**
	 * Bytes that go to the connection as they are, in place of an HTTP reply; then the
	 * connection is closed.
	 * @param bytes the bytes
	 */
	public static QqReply notHttp(byte[] bytes) {
		return of(200, "", bytes).delivered(Delivery.PLAIN.framed(Framing.RAW).ending(Ending.CLOSE));
	}

	/**
	 * Waits before the first byte.
	 * @param delay the wait, at most an hour
	 */
	public QqReply delayed(Duration delay) {
		return delivered(this.delivery.after(Checks.atMostAnHour(delay)));
	}

	/**
	 * Sends the body in small portions.
	 * @param bytes the bytes of one portion, at least 1
	 * @param period the wait between two portions, at most an hour
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
	 * Declares the full Content-Length but falls silent early and leaves the connection
	 * open, for a minute.
	 * @param bytes the bytes of the body that are sent; 0 sends the headers only
	 */
	public QqReply stallAfter(int bytes) {
		return delivered(this.delivery.limited(Math.max(0, bytes)).ending(Ending.HOLD));
	}

	/**
	 * Declares a Content-Length that is not the body's and leaves the connection open,
	 * for a minute: with a larger one the client waits for the rest, a smaller one leaves
	 * a surplus on a connection that the client may use again. HTTP/1.1 only.
	 * @param declared the declared length in bytes
	 */
	public QqReply wrongContentLength(long declared) {
		return delivered(this.delivery.declaring(Math.max(0, declared)).ending(Ending.HOLD));
	}

	/**
	 * Compresses the body and says so in Content-Encoding; twice makes a double gzip. Not
	 * for {@link #endless()} and {@link #gzipBomb(long)}.
	 */
	public QqReply gzipped() {
		return new QqReply(this.content.gzipped(), this.delivery);
	}

	/**
	 * Sets a header field, in place of one of the same name.
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
	 * Fills in what the endpoint says where this reply is a modified normal one.
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
