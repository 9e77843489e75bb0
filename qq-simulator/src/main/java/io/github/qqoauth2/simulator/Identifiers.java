package io.github.qqoauth2.simulator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Generates identifiers in QQ's format: 32 upper-case hexadecimal digits.
 */
final class Identifiers {

	private static final int LENGTH = 16;

	private static final HexFormat HEX = HexFormat.of().withUpperCase();

	private static final SecureRandom RANDOM = new SecureRandom();

	private Identifiers() {
	}

	static String random() {
		byte[] bytes = new byte[LENGTH];
		RANDOM.nextBytes(bytes);
		return HEX.formatHex(bytes);
	}

	static String derived(String... parts) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			byte[] hash = digest.digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
			return HEX.formatHex(hash, 0, LENGTH);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
