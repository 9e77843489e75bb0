package io.github.qqoauth2.simulator;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The content of a reply, independent of how it is sent.
 *
 * @param status the HTTP status
 * @param headers the header fields, with case-insensitive names
 * @param body the body before compression, or {@code null} for that of the endpoint
 * @param gzipLayers the number of times the body is compressed
 */
record ReplyContent(int status, Map<String, String> headers, @Nullable Function<QqRequest, InputStream> body,
		int gzipLayers) {

	/**
	 * The unchanged content of the endpoint's own reply.
	 */
	static final ReplyContent NORMAL = new ReplyContent(0, Map.of(), null, 0);

	ReplyContent {
		headers = Collections.unmodifiableMap(merged(headers, Map.of()));
	}

	static ReplyContent of(int status, String contentType, Function<QqRequest, InputStream> body) {
		return new ReplyContent(status, contentType.isEmpty() ? Map.of() : Map.of("Content-Type", contentType), body,
				0);
	}

	ReplyContent withHeader(String name, String value) {
		return new ReplyContent(this.status, merged(this.headers, Map.of(name, value)), this.body, this.gzipLayers);
	}

	ReplyContent gzipped() {
		return new ReplyContent(this.status, this.headers, this.body, this.gzipLayers + 1);
	}

	/**
	 * Returns another content, with the changes that this one makes to {@link #NORMAL}.
	 */
	ReplyContent over(ReplyContent base) {
		return new ReplyContent(base.status, merged(base.headers, this.headers), base.body, this.gzipLayers);
	}

	/**
	 * Opens the body; if it is a {@link ByteArrayInputStream}, its length is known.
	 */
	InputStream open(QqRequest request) {
		InputStream content = (this.body != null) ? this.body.apply(request) : InputStream.nullInputStream();
		return LargeBodies.gzip(content, this.gzipLayers);
	}

	private static Map<String, String> merged(Map<String, String> first, Map<String, String> second) {
		Map<String, String> merged = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		merged.putAll(first);
		merged.putAll(second);
		return merged;
	}

}
