package io.github.qqoauth2.simulator;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

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

	private static final String CONTENT_TYPE = "Content-Type";

	private final int status;

	private final Map<String, String> headers;

	private final @Nullable Function<QqRequest, InputStream> body;

	private final int gzipLayers;

	private final Delivery delivery;

	private QqReply(int status, Map<String, String> headers, @Nullable Function<QqRequest, InputStream> body,
			int gzipLayers, Delivery delivery) {
		this.status = status;
		this.headers = Collections.unmodifiableMap(merged(headers, Map.of()));
		this.body = body;
		this.gzipLayers = gzipLayers;
		this.delivery = delivery;
	}

	/**
	 * The reply that the endpoint gives anyway, as a start for modifiers.
	 * @return the reply
	 */
	public static QqReply normal() {
		return new QqReply(0, Map.of(), null, 0, Delivery.PLAIN);
	}

	/**
	 * A reply with a text body.
	 * @param status the HTTP status
	 * @param contentType the Content-Type, empty for none
	 * @param body the body, sent as UTF-8
	 * @return the reply
	 */
	public static QqReply of(int status, String contentType, String body) {
		return of(status, contentType, body.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * A reply with any body, such as one in a wrong charset.
	 * @param status the HTTP status
	 * @param contentType the Content-Type, empty for none
	 * @param body the body, sent byte for byte
	 * @return the reply
	 */
	public static QqReply of(int status, String contentType, byte[] body) {
		byte[] copy = body.clone();
		return new QqReply(status, contentType(contentType), (request) -> new ByteArrayInputStream(copy), 0,
				Delivery.PLAIN);
	}

	/**
	 * A reply with a status and a short HTML page.
	 * @param status the HTTP status
	 * @return the reply
	 */
	public static QqReply status(int status) {
		return of(status, WireFormat.TEXT_HTML, "<html><body><h1>" + status + "</h1></body></html>");
	}

	/**
	 * One of QQ's errors, with status 200 and in the form that the endpoint and the
	 * request's {@code fmt} ask for: JSONP, JSON, a profile's {@code ret} or a page.
	 * @param number the error number; a profile's may be negative
	 * @param description the description
	 * @return the reply
	 */
	public static QqReply error(int number, String description) {
		Refusal refusal = new Refusal(number, description);
		return new QqReply(200, contentType(WireFormat.TEXT_HTML),
				(request) -> stream(WireFormat.error(request, refusal)), 0, Delivery.PLAIN);
	}

	/**
	 * A redirect.
	 * @param location the Location
	 * @param status the HTTP status, 300 to 399
	 * @return the reply
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
	 * @return the reply
	 */
	public static QqReply hang(Duration duration) {
		return of(200, "", "")
			.delivered(Delivery.PLAIN.framed(Framing.SILENT).after(Checks.atMostAnHour(duration)).ending(Ending.CLOSE));
	}

	/**
	 * The connection is reset (RST) before any byte.
	 * @return the reply
	 */
	public static QqReply reset() {
		return of(200, "", "").delivered(Delivery.PLAIN.framed(Framing.SILENT).ending(Ending.RESET));
	}

	/**
	 * A chunked body that never ends.
	 * @return the reply
	 */
	public static QqReply endless() {
		return new QqReply(200, contentType(WireFormat.TEXT_HTML), (request) -> LargeBodies.endless(), 0,
				Delivery.PLAIN);
	}

	/**
	 * A gzip-encoded reply, whether or not the client asked for one.
	 * @param body the body before compression
	 * @return the reply
	 */
	public static QqReply gzip(byte[] body) {
		return of(200, WireFormat.TEXT_HTML, body).gzipped();
	}

	/**
	 * A small gzip-encoded reply that inflates to a large one, made while it is sent:
	 * about a thousandth of the size goes over the wire, chunked.
	 * @param inflatedBytes the inflated size in bytes, rounded up to full MiB
	 * @return the reply
	 */
	public static QqReply gzipBomb(long inflatedBytes) {
		return new QqReply(200, contentType(WireFormat.TEXT_HTML), (request) -> LargeBodies.gzipOfBlanks(inflatedBytes),
				0, Delivery.PLAIN)
			.withHeader("Content-Encoding", "gzip");
	}

	/**
	 * Bytes that go to the connection as they are, in place of an HTTP reply; then the
	 * connection is closed.
	 * @param bytes the bytes
	 * @return the reply
	 */
	public static QqReply notHttp(byte[] bytes) {
		return of(200, "", bytes).delivered(Delivery.PLAIN.framed(Framing.RAW).ending(Ending.CLOSE));
	}

	/**
	 * Waits before the first byte.
	 * @param delay the wait, at most an hour
	 * @return the changed reply
	 */
	public QqReply delayed(Duration delay) {
		return delivered(this.delivery.after(Checks.atMostAnHour(delay)));
	}

	/**
	 * Sends the body in small portions.
	 * @param bytes the bytes of one portion, at least 1
	 * @param period the wait between two portions, at most an hour
	 * @return the changed reply
	 */
	public QqReply drip(int bytes, Duration period) {
		return delivered(this.delivery.sliced(Math.max(1, bytes), Checks.atMostAnHour(period)));
	}

	/**
	 * Declares the full Content-Length but closes the connection early.
	 * @param bytes the bytes of the body that are sent; 0 sends the headers only
	 * @return the changed reply
	 */
	public QqReply cutAfter(int bytes) {
		return delivered(this.delivery.limited(Math.max(0, bytes)).ending(Ending.CLOSE));
	}

	/**
	 * Declares the full Content-Length but resets the connection (RST) early.
	 * @param bytes the bytes of the body that are sent; 0 sends the headers only
	 * @return the changed reply
	 */
	public QqReply resetAfter(int bytes) {
		return delivered(this.delivery.limited(Math.max(0, bytes)).ending(Ending.RESET));
	}

	/**
	 * Declares the full Content-Length but falls silent early and leaves the connection
	 * open, for a minute.
	 * @param bytes the bytes of the body that are sent; 0 sends the headers only
	 * @return the changed reply
	 */
	public QqReply stallAfter(int bytes) {
		return delivered(this.delivery.limited(Math.max(0, bytes)).ending(Ending.HOLD));
	}

	/**
	 * Declares a Content-Length that is not the body's and leaves the connection open,
	 * for a minute: with a larger one the client waits for the rest, a smaller one leaves
	 * a surplus on a connection that the client may use again. HTTP/1.1 only.
	 * @param declared the declared length in bytes
	 * @return the changed reply
	 */
	public QqReply wrongContentLength(long declared) {
		return delivered(this.delivery.declaring(Math.max(0, declared)).ending(Ending.HOLD));
	}

	/**
	 * Compresses the body and says so in Content-Encoding; twice makes a double gzip. Not
	 * for {@link #endless()} and {@link #gzipBomb(long)}.
	 * @return the changed reply
	 */
	public QqReply gzipped() {
		return new QqReply(this.status, this.headers, this.body, this.gzipLayers + 1, this.delivery);
	}

	/**
	 * Sets a header field, in place of one of the same name.
	 * @param name the name; {@code Content-Type} replaces the reply's own
	 * @param value the value
	 * @return the changed reply
	 */
	public QqReply withHeader(String name, String value) {
		return new QqReply(this.status, merged(this.headers, Map.of(name, value)), this.body, this.gzipLayers,
				this.delivery);
	}

	private QqReply delivered(Delivery changed) {
		return new QqReply(this.status, this.headers, this.body, this.gzipLayers, changed);
	}

	private static Map<String, String> contentType(String contentType) {
		return contentType.isEmpty() ? Map.of() : Map.of(CONTENT_TYPE, contentType);
	}

	private static Map<String, String> merged(Map<String, String> first, Map<String, String> second) {
		Map<String, String> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		merged.putAll(first);
		merged.putAll(second);
		return merged;
	}

	private static InputStream stream(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Fills in what the endpoint says where this reply is a modified normal one.
	 */
	QqReply over(Function<QqRequest, QqReply> endpoint, QqRequest request) {
		if (this.body != null) {
			return this;
		}
		QqReply base = endpoint.apply(request);
		return new QqReply(base.status, merged(base.headers, this.headers), base.body, this.gzipLayers, this.delivery);
	}

	int status() {
		return this.status;
	}

	Map<String, String> headers() {
		return this.headers;
	}

	Delivery delivery() {
		return this.delivery;
	}

	/**
	 * The body; where it is a {@link ByteArrayInputStream} its length is known.
	 */
	InputStream open(QqRequest request) {
		InputStream content = (this.body != null) ? this.body.apply(request) : InputStream.nullInputStream();
		return LargeBodies.gzip(content, this.gzipLayers);
	}

	int gzipLayers() {
		return this.gzipLayers;
	}

}
