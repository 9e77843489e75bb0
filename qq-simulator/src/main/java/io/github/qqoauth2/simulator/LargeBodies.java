package io.github.qqoauth2.simulator;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/**
 * Bodies that are compressed or too large to hold in memory.
 */
final class LargeBodies {

	private LargeBodies() {
	}

	static InputStream endless() {
		return new InputStream() {

			@Override
			public int read() {
				return ' ';
			}

			@Override
			public int read(byte[] buffer, int offset, int length) {
				Arrays.fill(buffer, offset, offset + length, (byte) ' ');
				return length;
			}

		};
	}

	static InputStream gzipBomb(long inflatedBytes) {
		return new GzipBomb(inflatedBytes);
	}

	static InputStream gzip(InputStream body, int layers) {
		if (layers == 0) {
			return body;
		}
		if (!(body instanceof ByteArrayInputStream)) {
			throw new IllegalStateException("An endless body cannot be compressed");
		}
		try {
			ByteArrayOutputStream compressed = new ByteArrayOutputStream();
			try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
				body.transferTo(gzip);
			}
			return gzip(new ByteArrayInputStream(compressed.toByteArray()), layers - 1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
