package io.github.qqoauth2.bind;

import java.util.HexFormat;

import org.springframework.security.crypto.keygen.BytesKeyGenerator;
import org.springframework.security.crypto.keygen.KeyGenerators;

/**
 * Usernames and passwords of accounts for which the visitor has chosen none.
 */
final class GeneratedCredentials {

	private static final String PREFIX = "qq_";

	private final BytesKeyGenerator names = KeyGenerators.secureRandom(10);

	private final BytesKeyGenerator passwords = KeyGenerators.secureRandom(32);

	String username() {
		return PREFIX + HexFormat.of().formatHex(this.names.generateKey());
	}

	String password() {
		return HexFormat.of().formatHex(this.passwords.generateKey());
	}

	/**
	 * Returns whether a name begins with the prefix of generated names, in any case. The
	 * field refuses the prefix in other widths.
	 */
	static boolean isReserved(String username) {
		return username.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
	}

}
