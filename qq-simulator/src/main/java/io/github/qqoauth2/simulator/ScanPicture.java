package io.github.qqoauth2.simulator;

import java.math.BigInteger;

/**
 * A picture that resembles a QR code. It is derived from the code but cannot be scanned.
 */
final class ScanPicture {

	private static final int SIZE = 21;

	private static final int CORNER = 8;

	private static final int MARK = 7;

	private ScanPicture() {
	}

	static String svg(String code) {
		BigInteger bits = new BigInteger(Identifiers.derived(code, "1") + Identifiers.derived(code, "2")
				+ Identifiers.derived(code, "3") + Identifiers.derived(code, "4"), 16);
		StringBuilder path = new StringBuilder();
		for (int y = 0; y < SIZE; y++) {
			for (int x = 0; x < SIZE; x++) {
				if (isCorner(x, y) ? isMark(x, y) : bits.testBit(y * SIZE + x)) {
					path.append('M').append(x).append(' ').append(y).append("h1v1h-1z");
				}
			}
		}
		return "<svg class=\"scan\" viewBox=\"-2 -2 25 25\" aria-hidden=\"true\"><path d=\"" + path + "\"/></svg>";
	}

	private static boolean isCorner(int x, int y) {
		boolean left = x < CORNER;
		boolean top = y < CORNER;
		return (left && top) || (left && y >= SIZE - CORNER) || (top && x >= SIZE - CORNER);
	}

	/**
	 * Returns whether a module of a corner belongs to its square: a frame with a centre.
	 */
	private static boolean isMark(int x, int y) {
		int column = (x < CORNER) ? x : SIZE - 1 - x;
		int row = (y < CORNER) ? y : SIZE - 1 - y;
		if (column >= MARK || row >= MARK) {
			return false;
		}
		int border = Math.min(Math.min(column, row), Math.min(MARK - 1 - column, MARK - 1 - row));
		return border != 1;
	}

}
