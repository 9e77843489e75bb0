package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Recorded replies of QQ.
 */
final class Recorded {

	private Recorded() {
	}

	static String reply(String file) {
		try (InputStream stream = Recorded.class.getResourceAsStream("/qq-replies/" + file)) {
			if (stream == null) {
				throw new IllegalArgumentException(file);
			}
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the text without identifiers and lifetimes, so that formats can be
	 * compared.
	 */
	static String shape(String text) {
		return text.replaceAll("[0-9A-F]{32}", "H")
			.replaceAll("(expires_in\\W+)[0-9]+", "$1N")
			.replaceAll("(client_id\\W+)[0-9]+", "$1N");
	}

	/**
	 * Returns a profile without personal values, in which every URL is replaced by how
	 * its slashes are written.
	 */
	static String profileShape(String json) {
		return json.replaceAll("(\": \")http:\\\\/\\\\/[^\"]*", "$1escaped")
			.replaceAll("(\": \")http://[^\"&]*&[^\"]*", "$1plain")
			.replaceAll("(\"(?:nickname|gender|province|city|year)\": \")[^\"]*", "$1text");
	}

}
