package io.github.qqoauth2.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Replies of QQ as others recorded them.
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
	 * The text with every identifier and lifetime taken out, so that shapes compare.
	 */
	static String shape(String text) {
		return text.replaceAll("[0-9A-F]{32}", "H")
			.replaceAll("(expires_in\\W+)[0-9]+", "$1N")
			.replaceAll("(client_id\\W+)[0-9]+", "$1N");
	}

	/**
	 * The lines of a profile, with the content of strings and numbers taken out but the
	 * way that slashes are written kept.
	 */
	static String profileShape(String json) {
		return json.replaceAll("(\": \")http:\\\\/\\\\/[^\"]*", "$1escaped")
			.replaceAll("(\": \")http://[^\"&]*&[^\"]*", "$1plain")
			.replaceAll("(\"(?:nickname|gender|province|city|year)\": \")[^\"]*", "$1text");
	}

}
