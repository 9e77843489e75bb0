package io.github.qqoauth2.bind;

import java.time.Instant;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * When an account was last authenticated in one browser by an interactive login.
 *
 * @param account the name of the account
 * @param loginAt the time of the last login by any means
 * @param withoutQqAt the time of the last login that was not by QQ; {@code null} if there
 * was none
 */
record AccountProof(String account, Instant loginAt, @Nullable Instant withoutQqAt) {

	private static final String VERSION = "1";

	/**
	 * Returns a copy with another login.
	 */
	AccountProof with(Instant at, boolean byQq) {
		return new AccountProof(this.account, later(this.loginAt, at), byQq ? this.withoutQqAt
				: (this.withoutQqAt != null) ? later(this.withoutQqAt, at) : Objects.requireNonNull(at));
	}

	private static Instant later(Instant one, Instant other) {
		return one.isBefore(other) ? other : one;
	}

	boolean isOf(String account) {
		return this.account.equals(account);
	}

	/**
	 * Writes the proof as one versioned string.
	 */
	String write() {
		return VERSION + " " + this.loginAt.toEpochMilli() + " "
				+ ((this.withoutQqAt != null) ? this.withoutQqAt.toEpochMilli() : "-") + " " + this.account;
	}

	/**
	 * Reads a proof.
	 * @return the proof, or {@code null} if the text is damaged or of another version
	 */
	static @Nullable AccountProof read(String text) {
		String[] parts = text.split(" ", 4);
		if (parts.length != 4 || !parts[0].equals(VERSION)) {
			return null;
		}
		try {
			return new AccountProof(parts[3], Instant.ofEpochMilli(Long.parseLong(parts[1])),
					parts[2].equals("-") ? null : Instant.ofEpochMilli(Long.parseLong(parts[2])));
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	@Override
	public String toString() {
		return "AccountProof[loginAt=" + this.loginAt + ", withoutQqAt=" + this.withoutQqAt + "]";
	}

}
