package io.github.qqoauth2.client;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Decides whether an HTTP response is a reply of QQ. Unless it is a redirect, an error in
 * the body takes precedence over the status, since its number is more specific.
 */
final class HttpReply {

	private static final Set<String> CONTENT_TYPES = Set.of("text/html", "text/plain", "application/json",
			"text/javascript", "application/javascript", "application/x-javascript");

	private final Call call;

	private final int status;

	private final HttpResponse<byte[]> response;

	HttpReply(Call call, HttpResponse<byte[]> response) {
		this.call = call;
		this.status = response.statusCode();
		this.response = response;
	}

	Reply reply() {
		if (this.status >= 300 && this.status < 400) {
			throw this.call.failure(Fault.QQ_REDIRECT, "was redirected to host " + redirectHost());
		}
		Reply reply = isCompressed() ? null : read(this.response.body(), header("Content-Type"));
		if (reply != null && reply.isError()) {
			throw this.call.refusal(reply.errorNumber());
		}
		if (this.status != 200) {
			throw this.call.failure(Fault.QQ_HTTP, "returned status " + this.status);
		}
		if (reply == null) {
			throw this.call.failure(isForeign() ? Fault.QQ_NOT_PROTOCOL : Fault.QQ_PARSE,
					"returned status 200, " + contentType() + ", " + this.response.body().length + " bytes");
		}
		return reply;
	}

	// The profile alone is read leniently: token and openid decide who logs in.
	private @Nullable Reply read(byte[] body, String contentType) {
		return (this.call.step() == Step.GET_USER_INFO) ? Reply.readLeniently(body, contentType)
				: Reply.read(body, contentType);
	}

	private boolean isForeign() {
		return isCompressed() || firstByte() == '<';
	}

	private boolean isCompressed() {
		String encoding = header("Content-Encoding");
		return !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity");
	}

	private int firstByte() {
		for (byte next : this.response.body()) {
			// skips blanks, line breaks and the bytes of a BOM, which are negative
			if (next > ' ') {
				return next;
			}
		}
		return 0;
	}

	// Other content types are not reported, since the server may send any text.
	private String contentType() {
		String type = header("Content-Type").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
		if (type.isEmpty()) {
			return "no content type";
		}
		return CONTENT_TYPES.contains(type) ? type : "another content type";
	}

	private String redirectHost() {
		try {
			return Objects.requireNonNullElse(URI.create(header("Location")).getHost(), "unknown");
		}
		catch (IllegalArgumentException ex) {
			return "unknown";
		}
	}

	private String header(String name) {
		return this.response.headers().firstValue(name).orElse("");
	}

}
