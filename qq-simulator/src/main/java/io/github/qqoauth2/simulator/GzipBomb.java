package io.github.qqoauth2.simulator;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A valid gzip stream of spaces, of any size. It repeats one compressed MiB, so that
 * generating it costs little more than the checksum.
 */
final class GzipBomb extends InputStream {

	private static final int BLOCK = 1 << 20;

	private static final byte[] HEADER = { 0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, (byte) 0xff };

	private static final byte[] SPACES = spaces();

	private static final byte[] DEFLATED = deflated();

	private final long blocks;

	private final CRC32 checksum = new CRC32();

	private long next;

	private boolean trailerWritten;

	private ByteArrayInputStream part = new ByteArrayInputStream(HEADER);

	GzipBomb(long inflatedBytes) {
		this.blocks = Math.max(1, (inflatedBytes + BLOCK - 1) / BLOCK);
	}

	@Override
	public int read() {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xff;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) {
		if (length == 0) {
			return 0;
		}
		while (this.part.available() == 0) {
			if (this.trailerWritten) {
				return -1;
			}
			this.part = new ByteArrayInputStream(nextPart());
		}
		return this.part.read(buffer, offset, length);
	}

	private byte[] nextPart() {
		if (this.next < this.blocks) {
			this.next++;
			this.checksum.update(SPACES);
			return DEFLATED;
		}
		this.trailerWritten = true;
		// An empty last block, the checksum and the size modulo 2^32.
		return ByteBuffer.allocate(10)
			.order(ByteOrder.LITTLE_ENDIAN)
			.put((byte) 3)
			.put((byte) 0)
			.putInt((int) this.checksum.getValue())
			.putInt((int) (this.blocks * BLOCK))
			.array();
	}

	private static byte[] spaces() {
		byte[] spaces = new byte[BLOCK];
		Arrays.fill(spaces, (byte) ' ');
		return spaces;
	}

	private static byte[] deflated() {
		Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
		deflater.setInput(SPACES);
		byte[] buffer = new byte[BLOCK];
		// A full flush ends on a byte boundary and refers to no earlier data, so that the
		// block can be repeated.
		int length = deflater.deflate(buffer, 0, buffer.length, Deflater.FULL_FLUSH);
		deflater.end();
		return Arrays.copyOf(buffer, length);
	}

}
